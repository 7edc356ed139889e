package import GRDB
package import Replication
import Wording

/// A notebook's records in one SQLite file: this device's own log, every record's cells, and the
/// projected tables that queries read.
///
/// The only way to write is a `Transaction`: edit → commit → log, cells and tables, together or
/// not at all. An edit that arrives from elsewhere takes the same path.
package final class Store: Sendable {
    package let file: DatabaseFile
    package let schema: Schema
    package let environment: Environment

    /// Opens the notebook at `path`, or one in memory when it is nil, and makes it first when
    /// `creating`. Throws `StoreError`.
    package init(
        path: String?, schema: Schema, environment: Environment, creating: Bool = false,
        patienceMilliseconds: Int = 5000
    ) throws {
        file = try DatabaseFile(
            path: path, format: .notebook, creating: creating || path == nil,
            patienceMilliseconds: patienceMilliseconds)
        self.schema = schema
        self.environment = environment
        try begin()
    }

    /// The same notebook, written by another device from now on: after `reissue`.
    package func written(as key: DeviceKey) throws -> Store {
        try Store(
            file: file, schema: schema,
            environment: Environment(
                milliseconds: environment.milliseconds, randomBytes: environment.randomBytes,
                key: key))
    }

    /// The notebook in a file that is open.
    package init(file: DatabaseFile, schema: Schema, environment: Environment) throws {
        self.file = file
        self.schema = schema
        self.environment = environment
        try begin()
    }

    private func begin() throws {
        try asMade {
            try claim()
            try projectIfSchemaChanged()
        }
        try? rewriteIfDue()
    }

    /// Runs `body` in one transaction: what it edits and merges is on disk when this returns, or
    /// leaves no trace. What is `derived` needs no disk.
    package func write<Result>(
        derived: Bool = false, _ body: (Transaction) throws -> Result
    ) throws -> Result {
        try readable {
            let (result, transaction) = try file.write(derived: derived) { db in
                let transaction = try Transaction(db, schema: schema, environment: environment)
                try checkIsOurs(transaction.meta)
                try ProjectionVersion(schema, db).prepareForWriting(transaction)
                let result = try body(transaction)
                try transaction.finish()
                return (result, transaction)
            }
            // It is written, whether or not somebody is reading at this moment.
            if transaction.mustScrub { try? file.scrub() }
            if transaction.hasErased { try? rewriteIfDue() }
            return result
        }
    }

    /// After an erasure the whole file is written anew: pages that have been rearranged may hold what
    /// was on them once. What keeps that from being done now, the next opening or erasure tries again.
    private func rewriteIfDue() throws {
        guard try read({ try Setting.mustRewrite($0) }) else { return }
        try file.vacuum()
        try file.write { try Setting.noteRewritten($0) }
    }

    /// Another program may have taken a new key for this notebook.
    func checkIsOurs(_ meta: Meta) throws {
        guard meta.device ?? device == device else {
            throw StoreError.hasNewKey(path: file.path ?? ":memory:")
        }
    }

    /// Runs `body` on one consistent state of the tables.
    package func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try readable { try file.read(body) }
    }

    /// What was written here can be read here, unless the file is damaged.
    private func readable<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error where error is WireError || error is RowDecodingError {
            throw StoreError.damaged(
                path: file.path ?? ":memory:", detail: "something in it cannot be read")
        }
    }

    /// Runs statements of our own, which are right: when SQLite does not understand one, the file's
    /// tables are not what they were made as.
    func asMade<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError
            where error.resultCode.primaryResultCode == .SQLITE_ERROR
        {
            throw StoreError.altered(path: file.path ?? ":memory:")
        }
    }

    package func meta() throws -> Meta {
        try read { try Meta.load($0) }
    }

    /// The device that this notebook writes as.
    package var device: DeviceID { environment.key.device }

    /// Ties a new file to its device's key, and refuses another key later: two devices must never
    /// share a chain.
    private func claim() throws {
        let device = environment.key.device
        var owner = try meta().device
        if owner == nil {
            owner = try write { transaction in
                // Another process may have been quicker.
                transaction.meta.device = transaction.meta.device ?? device
                return transaction.meta.device
            }
        }
        guard owner == device else { throw StoreError.wrongKey(path: file.path ?? ":memory:") }
    }
}
