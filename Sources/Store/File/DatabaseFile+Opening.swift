import GRDB
import Glibc
import Wording

/// How a file is opened, and what is said of one that is not.
extension DatabaseFile {
    static func prepare(_ path: String, creating: Bool) throws {
        try refuseNetwork(path)
        guard access(path, F_OK) != 0 else { return }
        guard creating else { throw StoreError.missing(path: path) }
        _ = try make(path)
    }

    static func refuseNetwork(_ path: String) throws {
        if let type = NetworkFileSystem.name(at: folder(of: path)) {
            throw StoreError.networkFileSystem(path: path, type: type)
        }
    }

    /// Makes an empty file, for its owner alone; false when there is one already.
    static func make(_ path: String) throws -> Bool {
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

    static func open(
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

    /// A file beside which nothing can be written, in memory. Throws `obstacle` where it cannot be read
    /// either.
    static func openStill(
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

    static func configuration(isSupposed: Bool = false) -> Configuration {
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

    static func flush(_ path: String) throws {
        let file = Glibc.open(path, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { throw StoreError.opening(path, errno) }
        defer { Glibc.close(file) }
        guard fsync(file) == 0 else { throw StoreError.disk(path: path) }
    }

    var unreadable: StoreError {
        .damaged(path: path ?? ":memory:", detail: "something in it cannot be read")
    }

    func translated(_ error: DatabaseError) -> any Error {
        Self.translated(error, path: path ?? ":memory:")
    }

    /// Never the statement nor its arguments: they may hold a note.
    static func translated(_ error: DatabaseError, path: String) -> any Error {
        switch error.resultCode.primaryResultCode {
        case .SQLITE_FULL: StoreError.diskFull(path: path)
        case .SQLITE_IOERR
        where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE && hasNoRoomForIndex(of: path):
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

    /// Reading needs an index of the log, of 32 KiB at first. SQLite does not say why it has none.
    private static func hasNoRoomForIndex(of path: String) -> Bool {
        Disk.free(at: folder(of: path)) < 32 << 10
    }
}
