import Foundation
import Glibc
import Replication
import Store

extension NotebookFile {
    /// Writes a copy of the notebook to `target`, as it is at one moment, and of its key beside it:
    /// both are needed to go on with it. Replaces nothing. Throws `StoreError` and
    /// `NotebookFileError`.
    package func backUp(to target: String) throws {
        try checkIsNotebook()
        let copy = NotebookFile(path: target)
        for path in [copy.path, copy.keyPath] where access(path, F_OK) == 0 {
            throw NotebookFileError.alreadyThere(path: path)
        }
        try DatabaseFile(path: path, format: .notebook, creating: false).backup(to: target)
        do {
            try KeyFile.copy(keyPath, to: copy.keyPath)
        } catch {
            unlink(target)
            throw error
        }
    }

    /// Puts a backup in this notebook's place. What was there is kept beside it, whole: its path is
    /// returned, nil when nothing was. Throws `StoreError` and `NotebookFileError`, and leaves everything
    /// as it was then.
    package func restore(from source: String) throws -> String? {
        let backup = NotebookFile(path: source)
        // What cannot be opened must not take the place of what can.
        let store = try backup.open().store
        let device = store.device
        let keys = try KeyFile.all(backup.keyPath)
        let known = Array(keys.prefix { $0.device != device } + keys.filter { $0.device == device })
        let draft = NotebookFile(path: path + ".restoring")
        draft.remove()
        try DatabaseFile(path: source, format: .notebook, creating: false).backup(to: draft.path)
        do {
            try KeyFile.write(known, to: draft.keyPath)
            let aside = try keepAside(Self.moment(store.environment.milliseconds()))
            try Folder.rename(draft.keyPath, to: keyPath)
            try Folder.rename(draft.path, to: path)
            return aside
        } catch {
            draft.remove()
            throw error
        }
    }

    /// Copies what is here to another name, and empties its write-ahead log: the next file of this
    /// name must not take it for its own.
    private func keepAside(_ moment: String) throws -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        let aside = NotebookFile(path: Folder.free(path + ".before-\(moment)"))
        try backUp(to: aside.path)
        try DatabaseFile(path: path, format: .notebook, creating: false).close()
        for end in ["-wal", "-shm"] { unlink(path + end) }
        return aside.path
    }

    /// What restores have kept beside the notebook and nobody has removed yet, each with its key: it
    /// holds, too, what was erased since.
    package var copiesBeforeRestores: [String] {
        let folder = Folder.parent(of: path)
        let start = path.dropFirst(folder == "/" ? 1 : folder.count + 1) + ".before-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix(start) && !$0.hasSuffix(".key") }.sorted()
            .map { "\(folder)/\($0)" }
    }

    /// "20261126T020600": two restores keep two notebooks.
    private static func moment(_ milliseconds: UInt64) -> String {
        String(Zone.utc.timestamp(milliseconds).filter { $0.isNumber || $0 == "T" }.prefix(15))
    }

    private func remove() {
        for end in ["", "-wal", "-shm", ".key"] { unlink(path + end) }
    }
}
