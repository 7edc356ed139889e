import Foundation
import GRDB
package import Notebook
import Replication
import Store
import Sync
package import Wording

/// What a night's work found and did.
package struct NightlyResult: Sendable {
    package let day: Day
    /// Commits that came into the hub's notebook.
    package internal(set) var merged = 0
    /// Entries of others since the last report of an earlier day: most are in the notebook long before
    /// the night.
    package internal(set) var received: UInt64 = 0
    package internal(set) var people = 0
    /// Every entry was looked at, whatever was found.
    package internal(set) var isChecked = false
    package internal(set) var conflicts: [Conflict] = []
    /// The first of those found.
    package internal(set) var duplicates: [DuplicatePair] = []
    package internal(set) var duplicateCount = 0
    /// Called one person by links and two by what somebody said; those of whom both are said of the
    /// very pair are among the conflicts.
    package internal(set) var contested: [ContestedPair] = []
    /// The backup's folder; nil when it could not be made.
    package internal(set) var backup: String?
    /// The report for people; nil when it could not be written.
    package internal(set) var report: String?
    package internal(set) var silentDevices: [String] = []
    /// What came of meeting each hub that can be called.
    package internal(set) var peers: [Federation.Outcome] = []
    /// What other congregations did to what was here, by the peer through which it came.
    package internal(set) var deeds: [(peer: Peer, deeds: PeerDeeds)] = []
    /// One sentence each; empty after a good night.
    package internal(set) var problems: [Phrase] = []
    package var isGood: Bool { problems.isEmpty }
}

/// The night's work of a hub: merge with the peers, catch up, verify, propose duplicates, back up and
/// test the backup, renew the snapshot, pack the log, report. Safe to repeat, and safe to kill: each
/// part leaves either its result or nothing.
package struct Nightly {
    private let hub: Hub
    /// How much room there is where a path leads, in bytes.
    private let free: @Sendable (String) -> UInt64
    private let federation: Federation

    package init(hub: Hub) {
        self.init(hub: hub, free: Disk.free)
    }

    init(
        hub: Hub, free: @escaping @Sendable (String) -> UInt64 = Disk.free,
        federation: Federation? = nil
    ) {
        self.hub = hub
        self.free = free
        self.federation = federation ?? Federation(hub: hub)
    }

    /// Throws `HubError.nightIsRunning` while another is at it: two would take each other's copies
    /// away.
    package func run() async throws -> NightlyResult {
        let claim = try hub.folder.claimNight()
        defer { withExtendedLifetime(claim) {} }
        var result = NightlyResult(day: hub.own.today)
        await part(&result, "The other hubs could not be met", meetPeers)
        await part(&result, "The new entries could not be taken in", catchUp)
        await part(&result, "The entries could not be checked", verify)
        await part(&result, "The notebook could not be read", read)
        await part(&result, "The devices could not be read", findSilentDevices)
        await part(&result, "There is no new backup", backUp)
        await part(&result, "New laptops get no newer snapshot", renewSnapshot)
        await part(&result, "The log could not be packed", pack)
        await part(&result, "The report could not be written", report)
        return result
    }

    /// Does a part of the night's work. What stops it is a problem to report, and the other parts
    /// are done all the same.
    private func part(
        _ result: inout NightlyResult, _ failure: Phrase,
        _ body: (inout NightlyResult) async throws -> Void
    ) async {
        do {
            try await body(&result)
        } catch {
            result.problems.append(Self.sentence(failure, error))
        }
    }

    private static func sentence(_ failure: Phrase, _ error: any Error) -> Phrase {
        switch error {
        case let error as HubError: error.explanation
        case let error as StoreError: error.explanation
        case let error as NotebookFileError: error.explanation
        case is WireError: "\(failure): something in the hub's files cannot be read."
        default: "\(failure) (\(String(describing: type(of: error))))."
        }
    }

    /// What one peer does wrong is told, and keeps nobody else waiting.
    private func meetPeers(_ result: inout NightlyResult) async throws {
        result.peers = try await federation.meetAll()
        let weekMilliseconds: UInt64 = 7 * 86_400_000
        let now = hub.milliseconds
        for line in try hub.peers() {
            let name = line.peer.name.cut
            result.problems += line.quarantines.map { "The hub \"\(name)\": \($0.sentence)" }
            if line.peer.url != nil, let problem = line.peer.problem,
                now > (line.peer.lastMet ?? line.peer.added) + weekMilliseconds
            {
                result.problems.append(
                    "The hub \"\(name)\" could not be met for a week. \(problem)")
            }
        }
    }

    private func catchUp(_ result: inout NightlyResult) async throws {
        result.merged = try await hub.catchUp().received
        if try hub.own.followMovedPeople(writtenHere: false) > 0 { try await hub.catchUp() }
    }

    private func verify(_ result: inout NightlyResult) throws {
        let found = try hub.verify()
        result.isChecked = true
        result.problems += found.log.map { Self.damage("The hub's log", $0) }
        result.problems += found.notebook.problems.map { Self.damage("The hub's own notebook", $0) }
    }

    /// What a check found, for a volunteer; at the end what helps whoever is asked for help.
    private static func damage(_ what: Phrase, _ finding: Phrase) -> Phrase {
        """
        \(what) was changed by something other than Fieldbook, or its disk is failing. What was \
        found: \(finding)
        """
    }

    private func read(_ result: inout NightlyResult) throws {
        result.people = try hub.own.people().count
        result.conflicts = try hub.own.conflicts()
        let duplicates = try hub.own.likelyDuplicates()
        result.duplicates = duplicates.first
        result.duplicateCount = duplicates.count
        result.contested = try hub.own.contestedPairs().filter { !$0.chain.isEmpty }
    }

    /// A laptop that has not come for two weeks may be lost, or its owner may need help.
    private func findSilentDevices(_ result: inout NightlyResult) throws {
        let fortnightMilliseconds: UInt64 = 14 * 86_400_000
        let now = hub.milliseconds
        result.silentDevices = try hub.devices()
            .filter { $0.revoked == nil && !$0.isPhone }
            .filter { now > $0.lastSeen + fortnightMilliseconds }
            .map(\.name)
    }

    private func backUp(_ result: inout NightlyResult) throws {
        let shelf = BackupShelf(path: hub.folder.backups)
        result.problems += (try? shelf.problems(asOf: result.day)) ?? []
        result.backup = try Backup(hub: hub, free: free).make(day: result.day)
    }

    private func renewSnapshot(_ result: inout NightlyResult) throws {
        try hub.renewSnapshot(isNight: true)
    }

    private func pack(_ result: inout NightlyResult) throws {
        try hub.packLog()
    }

    private func report(_ result: inout NightlyResult) throws {
        result.deeds = try hub.read { try PeerDeeds.all($0) }
        let (all, told) = try hub.read { db in
            (try hub.received(db), try ReportedEntries.told(before: result.day, db))
        }
        result.received = all - min(all, told)
        result.report = try NightlyReport(result, hub: hub).write()
        try hub.write { db in
            try ReportedEntries.note(all, result.day, db)
            for (peer, deeds) in result.deeds { try deeds.forget(of: peer.id, db) }
        }
    }
}
