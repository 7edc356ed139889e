import Foundation
import GRDB
import Notebook
import Replication
import Store
import Wording

/// A copy of the hub that was opened and compared before it counts.
///
/// It holds the log, the notebook and the keys: whoever has it can be the hub.
struct Backup {
    let hub: Hub
    /// How much room there is where a path leads, in bytes.
    let free: @Sendable (String) -> UInt64

    private var shelf: BackupShelf { BackupShelf(path: hub.folder.backups) }

    /// What a copy needs beside the files that are copied: SQLite's own files while it is tested.
    private static let marginBytes: UInt64 = 16 << 20

    /// Makes a backup, tests it, and only then gives it its name. Returns its folder.
    ///
    /// That of a night takes the place of an earlier one of the same night, which may have been cut
    /// off; one that the keeper asks for stands beside all others, under its time of day.
    func make(day: Day, named moment: String? = nil) throws -> String {
        try shelf.tidy()
        hub.folder.removeRestoreDraft()
        try checkRoom()
        let name = moment.map(shelf.freeName) ?? day.description
        let draft = shelf.draft(of: name)
        do {
            try copyInAQuietMoment(to: draft)
            try HubFolder(path: draft).markAsCopy()
            try shelf.replace(name)
        } catch {
            try? shelf.remove(draft)
            throw try isFull(error) ? noRoom(neededBytes) : error
        }
        try shelf.removeOld(besides: name)
        return shelf.backup(of: name)
    }

    /// A page that is written to between the two files' copies makes them not fit together.
    private func copyInAQuietMoment(to draft: String) throws {
        for _ in 0..<2 {
            do {
                return try copyAndTest(draft)
            } catch is WrittenMeanwhile {
                try shelf.remove(draft)
            }
        }
        do {
            try copyAndTest(draft)
        } catch is WrittenMeanwhile {
            throw try failure("Pages are written to all the time; try again.")
        }
    }

    private struct WrittenMeanwhile: Error {}

    private func copyAndTest(_ draft: String) throws {
        try hub.copy(to: HubFolder(path: draft))
        try test(HubFolder(path: draft))
    }
}

extension Backup {
    /// Half a copy on a disk that is full would take the room that laptops' entries need.
    private func checkRoom() throws {
        let needed = neededBytes
        guard free(shelf.path) >= needed else { throw try noRoom(needed) }
    }

    private var neededBytes: UInt64 {
        let files = [hub.folder.logPath, hub.folder.notebook.path].flatMap { [$0, $0 + "-wal"] }
        return files.reduce(Self.marginBytes) { $0 + UInt64(Folder.size(of: $1)) }
    }

    private func noRoom(_ needed: UInt64) throws -> HubError {
        .noRoomForBackup(
            path: shelf.path, needed: needed, free: free(shelf.path),
            lastGood: try shelf.names().last)
    }

    private func isFull(_ error: any Error) -> Bool {
        if case StoreError.diskFull = error { return true }
        return false
    }
}

extension Backup {
    /// Opens the copy as a hub, verifies it, and compares its fingerprints with the living one's.
    private func test(_ folder: HubFolder) throws {
        let copy = try folder.openToLook()
        let found = Result { try copy.verify() }
        let (head, isSame) = try (ownHead(in: copy), isUpToDate(copy))
        let written = try copy.own.store.meta().head
        try copy.close()
        let problems = try found.get().log + found.get().notebook.problems
        if let problem = problems.first { throw try failure(problem) }
        guard head <= written.seq else { throw WrittenMeanwhile() }
        guard isSame else { throw try failure("Its fingerprints are not those of the hub.") }
    }

    private func failure(_ why: Phrase) throws -> HubError {
        .backupFailed(why, lastGood: try shelf.names().last)
    }

    /// How much the copied log has of what the hub's own device wrote.
    private func ownHead(in copy: Hub) throws -> Seq {
        try copy.read { try HubDevice.find(copy.own.store.device, $0)?.head.seq ?? 0 }
    }

    /// Whether the copied notebook holds what the living one does, where both stand at one place.
    private func isUpToDate(_ copy: Hub) throws -> Bool {
        let before = try hub.own.store.meta()
        let living = try hub.own.store.read { try FingerprintTable.all($0) }
        let after = try hub.own.store.meta()
        guard try before == after && copy.own.store.meta() == before else { return true }
        return try copy.own.store.read { try FingerprintTable.all($0) } == living
    }
}

extension Hub {
    /// Makes a backup of this moment, tests it, and returns its folder. Throws `HubError`.
    package func backUp() throws -> String {
        let night = try folder.claimNight()
        defer { withExtendedLifetime(night) {} }
        return try Backup(hub: self, free: Disk.free(at:)).make(
            day: own.today, named: own.zone.name(of: milliseconds))
    }

    /// Closes both files, so that they stand alone.
    package func close() throws {
        try file.close()
        try own.store.file.close()
    }
}
