package import GRDB
import Glibc
import Synchronization
package import Wording

/// One SQLite file under the storage rules: WAL and `synchronous=FULL`, no checkpoint but our own,
/// every write under one lock across processes, files for their owner alone, and a connection
/// that is closed after a failed write and never trusted again.
package final class DatabaseFile: Sendable {
    /// What tells one kind of file from another, and how it is made.
    package struct Format: Sendable {
        /// SQLite's `application_id`.
        let applicationID: Int32
        /// "a Fieldbook notebook"
        let name: Phrase
        /// Append-only.
        let migrator: DatabaseMigrator

        package init(applicationID: Int32, name: Phrase, migrator: DatabaseMigrator) {
            self.applicationID = applicationID
            self.name = name
            self.migrator = migrator
        }
    }

    /// Nil for a database in memory.
    package let path: String?
    /// Why nothing can be written here: then what is read is a copy in memory, as the file was when it
    /// was opened. Nil for a file that can be written.
    package let obstacle: StoreError?
    private let format: Format
    private let lock: WriteLock?
    /// Nil from a failed write to the next use.
    private let queue: Mutex<DatabaseQueue?>
    private let isClosed = Mutex(false)
    /// The write-ahead log is folded in when it has grown to this many bytes.
    private static let checkpointBytes = 4 << 20
    /// What a connection keeps of the file. With less, a push of a megabyte writes some pages twice.
    static let cacheKilobytes = 8000
    /// How long to wait for a program that does not know our lock.
    static let timeoutSeconds = 5

    /// Opens the file, and makes it first when `creating`. A nil `path` opens one in memory.
    ///
    /// Throws `StoreError` for a file that is missing, not ours, newer, damaged, or on a network
    /// file system.
    package init(path: String?, format: Format, creating: Bool, patienceMilliseconds: Int = 5000)
        throws
    {
        self.path = path
        self.format = format
        let lock = path.map {
            WriteLock(of: $0, patienceMilliseconds: patienceMilliseconds)
        }
        if let path { try Self.prepare(path, creating: creating) }
        do {
            queue = try Mutex(Self.open(path, format, lock, creating: creating))
            obstacle = nil
            self.lock = lock
        } catch let error as StoreError where !creating && error.leavesReading {
            queue = try Mutex(Self.openStill(path, format, error))
            obstacle = error
            self.lock = nil
        }
    }

    /// Runs `body` on a consistent state of the file, and takes back what it may have written.
    ///
    /// GRDB's own way sets `PRAGMA query_only`, after which SQLite compiles every statement anew.
    package func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do {
            return try current.writeWithoutTransaction { db in
                // What is supposed is one transaction already.
                if db.isInsideTransaction { return try body(db) }
                return try Self.takingBack(db) { try body(db) }
            }
        } catch let error as DatabaseError {
            throw translated(error)
        } catch let error where error is UnreadableRow || error is RowDecodingError {
            throw unreadable
        }
    }

    private static func takingBack<Result>(
        _ db: Database, _ body: () throws -> Result
    ) throws -> Result {
        try db.beginTransaction(.deferred)
        do {
            let result = try body()
            FastStatement.endAll(db)
            try db.rollback()
            return result
        } catch {
            FastStatement.endAll(db)
            try? db.rollback()
            throw error
        }
    }

    /// Runs `body` in one transaction that is on disk when this returns, or leaves no trace. What is
    /// `derived` from what is there can be made in a copy, too, and throws no `obstacle`.
    package func write<Result>(
        derived: Bool = false, _ body: (Database) throws -> Result
    ) throws -> Result {
        if let obstacle, !derived { throw obstacle }
        do {
            return try locked {
                let result = try current.write { db in
                    defer { FastStatement.endAll(db) }
                    return try body(db)
                }
                checkpointIfLarge()
                return result
            }
        } catch let error as DatabaseError {
            if error.resultCode.primaryResultCode == .SQLITE_IOERR { giveUp() }
            throw translated(error)
        } catch let error where error is UnreadableRow || error is RowDecodingError {
            throw unreadable
        }
    }

    /// Writes a copy of the file, as it is at one moment, through SQLite's backup API. The copy is
    /// for its owner alone and is whole on disk when this returns. It replaces no file, and one
    /// that fails leaves none. `named` is how people know it, where it has another name so far.
    package func backup(to target: String, named name: String? = nil) throws {
        try Self.refuseNetwork(target)
        guard try Self.make(target) else {
            throw StoreError.foreign(path: target, what: "already there")
        }
        do {
            let copy = try DatabaseQueue(path: target)
            try current.backup(to: copy)
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
            try Self.flush(target)
        } catch {
            unlink(target)
            unlink(target + "-journal")
            throw (error as? DatabaseError).map { Self.translated($0, path: name ?? target) }
                ?? error
        }
    }

    /// Writes the file anew, so that nothing of what was deleted is left in it or in its log.
    package func vacuum() throws {
        if let obstacle { throw obstacle }
        do {
            try locked {
                try current.writeWithoutTransaction { db in
                    try db.execute(sql: "VACUUM")
                    _ = try db.checkpoint(.truncate)
                }
            }
        } catch let error as DatabaseError {
            throw translated(error)
        }
    }

    /// Gives free pages back to the disk, at most so many. Returns whether there are more.
    package func giveBack(pages: Int) throws -> Bool {
        if let obstacle { throw obstacle }
        return try locked {
            let isMore = try current.writeWithoutTransaction { db in
                let free = { try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0 }
                let before = try free()
                guard before > 0 else { return false }
                _ = try Row.fetchAll(db, sql: "PRAGMA incremental_vacuum(\(pages))")
                let after = try free()
                return after > 0 && after < before
            }
            checkpointIfLarge()
            return isMore
        }
    }

    /// Leaves nothing of what has been erased in the write-ahead log; pages of it that are free are
    /// overwritten already. What somebody is reading at this moment stays until the next checkpoint.
    package func scrub() throws {
        try locked { checkpoint() }
    }

    /// A copy in memory, as the file is at one moment.
    package func copyInMemory() throws -> DatabaseFile {
        try DatabaseFile(inMemoryAs: self)
    }

    private init(inMemoryAs file: DatabaseFile) throws {
        path = nil
        obstacle = nil
        format = file.format
        lock = nil
        let copy = try DatabaseQueue(configuration: Self.configuration())
        try file.current.backup(to: copy)
        queue = Mutex(copy)
    }

    /// Runs `body` on the file as it would be after `change`, on a connection of its own. Nothing of it
    /// is ever committed, nor written: what is changed stays in memory. Others who write wait.
    package func supposing<Result>(
        _ change: (Database) throws -> Void, _ body: (DatabaseFile) throws -> Result
    ) throws -> Result {
        try locked {
            let supposed = try DatabaseFile(supposedly: self)
            // What is closed without a commit is rolled back.
            defer { try? supposed.closeHeld() }
            do {
                try supposed.current.writeWithoutTransaction { db in
                    try db.execute(sql: "PRAGMA cache_spill = OFF; PRAGMA temp_store = MEMORY")
                    try db.beginTransaction(.immediate)
                    try change(db)
                }
            } catch let error as DatabaseError {
                throw translated(error)
            }
            return try body(supposed)
        }
    }

    /// Its writer has the lock already.
    private init(supposedly file: DatabaseFile) throws {
        path = file.path
        obstacle = nil
        format = file.format
        lock = nil
        let original = file.obstacle == nil ? path : nil
        queue = try Mutex(Self.open(original, format, lock, creating: false, isSupposed: true))
        if original == nil { try file.current.backup(to: current) }
    }

    /// The same file on a connection of its own, for who reads for long: nobody waits for it.
    package func openedOnceMore() throws -> DatabaseFile {
        guard let path, obstacle == nil else { return try copyInMemory() }
        return try DatabaseFile(path: path, format: format, creating: false)
    }

    /// Folds the write-ahead log in and closes the file, so that it stands alone.
    package func close() throws {
        guard !isClosed.withLock({ $0 }) else { return }
        try locked {
            queue.withLock { $0 }?.writeWithoutTransaction { db in
                _ = try? db.checkpoint(.truncate)
            }
            try closeHeld()
        }
    }

    private func closeHeld() throws {
        try queue.withLock { $0 }?.close()
        isClosed.withLock { $0 = true }
    }

    /// SQLite checkpoints when the last connection closes, so that too waits for the lock. What others
    /// still read is not waited for: they hold up nobody who writes.
    deinit {
        guard let path, obstacle == nil, !isClosed.withLock({ $0 }) else { return }
        // Whoever holds it for longer has the file open too: then this is not the last to close.
        try? WriteLock(of: path, patienceMilliseconds: 50).hold { try closeHeld() }
    }

    private var current: DatabaseQueue {
        get throws {
            try queue.withLock { queue in
                if let queue { return queue }
                let opened = try Self.open(path, format, lock, creating: false)
                queue = opened
                return opened
            }
        }
    }

    private func locked<Result>(_ body: () throws -> Result) throws -> Result {
        guard let lock else { return try body() }
        return try lock.hold(body)
    }

    /// After a failed fsync SQLite acknowledges later commits as if nothing had happened, so the
    /// connection is given up and what is really on disk is read again, at the next use: the disk
    /// may not let itself be read before.
    private func giveUp() {
        queue.withLock { queue in
            try? locked { try queue?.close() }
            queue = nil
        }
    }

    private func checkpointIfLarge() {
        guard let path, obstacle == nil else { return }
        var status = stat()
        guard stat(path + "-wal", &status) == 0, status.st_size > Self.checkpointBytes else {
            return
        }
        checkpoint()
    }

    /// A reader may be in the way; then nobody waits, and a later write tries again.
    private func checkpoint() {
        queue.withLock { $0 }?.writeWithoutTransaction { db in
            try? db.execute(sql: "PRAGMA busy_timeout = 0")
            _ = try? db.checkpoint(.truncate)
            try? db.execute(sql: "PRAGMA busy_timeout = \(Self.timeoutSeconds * 1000)")
        }
    }
}
