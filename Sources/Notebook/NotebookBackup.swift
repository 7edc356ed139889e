import Foundation
import Glibc
import Replication
import Store

extension NotebookFile {
    /// Writes a copy of the notebook to `target`, as it is at one moment, and of its key beside it:
    /// both are needed to go on with it. Replaces nothing, and gives what it writes its name when it is
    /// whole. Throws `StoreError` and `NotebookFileError`.
    package func backUp(to target: String) throws {
        try checkIsNotebook()
        try Folder.alone(in: Folder.parent(of: target)) { try backUpAlone(to: target) }
    }

    /// The same for whoever is alone in the folder.
    private func backUpAlone(to target: String) throws {
        let copy = NotebookFile(path: target)
        guard access(copy.path, F_OK) != 0 else {
            throw NotebookFileError.alreadyThere(path: copy.path)
        }
        // One that was cut off may have given the key its name already.
        let isKeyThere = access(copy.keyPath, F_OK) == 0
        guard try !isKeyThere || KeyFile.isSame(keyPath, copy.keyPath) else {
            throw NotebookFileError.alreadyThere(path: copy.keyPath)
        }
        // One name for all that is unfinished in a folder: the next one begins with a clear table.
        let draft = NotebookFile(path: Folder.parent(of: target) + "/fieldbook-backup.unfinished")
        draft.remove()
        defer { draft.remove() }
        try DatabaseFile(path: path, format: .notebook, creating: false).backup(
            to: draft.path, named: target)
        try KeyFile.copy(keyPath, to: draft.keyPath)
        try Folder.rename(draft.keyPath, to: copy.keyPath)
        try Folder.rename(draft.path, to: copy.path)
        try Folder.flush(Folder.parent(of: target))
    }

    /// Puts a backup in this notebook's place, once it is verified, in a folder that is made where there
    /// is none. What was there is kept beside it, whole or damaged: its path is returned, nil when
    /// nothing was. Throws `StoreError` and
    /// `NotebookFileError`, and leaves everything as it was then.
    package func restore(from source: String) throws -> String? {
        let backup = NotebookFile(path: source)
        let keys = try KeyFile.all(backup.keyPath)
        let parent = Folder.parent(of: path)
        try Folder.create(parent)
        return try Folder.alone(in: parent) {
            let draft = restoreDraft
            draft.remove()
            defer { draft.remove() }
            let moment = Self.moment(try backup.copySound(to: draft, keys))
            let aside = try keepAside(moment)
            try Folder.rename(draft.keyPath, to: keyPath)
            try Folder.rename(draft.path, to: path)
            try Folder.flush(parent)
            return aside
        }
    }

    private var restoreDraft: NotebookFile { NotebookFile(path: path + ".restoring") }

    /// Removes what a restoring that was killed has left: nobody who is erased may stay in it.
    func removeRestoreDraft() {
        try? Folder.alone(in: Folder.parent(of: path)) { restoreDraft.remove() }
    }

    /// Copies a backup, which may lie where nothing can be written, with the keys up to the one under
    /// which it was made, and verifies the copy. Returns what time it is.
    private func copySound(to draft: NotebookFile, _ keys: [DeviceKey]) throws -> UInt64 {
        do {
            try DatabaseFile(path: path, format: .notebook, creating: false).backup(to: draft.path)
            try KeyFile.write(keys, to: draft.keyPath)
            let store = try draft.open().store
            if let problem = try store.verify().problems.first {
                throw NotebookFileError.damagedBackup(path: path, problem)
            }
            try store.file.close()
            let device = store.device
            unlink(draft.keyPath)
            try KeyFile.write(
                keys.prefix { $0.device != device } + keys.filter { $0.device == device },
                to: draft.keyPath)
            return store.environment.milliseconds()
        } catch StoreError.damaged(_, let detail) {
            throw NotebookFileError.damagedBackup(path: path, detail)
        } catch StoreError.wrongKey {
            throw StoreError.wrongKey(path: path)
        } catch NotebookFileError.noOwner {
            throw NotebookFileError.noOwner(path: path)
        }
    }

    /// Copies what is here to another name, and empties its write-ahead log: the next file of this
    /// name must not take it for its own. What cannot be copied is moved.
    private func keepAside(_ moment: String) throws -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        let aside = NotebookFile(path: Folder.free(path + ".before-\(moment)"))
        do {
            try backUpAlone(to: aside.path)
            try DatabaseFile(path: path, format: .notebook, creating: false).close()
            for end in ["-wal", "-shm"] { unlink(path + end) }
        } catch  where Self.isOfTheFile(error) {
            for end in [".key", "-wal", "-shm", "-journal", ""]
            where access(path + end, F_OK) == 0 {
                try Folder.rename(path + end, to: aside.path + end)
            }
        }
        return aside.path
    }

    /// Whether a file or its key is not what it should be, and would be no better another time.
    private static func isOfTheFile(_ error: any Error) -> Bool {
        switch error {
        case StoreError.damaged, StoreError.foreign, StoreError.newer, NotebookFileError.noKey,
            NotebookFileError.openKey:
            true
        default: false
        }
    }

    /// What restores have kept beside the notebook and nobody has removed yet, each with its key: it
    /// holds, too, what was erased since.
    package var copiesBeforeRestores: [String] {
        let folder = Folder.parent(of: path)
        let start = path.dropFirst(folder == "/" ? 1 : folder.count + 1) + ".before-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        // What lies beside a copy, like its key, has other letters after the moment.
        let isCopy = { (name: String) in
            name.hasPrefix(start)
                && name.dropFirst(start.count).allSatisfy { $0.isNumber || "T-".contains($0) }
        }
        return names.filter(isCopy).sorted()
            .map { "\(folder)/\($0)" }
    }

    /// "20261126T020600": two restores keep two notebooks.
    private static func moment(_ milliseconds: UInt64) -> String {
        String(Zone.utc.timestamp(milliseconds).filter { $0.isNumber || $0 == "T" }.prefix(15))
    }

    private func remove() {
        removeDatabase()
        unlink(keyPath)
    }
}
