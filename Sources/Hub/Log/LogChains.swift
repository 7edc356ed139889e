import GRDB
import Replication
import Store

/// What the log has of a device's chain, and of a record, without its content.
extension HubLog {
    /// Whether the log has a commit of a device on a record.
    static func hasCommit(
        of device: DeviceID, on key: RecordKey, _ db: Database
    ) throws -> Bool {
        var statement = try FastStatement(
            db, "SELECT 1 FROM log WHERE record = ? AND kind = ? AND device = ? LIMIT 1")
        statement.bind(key.id.bytes)
        statement.bind(Int64(key.kind))
        statement.bind(device.rawValue)
        defer { statement.reset() }
        return try statement.step()
    }

    /// The device of the first commit on a record that the log has.
    static func maker(of key: RecordKey, _ db: Database) throws -> DeviceID? {
        var statement = try FastStatement(
            db,
            """
            SELECT device FROM log WHERE record = ? AND kind = ? AND space IS NOT NULL
            ORDER BY seq LIMIT 1
            """)
        statement.bind(key.id.bytes)
        statement.bind(Int64(key.kind))
        defer { statement.reset() }
        return try statement.step() ? DeviceID(rawValue: statement.unsigned(0)) : nil
    }

    /// The digest of a commit that the log has; nil for one that it has not.
    static func digest(of dot: Dot, _ db: Database) throws -> Digest? {
        var statement = try FastStatement(
            db, "SELECT digest FROM log WHERE device = ? AND deviceSeq = ?")
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        defer { statement.reset() }
        return try statement.step() ? Digest(bytes: statement.bytes(0)) : nil
    }

    /// Where a commit is in the log; nil for one that is not.
    static func stored(
        _ dot: Dot, _ db: Database
    ) throws -> (seq: UInt64, digest: Digest, isStub: Bool)? {
        var statement = try FastStatement(
            db,
            "SELECT seq, digest, space IS NULL FROM log WHERE device = ? AND deviceSeq = ?")
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        guard let digest = Digest(bytes: statement.bytes(1)) else { throw WireError.malformed }
        return (try statement.seq(0), digest, statement.int(2) == 1)
    }

    /// The greatest seq among these points that a device's chain goes through; 0 for none.
    static func common(
        _ points: [ChainHead], of device: DeviceID, _ db: Database
    ) throws -> Seq {
        let highest = points.map(\.seq).max() ?? 0
        guard highest > 0 else { return 0 }
        let asked = Dictionary(points.map { ($0.seq, $0.hash) }, uniquingKeysWith: { $1 })
        var statement = try FastStatement(
            db,
            """
            SELECT digest FROM log WHERE device = ? AND deviceSeq <= ? ORDER BY deviceSeq
            """)
        statement.bind(device.rawValue)
        statement.bind(highest)
        var head = ChainHead()
        var common: Seq = 0
        while try statement.step() {
            guard let digest = Digest(bytes: statement.bytes(0)) else { throw WireError.malformed }
            head = head.appending(digest)
            if asked[head.seq] == head.hash { common = head.seq }
        }
        return common
    }

    /// The end of the part of a device's chain that comes before a seq.
    static func head(of device: DeviceID, before seq: Seq, _ db: Database) throws -> ChainHead {
        var statement = try FastStatement(
            db,
            "SELECT digest FROM log WHERE device = ? AND deviceSeq < ? ORDER BY deviceSeq")
        statement.bind(device.rawValue)
        statement.bind(seq)
        var head = ChainHead()
        while try statement.step() {
            guard let digest = Digest(bytes: statement.bytes(0)) else { throw WireError.malformed }
            head = head.appending(digest)
        }
        return head
    }

    /// The commits of a device from `seq` on whose effective stamp the hub has made smaller.
    static func lowered(of device: DeviceID, from seq: Seq, _ db: Database) throws -> [Lowered] {
        var statement = try FastStatement(
            db,
            """
            SELECT deviceSeq, effective FROM log
            WHERE device = ? AND deviceSeq >= ? AND effective < stamp ORDER BY deviceSeq
            """)
        statement.bind(device.rawValue)
        statement.bind(seq)
        var lowered: [Lowered] = []
        while try statement.step() {
            lowered.append(
                Lowered(seq: try statement.seq(0), effective: try statement.stamp(1)))
        }
        return lowered
    }
}
