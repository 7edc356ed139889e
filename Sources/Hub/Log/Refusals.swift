import GRDB
import Replication
import Store

/// Refused commits that their device may not have heard of.
enum Refusals {
    /// As many as one answer names.
    static let pageCount = 1000

    /// Those after the last that the device has stored.
    static func open(_ device: DeviceID, after seq: Seq, _ db: Database) throws -> [Refusal] {
        var statement = try FastStatement(
            db,
            """
            SELECT deviceSeq, rule FROM refusal WHERE device = ? AND deviceSeq > ?
            ORDER BY deviceSeq LIMIT \(pageCount)
            """)
        statement.bind(device.rawValue)
        statement.bind(seq)
        var refusals: [Refusal] = []
        while try statement.step() {
            refusals.append(
                Refusal(
                    seq: statement.unsigned(0),
                    rule: String(decoding: statement.bytes(1), as: UTF8.self)))
        }
        return refusals
    }

    static func note(_ dot: Dot, _ rule: RefusalRule, _ db: Database) throws {
        var statement = try FastStatement(
            db, "INSERT OR IGNORE INTO refusal(device, deviceSeq, rule) VALUES (?, ?, ?)")
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        statement.bind(text: Array(rule.rawValue.utf8))
        try statement.run()
    }

    static func isRefused(_ dot: Dot, _ db: Database) throws -> Bool {
        var statement = try FastStatement(
            db, "SELECT 1 FROM refusal WHERE device = ? AND deviceSeq = ?")
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        defer { statement.reset() }
        return try statement.step()
    }
}
