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
    private static let cacheKilobytes = 8000
    /// How long to wait for a program that does not know our lock.
    private static let timeoutSeconds = 5

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

    /// A file beside which nothing can be written, in memory. Throws `obstacle` where it cannot be read
    /// either.
    private static func openStill(
        _ path: String?, _ format: Format, _ obstacle: StoreError
    ) throws -> DatabaseQueue {
        guard let path else { throw obstacle }
        let queue = try DatabaseQueue(configuration: configuration())
        do {
            try StillCopy.read(path, into: queue)
        } catch let error as DatabaseError {
            let why = translated(error, path: path) as? StoreError
            throw why.map { $0.leavesReading ? obstacle : $0 } ?? obstacle
        }
        if try !state(of: queue, path, format).isCurrent { try format.migrator.migrate(queue) }
        return queue
    }

    /// Runs `body` on a consistent state of the file, and takes back what it may have written.
    ///
    /// GRDB's own way sets `PRAGMA query_only`, after which SQLite compiles every statement anew.
    package func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do {
            return try current.writeWithoutTransaction { db in
                // What is supposed is one transaction already.
                if db.isInsideTransaction { return try body(db) }
                try db.beginTransaction(.deferred)
                defer { try? db.rollback() }
                return try body(db)
            }
        } catch let error as DatabaseError {
            throw translated(error)
        } catch let error where error is UnreadableRow || error is RowDecodingError {
            throw unreadable
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
                let result = try current.write(body)
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
                    try db.execute(sql: "PRAGMA cache_spill = OFF")
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

extension DatabaseFile {
    private static func prepare(_ path: String, creating: Bool) throws {
        try refuseNetwork(path)
        guard access(path, F_OK) != 0 else { return }
        guard creating else { throw StoreError.missing(path: path) }
        _ = try make(path)
    }

    private static func refuseNetwork(_ path: String) throws {
        if let type = NetworkFileSystem.name(at: folder(of: path)) {
            throw StoreError.networkFileSystem(path: path, type: type)
        }
    }

    /// Makes an empty file, for its owner alone; false when there is one already.
    private static func make(_ path: String) throws -> Bool {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            if errno == EEXIST { return false }
            throw StoreError.opening(path, errno)
        }
        Glibc.close(file)
        return true
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func open(
        _ path: String?, _ format: Format, _ lock: WriteLock?, creating: Bool,
        isSupposed: Bool = false
    ) throws -> DatabaseQueue {
        let configuration = configuration(isSupposed: isSupposed)
        do {
            guard let path else {
                let queue = try DatabaseQueue(configuration: configuration)
                try format.migrator.migrate(queue)
                return queue
            }
            try checkIsOurs(path, format, creating: creating)
            // GRDB's way into WAL mode writes to the file at every opening, and sets NORMAL.
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { db in
                try db.execute(
                    sql: """
                        PRAGMA synchronous = FULL;
                        PRAGMA cache_size = -\(Self.cacheKilobytes);
                        PRAGMA wal_autocheckpoint = 0;
                        PRAGMA secure_delete = ON;
                        PRAGMA trusted_schema = OFF;
                        """)
            }
            try migrate(queue, path, format, lock)
            return queue
        } catch let error as DatabaseError
            where error.resultCode.primaryResultCode == .SQLITE_ERROR
        {
            // The statements are ours, and right.
            throw StoreError.altered(path: path ?? ":memory:")
        } catch let error as DatabaseError {
            throw translated(error, path: path ?? ":memory:")
        }
    }

    private static func configuration(isSupposed: Bool = false) -> Configuration {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = isSupposed
        configuration.busyMode = .timeout(Double(timeoutSeconds))
        configuration.maximumReaderCount = 1
        return configuration
    }

    /// Looks at the header, before SQLite may write to the file.
    private static func checkIsOurs(_ path: String, _ format: Format, creating: Bool) throws {
        let header = try FileHeader.read(path)
        if header.isEmpty && creating { return }
        guard !header.isEmpty else { throw StoreError.damaged(path: path, detail: "it is empty") }
        guard header.count == FileHeader.size,
            header.starts(with: Array("SQLite format 3\0".utf8))
        else { throw StoreError.foreign(path: path, what: "not \(format.name)") }
        let id = header[68..<72].reduce(Int32(0)) { $0 << 8 | Int32($1) }
        guard id == format.applicationID else {
            throw StoreError.foreign(path: path, what: "a database, but not \(format.name)")
        }
    }

    /// How far a file's tables are made.
    private struct Making {
        let isWAL: Bool
        let isCurrent: Bool
    }

    /// Throws `StoreError` for a file that a newer version, or another program, has made something in.
    private static func state(
        of queue: DatabaseQueue, _ path: String, _ format: Format
    ) throws -> Making {
        try queue.read { db in
            // From this question on, what another process makes of the file is not seen.
            let types = try String.fetchSet(db, sql: "SELECT type FROM sqlite_master")
            guard types.isDisjoint(with: ["trigger", "view"]) else {
                throw StoreError.damaged(
                    path: path, detail: "it holds triggers or views that Fieldbook did not make")
            }
            let applied = types.isEmpty ? [] : try format.migrator.appliedIdentifiers(db)
            let known = Set(format.migrator.migrations)
            guard applied.isSubset(of: known) else { throw StoreError.newer(path: path) }
            return Making(
                isWAL: try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal",
                isCurrent: applied == known)
        }
    }

    private static func migrate(
        _ queue: DatabaseQueue, _ path: String, _ format: Format, _ lock: WriteLock?
    ) throws {
        let made = try state(of: queue, path, format)
        if made.isWAL && made.isCurrent { return }
        // Two processes may get here at once; the second then finds the work done.
        try (lock ?? WriteLock(of: path, patienceMilliseconds: 5000)).hold {
            if try !state(of: queue, path, format).isWAL {
                // Our mark must be in the file itself before its log begins: that is where
                // `checkIsOurs` looks, also after a crash.
                try queue.writeWithoutTransaction { db in
                    // With it, since that can be decided only before anything is written: pages that
                    // are free can be given back.
                    try db.execute(
                        sql: """
                            BEGIN DEFERRED;
                            PRAGMA auto_vacuum = INCREMENTAL;
                            PRAGMA application_id = \(format.applicationID);
                            COMMIT;
                            """)
                    try db.execute(sql: "PRAGMA journal_mode = WAL")
                }
            }
            try format.migrator.migrate(queue)
        }
    }

    private static func flush(_ path: String) throws {
        let file = Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { throw StoreError.opening(path, errno) }
        defer { Glibc.close(file) }
        guard fsync(file) == 0 else { throw StoreError.disk(path: path) }
    }

    private var unreadable: StoreError {
        .damaged(path: path ?? ":memory:", detail: "something in it cannot be read")
    }

    private func translated(_ error: DatabaseError) -> any Error {
        Self.translated(error, path: path ?? ":memory:")
    }

    /// Never the statement nor its arguments: they may hold a note.
    private static func translated(_ error: DatabaseError, path: String) -> any Error {
        switch error.resultCode.primaryResultCode {
        case .SQLITE_FULL: StoreError.diskFull(path: path)
        // The index of the log, which reading needs, found no room.
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE:
            StoreError.diskFull(path: path)
        case .SQLITE_IOERR: StoreError.disk(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: StoreError.busy(path: path)
        case .SQLITE_CANTOPEN where OpenFiles.areExhausted: StoreError.tooManyOpen(path: path)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: StoreError.notWritable(path: path)
        case .SQLITE_CORRUPT: StoreError.damaged(path: path, detail: "SQLite reports corruption")
        case .SQLITE_NOTADB: StoreError.foreign(path: path, what: "not a database")
        default: error
        }
    }
}
