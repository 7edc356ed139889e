import Foundation
import GRDB
import Notebook
import Replication
import Store

/// A copy of the hub that was opened and compared before it counts.
///
/// It holds the log, the notebook and the keys: whoever has it can be the hub.
struct Backup {
    let hub: Hub

    /// How many nights are kept.
    static let kept = 14

    /// Makes the day's backup, tests it, and only then puts it in the place of an earlier one of
    /// the same day. Returns its folder.
    func make(day: Day) throws -> String {
        let final = "\(hub.folder.backups)/\(day)"
        let draft = "\(final).unfinished"
        try Folder.create(hub.folder.backups)
        try copy(to: draft)
        try test(HubFolder(path: draft))
        try replace(final, with: draft)
        try removeOld()
        return final
    }

    private func copy(to draft: String) throws {
        try? FileManager.default.removeItem(atPath: draft)
        try Folder.create(draft)
        // The notebook first: it may know less than the log in the copy, and never more.
        try hub.own.store.file.backup(to: draft + "/notebook.sqlite")
        try hub.file.backup(to: draft + "/hub.sqlite")
        for (source, name) in [
            (hub.folder.keyPath, "hub.key"), (hub.folder.notebook.keyPath, "notebook.sqlite.key"),
        ] {
            try KeyFile.write(try KeyFile.read(source), "\(draft)/\(name)")
        }
    }

    /// At every moment one of the day's two is there whole.
    private func replace(_ final: String, with draft: String) throws {
        let old = "\(final).replaced"
        let files = FileManager.default
        try? files.removeItem(atPath: old)
        if files.fileExists(atPath: final) { try files.moveItem(atPath: final, toPath: old) }
        try files.moveItem(atPath: draft, toPath: final)
        try? files.removeItem(atPath: old)
    }

    /// Opens the copy as a hub, verifies it, and compares its fingerprints with the living one's.
    private func test(_ folder: HubFolder) throws {
        let copy = try folder.open()
        let found = Result { try copy.verify() }
        let (head, isSame) = try (ownHead(in: copy), isUpToDate(copy))
        let written = try copy.own.store.meta().head
        try copy.close()
        let problems = try found.get().log + found.get().notebook.problems
        if let problem = problems.first { throw try failure(problem) }
        guard head <= written.seq else {
            throw try failure("A page was written to meanwhile; try again.")
        }
        guard isSame else { throw try failure("Its fingerprints are not those of the hub.") }
    }

    private func failure(_ why: String) throws -> HubError {
        .backupFailed(why.bracketed, lastGood: try days().last)
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

    private func removeOld() throws {
        for old in try days().dropLast(Self.kept) {
            try FileManager.default.removeItem(atPath: "\(hub.folder.backups)/\(old)")
        }
    }

    /// The days of which there is a backup, the first first.
    private func days() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: hub.folder.backups)
            .filter { Day(iso: $0) != nil }.sorted()
    }
}

extension Hub {
    /// Closes both files, so that they stand alone.
    package func close() throws {
        try file.close()
        try own.store.file.close()
    }
}
