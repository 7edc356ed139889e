import GRDB
import GRDBSQLite
import Glibc

/// A file read into memory where SQLite can write nothing beside it: its disk is full or read-only,
/// or its folder is somebody else's.
///
/// A write-ahead log is read by way of an index beside it, which must be made. Here SQLite keeps the
/// index in memory, and takes no locks that it could not take; our own keeps others from writing
/// meanwhile, where there can be one. The copy is what the file was at that moment.
enum StillCopy {
    static func read(_ path: String, into queue: DatabaseQueue) throws {
        try WriteLock(of: path, patienceMilliseconds: 5000).holdIfPossible {
            try queue.writeWithoutTransaction { db in
                try copy(path, into: db)
                db.clearSchemaCache()
                // What is sorted may not find room either.
                try db.execute(sql: "PRAGMA temp_store = MEMORY")
            }
        }
    }

    private static func copy(_ path: String, into db: Database) throws {
        var source: OpaquePointer?
        defer { sqlite3_close(source) }
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        try check(sqlite3_open_v2(uri(of: path), &source, flags, "unix-none"))
        try check(sqlite3_exec(source, "PRAGMA locking_mode = EXCLUSIVE", nil, nil, nil))
        let copy = sqlite3_backup_init(db.sqliteConnection, "main", source, "main")
        let outcome = copy.map { sqlite3_backup_step($0, -1) } ?? SQLITE_ERROR
        sqlite3_backup_finish(copy)
        try check(outcome == SQLITE_DONE ? SQLITE_OK : outcome)
    }

    private static func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// Without a log, SQLite would make one.
    private static func uri(of path: String) -> String {
        let real = realpath(path, nil)
        defer { free(real) }
        let path = real.map { String(cString: $0) } ?? path
        var status = stat()
        let hasLog = stat(path + "-wal", &status) == 0 && status.st_size > 0
        return "file:\(escaped(path))?mode=ro" + (hasLog ? "" : "&immutable=1")
    }

    private static func escaped(_ path: String) -> String {
        path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }
}
