import GRDB
import Replication
import Store

/// The devices' signatures over their chains, each at the end of a push: by which another hub can
/// trust what it hears of this one.
enum PushSignatures {
    static func keep(_ signature: [UInt8], at dot: Dot, _ db: Database) throws {
        var statement = try FastStatement(
            db, "INSERT OR REPLACE INTO push(device, deviceSeq, signature) VALUES (?, ?, ?)")
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        statement.bind(signature)
        try statement.run()
    }

    /// The one over a commit as the last; nil when no push ended there.
    static func at(_ dot: Dot, _ db: Database) throws -> [UInt8]? {
        var statement = try FastStatement(
            db, "SELECT signature FROM push WHERE device = ? AND deviceSeq = ?")
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        defer { statement.reset() }
        return try statement.step() ? statement.bytes(0) : nil
    }

    /// Where the push ends that holds a seq; nil when the signature over it is not here.
    static func end(of device: DeviceID, from seq: Seq, _ db: Database) throws -> Seq? {
        var statement = try FastStatement(
            db, "SELECT min(deviceSeq) FROM push WHERE device = ? AND deviceSeq >= ?")
        statement.bind(device.rawValue)
        statement.bind(seq)
        defer { statement.reset() }
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return try statement.seq(0)
    }
}
