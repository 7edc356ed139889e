import GRDB
import Glibc
import Replication
import Store

/// How a notebook's file comes to be: under another name until it is whole, so that a crash leaves
/// a notebook or none.
extension NotebookFile {
    /// Makes a new notebook for a member, also where the making of one was cut off. Throws
    /// `NotebookFileError.exists` when there is one that holds anything.
    package func create(name: String, zoneName: String, zone: Zone) throws -> Notebook {
        let folder = Folder.parent(of: path)
        try Folder.create(folder)
        return try Folder.alone(in: folder) {
            try createAlone(name: name, zoneName: zoneName, zone: zone)
        }
    }

    /// The same for whoever is alone in the folder.
    package func createAlone(name: String, zoneName: String, zone: Zone) throws -> Notebook {
        guard try isFree else { throw NotebookFileError.exists(path: path) }
        let draft = NotebookFile(path: path + ".unfinished")
        draft.removeDatabase()
        defer { draft.removeDatabase() }
        let key = DeviceKey()
        let store = try Store(
            path: draft.path, schema: Kinds.schema, environment: .system(key: key), creating: true)
        let made = try Self.begin(store, name: name, zoneName: zoneName, zone: zone)
        try store.file.close()
        // A key without a notebook harms nobody; a notebook without its key cannot be written in.
        try KeyFile.add(key, keyPath)
        removeDatabase()
        draft.removeCompanions()
        try Folder.rename(draft.path, to: path)
        try Folder.flush(Folder.parent(of: path))
        return Notebook(store: try open().store, zone: zone, me: made.me)
    }

    /// Whether there is no notebook, or one whose making was cut off.
    private var isFree: Bool {
        get throws {
            if access(path, F_OK) != 0 && errno == ENOENT || isEmptyBesideAKey { return true }
            return try holds(records: 0)
        }
    }

    /// An empty file where a notebook was begun. Its log would hold what it does not.
    package var isEmptyBesideAKey: Bool {
        access(path, F_OK) == 0 && Folder.size(of: path) == 0
            && Folder.size(of: path + "-wal") == 0 && access(keyPath, F_OK) == 0
    }

    /// Whether a notebook is nobody's, or has no more records than these and belongs to no hub.
    package func holds(records most: Int) throws -> Bool {
        let file = try DatabaseFile(path: path, format: .notebook, creating: false)
        let isSmall = try file.read { db in
            let settings = try Setting.all(db)
            let written = try Int.fetchOne(
                db, sql: "SELECT max((SELECT count(*) FROM log), (SELECT count(*) FROM record))")
            return written ?? 0 <= most && settings["hub.url"] == nil
                && (most > 0 || settings["member"] == nil)
        }
        try file.close()
        return isSmall
    }

    /// Removes the database with SQLite's files and ours beside it, and leaves its key.
    package func removeDatabase() {
        unlink(path)
        removeCompanions()
    }

    /// Removes what lies beside a database that was closed: what gets its name takes none of it along.
    package func removeCompanions() {
        for end in ["-wal", "-shm", "-journal", ".lock"] { unlink(path + end) }
    }
}
