package import GRDB
import GRDBSQLite
package import Replication

/// SQLite asks for this where it must copy what is bound.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

/// The hot paths' way to SQLite: a cached statement, bound and stepped without boxes.
package struct FastStatement {
    private let statement: OpaquePointer
    private let connection: OpaquePointer
    private var next: Int32 = 1

    package init(_ db: Database, _ sql: String) throws {
        statement = try db.cachedStatement(sql: sql).sqliteStatement
        guard let connection = db.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE)
        }
        self.connection = connection
        sqlite3_reset(statement)
    }

    package mutating func bind(_ number: Int64) {
        sqlite3_bind_int64(statement, next, number)
        next += 1
    }

    package mutating func bind(_ number: UInt64) {
        bind(Int64(bitPattern: number))
    }

    package mutating func bind(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            // A zero-length blob needs a pointer all the same, or SQLite binds null.
            let start = buffer.baseAddress ?? UnsafeRawPointer(statement)
            _ = sqlite3_bind_blob(statement, next, start, Int32(buffer.count), copied)
        }
        next += 1
    }

    /// Binds UTF-8 bytes as text.
    package mutating func bind(text bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress ?? UnsafeRawPointer(statement)
            _ = sqlite3_bind_text(
                statement, next, start.assumingMemoryBound(to: CChar.self), Int32(buffer.count),
                copied)
        }
        next += 1
    }

    package mutating func bindNull() {
        sqlite3_bind_null(statement, next)
        next += 1
    }

    /// Runs a statement that returns no row, and makes it ready to be bound again.
    package mutating func run() throws {
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        next = 1
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure }
    }

    /// Steps to the next row. At the end it makes the statement ready to be bound again.
    package mutating func step() throws -> Bool {
        let code = sqlite3_step(statement)
        if code == SQLITE_ROW { return true }
        reset()
        guard code == SQLITE_DONE else { throw failure }
        return false
    }

    /// Ends reading before the last row.
    package mutating func reset() {
        sqlite3_reset(statement)
        next = 1
    }

    /// Ends all that was not read to its last row. As long as one reading goes on, the connection sees the
    /// file as it was, and cannot write any more once another program has.
    static func endAll(_ db: Database) {
        var next = sqlite3_next_stmt(db.sqliteConnection, nil)
        while let statement = next {
            if sqlite3_stmt_busy(statement) != 0 { sqlite3_reset(statement) }
            next = sqlite3_next_stmt(db.sqliteConnection, statement)
        }
    }

    package func int(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    package func unsigned(_ column: Int32) -> UInt64 { UInt64(bitPattern: int(column)) }

    /// A seq. Throws for what cannot be one: the file is damaged.
    package func seq(_ column: Int32) throws -> Seq {
        guard let seq = Seq(exactly: int(column)), seq < Limits.seq else {
            throw WireError.malformed
        }
        return seq
    }

    /// A stamp. Throws for what cannot be one.
    package func stamp(_ column: Int32) throws -> Stamp {
        let stamp = Stamp(rawValue: unsigned(column))
        guard stamp < Stamp.limit else { throw WireError.malformed }
        return stamp
    }

    /// The number of a kind, a field, a type or a rule. Throws for what cannot be one.
    package func number(_ column: Int32) throws -> UInt32 {
        guard let number = UInt32(exactly: int(column)) else { throw WireError.malformed }
        return number
    }

    /// An id. Throws for what cannot be one.
    package func id(_ column: Int32) throws -> RecordID {
        guard let start = sqlite3_column_blob(statement, column),
            sqlite3_column_bytes(statement, column) == 16
        else { throw WireError.malformed }
        // Read in one piece: a report reads a million.
        return RecordID(rawValue: UInt128(bigEndian: start.loadUnaligned(as: UInt128.self)))
    }

    package func text(_ column: Int32) -> String {
        String(decoding: bytes(column), as: UTF8.self)
    }

    package func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(statement, column) == SQLITE_NULL
    }

    package func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return Array(
            UnsafeRawBufferPointer(
                start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }

    /// The rowid that the last insertion got.
    package var lastRowID: Int64 { sqlite3_last_insert_rowid(connection) }

    /// Rows that the last statement changed.
    package var changes: Int { Int(sqlite3_changes(connection)) }

    private var failure: DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)))
    }
}
