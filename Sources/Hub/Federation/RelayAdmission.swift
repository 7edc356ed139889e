import Foundation
import GRDB
import Notebook
import Replication
import Store

/// Takes a peer's relay into the log, in the transaction in which the door judges it.
///
/// Each device's chain stands for itself: what is wrong with one is a reason to leave that one out,
/// and takes nothing from the others. Every commit is appended once, whoever brings it.
struct RelayAdmission {
    let hub: Hub
    let scope: PeerScope
    let db: Database
    private var newTurfs: Set<RecordID> = []
    private var deeds = PeerDeeds()
    /// How far the chains go of devices that write on here; of all others no end is known.
    private var ends: [DeviceID: Seq] = [:]

    init(hub: Hub, scope: PeerScope, db: Database) {
        self.hub = hub
        self.scope = scope
        self.db = db
    }

    /// What was not taken, and why.
    struct Outcome {
        var faults: [DeviceID: Quarantine.Reason] = [:]
        /// Commits on records of which nobody has told where they live.
        var deferred: [DeviceID: [Seq]] = [:]
        /// Commits that the door let in.
        var letIn = 0
        /// What other congregations did to what was here.
        var deeds = PeerDeeds()
        /// Devices of whose chains there is more here now.
        var grown: Set<DeviceID> = []
    }

    /// What of each device's chain is proven to be signed by it. That takes time, and no turn at
    /// writing.
    func prove(_ relay: CheckedRelay) throws -> [DeviceID: Chain] {
        var newcomers = 0
        var chains: [DeviceID: Chain] = [:]
        for device in relay.entries.keys where !relay.malformed.contains(device) {
            var signer = try Signer.find(device, of: hub, db)
            if signer == nil {
                newcomers += 1
                guard newcomers <= Self.mostNewcomers else { continue }
                signer = newcomer(relay.devices[device])
            }
            chains[device] = try signer.flatMap { try chain(of: $0, in: relay) }
        }
        return chains
    }

    /// Devices that nobody has told of, in one relay.
    private static let mostNewcomers = 1024

    mutating func admit(_ relay: CheckedRelay, _ proven: [DeviceID: Chain]) throws -> Outcome {
        var outcome = Outcome()
        let before = try HubLog.end(db)
        for device in relay.malformed { outcome.faults[device] = .form }
        var chains: [DeviceID: Chain] = [:]
        for device in relay.entries.keys where outcome.faults[device] == nil {
            // Another peer may have brought the same meanwhile.
            guard let chain = proven[device] else {
                outcome.faults[device] = .chain
                continue
            }
            let known = try Signer.find(device, of: hub, db)
            guard known?.head ?? ChainHead() == chain.signer.head else { continue }
            if known == nil, chain.signer.isOfHere(hub), try Quarantine.isWaitingForOwn(hub, db) {
                outcome.faults[device] = .awaited
                continue
            }
            chains[device] = chain
        }
        var places = Places(db, at: hub.milliseconds)
        var deferred: [CheckedEntry] = []
        for (device, index) in relay.order {
            guard let entry = relay.entries[device]?[index], var chain = chains[device] else {
                continue
            }
            if try !take(entry, of: &chain, &places) { deferred.append(entry) }
            chains[device] = chain
        }
        try retake(&deferred, chains, &places)
        for entry in deferred {
            outcome.deferred[entry.dot.device, default: []].append(entry.dot.seq)
        }
        outcome.deeds = deeds
        outcome.letIn = try HubLog.contentCount(after: before.seq, db)
        try places.save()
        for (device, chain) in chains {
            if chain.head != chain.signer.head { outcome.grown.insert(device) }
            try chain.signer.save(head: chain.head, db)
            for entry in relay.entries[device] ?? [] where entry.dot.seq <= chain.head.seq {
                guard let signature = relay.signatures[entry.dot] else { continue }
                try PushSignatures.keep(signature, at: entry.dot, db)
            }
        }
        try announcePeople(of: newTurfs)
        return outcome
    }

    /// Takes what had to wait for what came after it.
    private mutating func retake(
        _ deferred: inout [CheckedEntry], _ chains: [DeviceID: Chain],
        _ places: inout Places
    ) throws {
        var count = -1
        while deferred.count != count {
            count = deferred.count
            var rest: [CheckedEntry] = []
            for entry in deferred {
                guard var chain = chains[entry.dot.device] else { continue }
                if try !take(entry, of: &chain, &places) { rest.append(entry) }
            }
            deferred = rest
        }
    }

    /// A device's chain as it is here before a relay, and as it grows.
    struct Chain {
        let signer: Signer
        fileprivate(set) var head: ChainHead
    }

    /// A device's chain, once all that continues it is proven to be signed by it, and all that is
    /// here already to be the same. Nil for what is not.
    private func chain(of signer: Signer, in relay: CheckedRelay) throws -> Chain? {
        let device = signer.publicKey.device
        var head = signer.head
        var last: Seq = 0
        var isSigned = true
        for entry in relay.entries[device] ?? [] {
            guard entry.dot.seq > last else { return nil }
            last = entry.dot.seq
            guard entry.dot.seq > signer.head.seq else {
                guard try HubLog.digest(of: entry.dot, db) == entry.digest else { return nil }
                continue
            }
            guard entry.dot.seq == head.seq + 1 else { return nil }
            head = head.appending(entry.digest)
            isSigned = false
            guard let signature = relay.signatures[entry.dot] else { continue }
            let message = Push.signed(head, of: device, congregation: signer.congregation)
            guard signer.publicKey.verifies(signature, of: message) else { return nil }
            isSigned = true
        }
        return isSigned ? Chain(signer: signer, head: signer.head) : nil
    }

    /// A device that nobody has told of yet.
    private func newcomer(_ device: Relay.Device?) -> Signer? {
        guard let device, !device.publicKey.isWeak else { return nil }
        return Signer(
            publicKey: device.publicKey, congregation: device.congregation, head: ChainHead(),
            isOwn: false)
    }

    /// Takes a chain's next entry, or completes one of which only the stub was known. Returns whether
    /// that is done with; what is deferred is not.
    private mutating func take(
        _ entry: CheckedEntry, of chain: inout Chain, _ places: inout Places
    ) throws -> Bool {
        guard entry.dot.seq > chain.head.seq else {
            return try complete(entry, of: chain, &places)
        }
        chain.head = chain.head.appending(entry.digest)
        let device = entry.dot.device
        ends[device] = max(try end(of: device), chain.head.seq)
        guard let commit = entry.commit else {
            try appendStub(entry)
            if chain.signer.isOfHere(hub) { try LostCommits.note(entry.dot, db) }
            return true
        }
        let judgement = try judge(commit, entry, of: chain, &places)
        if judgement == .letIn {
            try append(commit, entry, of: chain, &places)
        } else {
            try appendStub(entry)
        }
        return judgement != .deferred
    }

    /// How far ahead of this hub's clock another hub's word may be: a day.
    private static let toleranceMilliseconds: UInt64 = 86_400_000

    /// Appends a commit of which only the stub was known, once its digest proves that it is the one.
    private mutating func complete(
        _ entry: CheckedEntry, of chain: Chain, _ places: inout Places
    ) throws -> Bool {
        guard let commit = entry.commit, let known = try HubLog.stored(entry.dot, db) else {
            return true
        }
        guard known.isStub else {
            // Of this hub's own devices nobody else sets the stamp.
            let isLowered =
                try !chain.signer.isOwn && HubLog.lower(entry.dot, to: commit.effective, db)
            if isLowered { try HubLog.announce(commit.key, from: hub.identity.device, db) }
            return true
        }
        guard try !Refusals.isRefused(entry.dot, db) else { return true }
        let judgement = try judge(commit, entry, of: chain, &places)
        if judgement == .letIn {
            try HubLog.vacate(known.seq, by: hub.identity.device, db)
            try LostCommits.close(entry.dot, db)
            try append(commit, entry, of: chain, &places)
        }
        return judgement != .deferred
    }

    private mutating func append(
        _ commit: Commit, _ entry: CheckedEntry, of chain: Chain, _ places: inout Places
    ) throws {
        // A hub whose clock is years ahead is not to spoil everybody's.
        var commit = commit
        commit.effective = min(
            commit.effective, Stamp(milliseconds: hub.milliseconds + Self.toleranceMilliseconds))
        let before = try places.place(of: commit.key)
        if commit.key.kind == Turf.kind.number, !Space.isReserved(commit.key.id), before == nil {
            newTurfs.insert(commit.key.id)
        }
        let end = try HubLog.end(db).appending(entry.digest)
        try HubLog.take(commit, entry, at: end, &places, db)
        guard let before, !chain.signer.isOfHere(hub) else { return }
        try deeds.note(commit, from: before, to: places.place(of: commit.key), &places)
    }

    private func appendStub(_ entry: CheckedEntry) throws {
        let end = try HubLog.end(db).appending(entry.digest)
        try HubLog.appendStub(entry.dot, act: entry.act, entry.digest, at: end, db)
    }

    /// What the door says of a commit. One that can never be let in is noted, so that nobody wants
    /// it again.
    private mutating func judge(
        _ commit: Commit, _ entry: CheckedEntry, of chain: Chain, _ places: inout Places
    ) throws -> RelayDoor.Judgement {
        var judgement = try RelayDoor(hub: hub, scope: scope, signer: chain.signer, db: db)
            .judge(commit, bytes: entry.payload.count, &places)
        if try judgement == .letIn && namesUnwritten(commit) { judgement = .refused(.dots) }
        if case .refused(let rule) = judgement { try Refusals.note(entry.dot, rule, db) }
        if judgement == .refused(.erased) { try places.keepOut(commit) }
        return judgement
    }

    /// Whether a commit takes the place of what a device of this hub has yet to write.
    private mutating func namesUnwritten(_ commit: Commit) throws -> Bool {
        for dot in commit.overwritten where dot.device != commit.dot.device {
            if try dot.seq > end(of: dot.device) { return true }
        }
        return false
    }

    /// A device that is frozen, or that nobody here knows, writes nothing more here: what is beyond
    /// has been lost.
    private mutating func end(of device: DeviceID) throws -> Seq {
        if let end = ends[device] { return end }
        var statement = try FastStatement(
            db, "SELECT headSeq FROM device WHERE id = ? AND isFrozen = 0")
        statement.bind(device.rawValue)
        defer { statement.reset() }
        let end = try statement.step() ? try statement.seq(0) : .max
        ends[device] = end
        return end
    }

    /// Those who were taken to a turf before anybody here knew of it.
    private func announcePeople(of turfs: Set<RecordID>) throws {
        for turf in turfs.sorted() {
            for key in try Places.keys(in: turf, db) where key.id != turf {
                try HubLog.announce(key, from: hub.identity.device, db)
            }
        }
    }
}
