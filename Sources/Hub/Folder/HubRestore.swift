import Foundation
import GRDB
import Glibc
import Notebook
import Replication
import Store
import Wording

/// What a hub's folder holds once a backup was put in its place.
package struct RestoredHub: Sendable {
    package let congregation: String
    /// How many entries the log holds again.
    package let entries: UInt64
    /// Where the files that were there before are kept; nil when there were none.
    package let kept: String?
}

/// How a hub is put back from a backup: the copy is verified and told that it is one before it gets
/// its place, and what was there before is kept.
extension HubFolder {
    private var draft: HubFolder { HubFolder(path: path + "/restore.unfinished") }

    private static let names = [
        "hub.sqlite", "hub.key", "notebook.sqlite", "notebook.sqlite.key",
    ]

    /// Puts the backup in a folder in this one's place. Throws `HubError.alreadyServing` and
    /// `.nightIsRunning` while somebody is at work here, and `.notABackup` for a folder that holds no
    /// whole and sound hub.
    package func restore(from backup: HubFolder, at milliseconds: UInt64) throws -> RestoredHub {
        try takeFolder()
        let claims = try (claimServing(), claimNight())
        defer { withExtendedLifetime(claims) {} }
        return try Folder.alone(in: path) {
            removeRestoreDraft()
            defer { removeRestoreDraft() }
            try copy(backup)
            let (congregation, entries) = try tell(draft)
            let kept = try putAside(at: milliseconds)
            // The log last: without it there is no hub, and one begins again.
            for name in Self.names.reversed() {
                try Folder.rename("\(draft.path)/\(name)", to: "\(path)/\(name)")
            }
            try Folder.flush(path)
            return RestoredHub(congregation: congregation, entries: entries, kept: kept)
        }
    }

    /// Removes what a restoring that was killed has left: nobody who is erased may stay in it. Only for
    /// whoever has claimed the night.
    func removeRestoreDraft() { try? FileManager.default.removeItem(atPath: draft.path) }

    /// Copies the backup, which stays as it is, and verifies it.
    private func copy(_ backup: HubFolder) throws {
        let problems: [Phrase]
        do {
            let source = try backup.openToLook()
            let found = Result { try source.verify() }
            try source.copy(to: draft)
            try source.close()
            problems = try found.get().log + found.get().notebook.problems
        } catch let error as any Explained where error is HubError || error is NotebookFileError {
            throw HubError.notABackup(path: backup.path, error.explanation)
        }
        if let problem = problems.first {
            throw HubError.notABackup(path: backup.path, problem)
        }
    }

    /// Tells the copy that it is one, so that no laptop goes on where it was.
    private func tell(_ folder: HubFolder) throws -> (congregation: String, entries: UInt64) {
        let hub = try folder.openToLook()
        try hub.wasRestored()
        let end = try hub.read { try HubLog.end($0) }
        try hub.close()
        return (hub.settings.congregationName, end.seq)
    }

    /// Moves the hub that was here aside, with what SQLite keeps beside it.
    private func putAside(at milliseconds: UInt64) throws -> String? {
        let files = try FileManager.default.contentsOfDirectory(atPath: path).filter {
            $0.hasPrefix("hub.") || $0.hasPrefix("notebook.sqlite")
        }
        guard !files.isEmpty else { return nil }
        let kept = Folder.free("\(path)/\(Self.copyPrefix)\(Zone.system.name(of: milliseconds))")
        try Folder.create(kept)
        for file in files.sorted() {
            try Folder.rename("\(path)/\(file)", to: "\(kept)/\(file)")
        }
        return kept
    }

    private static let copyPrefix = "before-restore-"

    /// What restores have put aside and nobody has removed yet: it holds, too, what was erased since.
    package var copiesBeforeRestores: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return files.filter { $0.hasPrefix(Self.copyPrefix) }.sorted().map { "\(path)/\($0)" }
    }
}
