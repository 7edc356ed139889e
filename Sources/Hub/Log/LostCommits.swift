import GRDB
import Replication
import Store

/// Commits of this hub's own devices that it has lost, and of which peers had stubs alone. A device is
/// told that the hub has its chain up to the first of them, and so sends them again.
enum LostCommits {
    static func note(_ dot: Dot, _ db: Database) throws {
        try run("INSERT OR IGNORE INTO lostCommit(device, deviceSeq) VALUES (?, ?)", dot, db)
    }

    /// The commit has come, or its device has it no more either.
    static func close(_ dot: Dot, _ db: Database) throws {
        try run("DELETE FROM lostCommit WHERE device = ? AND deviceSeq = ?", dot, db)
    }

    /// The end of a device's chain as it is to know it.
    static func head(of device: HubDevice, _ head: ChainHead, _ db: Database) throws -> ChainHead {
        var statement = try FastStatement(
            db, "SELECT min(deviceSeq) FROM lostCommit WHERE device = ?")
        statement.bind(device.id.rawValue)
        defer { statement.reset() }
        guard try statement.step(), !statement.isNull(0) else { return head }
        return try HubLog.head(of: device.id, before: try statement.seq(0), db)
    }

    private static func run(_ sql: String, _ dot: Dot, _ db: Database) throws {
        var statement = try FastStatement(db, sql)
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        try statement.run()
    }
}
