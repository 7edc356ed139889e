import Foundation
import GRDB
import Replication
import Store

/// The congregation's log: an append-only sequence of accepted commits.
///
/// A commit's number is given in the transaction that stores it, and one writer at a time stores,
/// so that numbers appear in order and no reader skips one.
enum HubLog {
    /// A row of the log, up to and with which it goes to `end`.
    struct Row {
        let end: LogEnd
        let dot: Dot
        let act: Seq
        let digest: Digest
        /// Nil for a stub.
        fileprivate(set) var content: Content?
        /// Where the content is, while it has yet to be read from there.
        fileprivate let packed: Packed?
        /// The record of which this place says only that it is to be read whole.
        let announced: RecordKey?

        /// What the log still holds of a commit that is packed.
        fileprivate struct Packed {
            let key: RecordKey
            let effective: Stamp
            let space: SpaceID
            let origin: SpaceID?
        }

        /// What a commit takes in a page beside its payload.
        fileprivate static let headerBytes = 72

        struct Content {
            let commit: Commit
            /// Where the record lives after the commit.
            let space: SpaceID
            /// Where it lived before, when this commit moved it.
            let origin: SpaceID?
            /// What the payload takes.
            let payloadBytes: Int
            /// How much the commit takes in a page, at most about.
            var bytes: Int { payloadBytes + Row.headerBytes }
        }
    }

    /// Takes in a commit that a door let in: where its record lives, and what an erasure takes away.
    /// `commit` is the entry's, with the effective stamp that it gets here.
    static func take(
        _ commit: Commit, _ entry: CheckedEntry, at end: LogEnd, _ places: inout Places,
        _ db: Database
    ) throws {
        let (space, origin) = try places.apply(commit, entry.payload, at: end.seq)
        if commit.erases {
            try HubLog.erase(commit.key, db)
            places.noteErased(commit.key)
        }
        try append(
            commit, entry.payload, entry.digest, at: end, space: space, origin: origin, db)
    }

    private static func append(
        _ commit: Commit, _ payload: [UInt8], _ digest: Digest, at end: LogEnd, space: SpaceID,
        origin: SpaceID?, _ db: Database
    ) throws {
        var statement = try FastStatement(
            db,
            """
            INSERT INTO log(
                seq, device, deviceSeq, act, digest, mark, stamp, effective, author, kind, record,
                salt, payload, space, origin)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        statement.bind(end.seq)
        statement.bind(commit.dot.device.rawValue)
        statement.bind(commit.dot.seq)
        statement.bind(commit.transaction)
        statement.bind(digest.bytes)
        statement.bind(end.mark)
        statement.bind(commit.stamp.rawValue)
        statement.bind(commit.effective.rawValue)
        statement.bind(commit.author.bytes)
        statement.bind(Int64(commit.key.kind))
        statement.bind(commit.key.id.bytes)
        statement.bind(commit.salt?.bytes ?? [])
        statement.bind(payload)
        statement.bind(space.bytes)
        if let origin { statement.bind(origin.bytes) } else { statement.bindNull() }
        try statement.run()
    }

    /// Keeps only the place of a commit in its device's chain.
    static func appendStub(
        _ dot: Dot, act: Seq, _ digest: Digest, at end: LogEnd, _ db: Database
    ) throws {
        var statement = try FastStatement(
            db,
            """
            INSERT INTO log(seq, device, deviceSeq, act, digest, mark) VALUES (?, ?, ?, ?, ?, ?)
            """)
        statement.bind(end.seq)
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        statement.bind(act)
        statement.bind(digest.bytes)
        statement.bind(end.mark)
        try statement.run()
    }

    /// Says that a record is to be read whole: commits on it have come into places of the log that
    /// others have read already.
    static func announce(_ key: RecordKey, from hub: DeviceID, _ db: Database) throws {
        let before = try end(db)
        let end = before.appending(key.announcement(after: before))
        var statement = try FastStatement(
            db,
            """
            INSERT INTO log(seq, device, deviceSeq, act, digest, mark, kind, record)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        statement.bind(end.seq)
        statement.bind(hub.rawValue)
        statement.bind(end.seq)
        statement.bind(end.seq)
        statement.bind(key.announcement(after: before).bytes)
        statement.bind(end.mark)
        statement.bind(Int64(key.kind))
        statement.bind(key.id.bytes)
        try statement.run()
    }

    /// The last commit's place.
    static func end(_ db: Database) throws -> LogEnd {
        try place(upTo: .max >> 1, db) ?? LogEnd()
    }

    /// The place of the log with this number; nil when the log does not go that far.
    static func place(_ seq: UInt64, _ db: Database) throws -> LogEnd? {
        guard seq > 0 else { return LogEnd() }
        return try place(upTo: seq, db).flatMap { $0.seq == seq ? $0 : nil }
    }

    private static func place(upTo seq: UInt64, _ db: Database) throws -> LogEnd? {
        var statement = try FastStatement(
            db, "SELECT seq, mark FROM log WHERE seq <= ? ORDER BY seq DESC LIMIT 1")
        statement.bind(seq)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        return LogEnd(seq: try statement.seq(0), mark: statement.unsigned(1))
    }

    private static let columns = """
        seq, device, deviceSeq, act, digest, stamp, effective, author, kind, record, payload,
        space, origin, mark
        """

    /// Rows that are read at once: of what is packed, more, since each block that they are in is opened
    /// for them.
    private static let (fewRows, manyRows) = (512, 4096)
    /// Payload after which no more rows are read at once.
    private static let manyBytes = 16 << 20

    /// What a device has itself written after a place of the log.
    struct Own {
        let device: DeviceID
        let from: UInt64

        /// Whether a row holds nothing that is new to the device: also not that a record has moved.
        fileprivate func has(_ statement: FastStatement) throws -> Bool {
            try statement.unsigned(1) == device.rawValue && statement.isNull(12)
                && statement.seq(0) > from
        }
    }

    /// The rows after `seq`, until `body` says false. Those of `own` come without their content.
    static func forEach(
        after seq: UInt64, without own: Own? = nil, _ packed: PackedBlocks, _ db: Database,
        _ body: (Row) throws -> Bool
    ) throws {
        var last = seq
        var count = fewRows
        while true {
            let (rows, isEnd) = try Self.rows(after: last, count, without: own, packed, db)
            for row in rows {
                guard try body(row) else { return }
            }
            guard !isEnd, let end = rows.last?.end.seq else { return }
            last = end
            count = rows.contains { $0.packed != nil } ? manyRows : fewRows
        }
    }

    private static func rows(
        after seq: UInt64, _ count: Int, without own: Own?, _ packed: PackedBlocks, _ db: Database
    ) throws -> (rows: [Row], isEnd: Bool) {
        var statement = try FastStatement(
            db, "SELECT \(columns) FROM log WHERE seq > ? ORDER BY seq LIMIT ?")
        statement.bind(seq)
        statement.bind(Int64(count))
        defer { statement.reset() }
        var rows: [Row] = []
        var bytes = 0
        while bytes < manyBytes, try statement.step() {
            let row = try row(statement, without: own)
            bytes +=
                try row.packed.map { try packed.place(of: $0.key).bytes }
                ?? row.content?.bytes ?? 0
            rows.append(row)
        }
        try fill(&rows, from: packed)
        return (rows, rows.count < count && bytes < manyBytes)
    }

    /// Rows with the salts of their commits, by their place; those that the log has.
    static func salted(
        at seqs: [UInt64], _ packed: PackedBlocks, _ db: Database
    ) throws -> [UInt64: (row: Row, salt: Salt?)] {
        var found = Salted()
        for seq in seqs {
            var statement = try FastStatement(
                db, "SELECT \(columns), salt FROM log WHERE seq = ?")
            statement.bind(seq)
            if try statement.step() { try found.append(statement) }
            statement.reset()
        }
        return Dictionary(
            try found.filled(from: packed).map { ($0.row.end.seq, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// What the log holds of one record, in the order of acceptance.
    static func contents(
        on key: RecordKey, _ packed: PackedBlocks, _ db: Database
    ) throws -> [Row.Content] {
        try rows(on: key, packed, db).compactMap(\.row.content)
    }

    /// The same with salts.
    static func rows(
        on key: RecordKey, _ packed: PackedBlocks, _ db: Database
    ) throws -> [(row: Row, salt: Salt?)] {
        var statement = try FastStatement(
            db, "SELECT \(columns), salt FROM log WHERE record = ? AND kind = ? ORDER BY seq")
        statement.bind(key.id.bytes)
        statement.bind(Int64(key.kind))
        var found = Salted()
        while try statement.step() { try found.append(statement) }
        return try found.filled(from: packed)
    }

    /// Rows and the salts beside them, while they are read.
    private struct Salted {
        private var rows: [Row] = []
        private var salts: [Salt?] = []

        mutating func append(_ statement: FastStatement) throws {
            rows.append(try HubLog.row(statement))
            salts.append(Salt(bytes: statement.bytes(14)))
        }

        func filled(from packed: PackedBlocks) throws -> [(row: Row, salt: Salt?)] {
            var rows = rows
            try HubLog.fill(&rows, from: packed)
            return Array(zip(rows, salts))
        }
    }

    /// Reads what is packed, block by block.
    private static func fill(_ rows: inout [Row], from packed: PackedBlocks) throws {
        var places: [(block: Int64, index: Int)] = []
        for index in rows.indices {
            guard let key = rows[index].packed?.key else { continue }
            places.append((try packed.place(of: key).block, index))
        }
        for place in places.sorted(by: { $0 < $1 }) {
            let row = rows[place.index]
            guard let kept = row.packed else { continue }
            var commit = try packed.commit(row.dot, in: place.block)
            guard commit.key == kept.key, commit.transaction == row.act else {
                throw UnreadableRow()
            }
            guard kept.effective <= commit.stamp else { throw UnreadableRow() }
            commit.effective = kept.effective
            rows[place.index].content = Row.Content(
                commit: commit, space: kept.space, origin: kept.origin,
                payloadBytes: Payload.encode(commit.writes).count)
        }
    }

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

    /// How many commits, stubs aside, were appended after a place.
    static func contentCount(after seq: UInt64, _ db: Database) throws -> Int {
        var statement = try FastStatement(
            db, "SELECT count(space) FROM log WHERE seq > ?")
        statement.bind(seq)
        defer { statement.reset() }
        return try statement.step() ? Int(statement.int(0)) : 0
    }

    /// Takes a stub out of its device's chain: the commit itself takes its place there, and a new one
    /// in the log, so that who has read past the stub reads it too.
    static func vacate(_ seq: UInt64, by hub: DeviceID, _ db: Database) throws {
        var statement = try FastStatement(
            db, "UPDATE log SET device = ?, deviceSeq = seq, act = seq WHERE seq = ?")
        statement.bind(hub.rawValue)
        statement.bind(seq)
        try statement.run()
    }

    /// Where two effective stamps meet, the smaller holds. Returns whether it is another one now.
    static func lower(_ dot: Dot, to effective: Stamp, _ db: Database) throws -> Bool {
        var statement = try FastStatement(
            db,
            """
            UPDATE log SET effective = ?1 WHERE device = ?2 AND deviceSeq = ?3 AND effective > ?1
            """)
        statement.bind(effective.rawValue)
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        try statement.run()
        return db.changesCount > 0
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

    /// Turns every commit on a record into a stub: salt and value go together. What is in blocks goes
    /// with the places that the transaction writes back.
    private static func erase(_ key: RecordKey, _ db: Database) throws {
        try db.run(
            """
            UPDATE log SET stamp = NULL, effective = NULL, author = NULL, kind = NULL,
                record = NULL, salt = NULL, payload = NULL, space = NULL, origin = NULL
            WHERE record = ? AND kind = ?
            """, [Data(key.id.bytes), Int64(key.kind)])
    }

    private static func row(_ statement: FastStatement, without own: Own? = nil) throws -> Row {
        let dot = Dot(DeviceID(rawValue: statement.unsigned(1)), try statement.seq(2))
        let act = try statement.seq(3)
        guard let digest = Digest(bytes: statement.bytes(4)), act >= dot.seq else {
            throw WireError.malformed
        }
        let isPassed = try own?.has(statement) ?? false
        let isPacked = statement.isNull(10)
        return Row(
            end: LogEnd(seq: try statement.seq(0), mark: statement.unsigned(13)), dot: dot,
            act: act, digest: digest,
            content: isPassed || isPacked ? nil : try content(statement, dot, act),
            packed: isPassed || !isPacked ? nil : try packed(statement),
            announced: statement.isNull(11) ? try announced(statement) : nil)
    }

    private static func packed(_ statement: FastStatement) throws -> Row.Packed? {
        guard !statement.isNull(11) else { return nil }
        return Row.Packed(
            key: RecordKey(try statement.number(8), try statement.id(9)),
            effective: try statement.stamp(6), space: try statement.id(11),
            origin: SpaceID(bytes: statement.bytes(12)))
    }

    private static func announced(_ statement: FastStatement) throws -> RecordKey? {
        guard !statement.isNull(9) else { return nil }
        return RecordKey(try statement.number(8), try statement.id(9))
    }

    private static func content(
        _ statement: FastStatement, _ dot: Dot, _ act: Seq
    ) throws -> Row.Content {
        guard let author = MemberID(bytes: statement.bytes(7)),
            let record = RecordID(bytes: statement.bytes(9)),
            let space = SpaceID(bytes: statement.bytes(11))
        else { throw WireError.malformed }
        let payload = statement.bytes(10)
        let (stamp, effective) = try (statement.stamp(5), statement.stamp(6))
        guard effective <= stamp else { throw WireError.malformed }
        let commit = Commit(
            dot: dot, stamp: stamp, effective: effective, author: author,
            key: RecordKey(try statement.number(8), record), transaction: act, salt: nil,
            writes: try Payload.decode(payload))
        return Row.Content(
            commit: commit, space: space, origin: SpaceID(bytes: statement.bytes(12)),
            payloadBytes: payload.count)
    }
}

extension RecordKey {
    /// What stands in the log where a record is announced, in the place of a commit's digest.
    fileprivate func announcement(after end: LogEnd) -> Digest {
        Digest.empty.chained(Digest(announcing: self, after: end.seq))
    }
}

extension Digest {
    /// 32 bytes: kind, record, place.
    fileprivate init(announcing key: RecordKey, after seq: UInt64) {
        var writer = ByteWriter(reserving: 32)
        writer.fixed(key.kind)
        writer.fixed(key.id.rawValue)
        writer.fixed(seq)
        writer.fixed(UInt32(0))
        guard let digest = Digest(bytes: writer.bytes) else {
            preconditionFailure("4 + 16 + 8 + 4 bytes are 32")
        }
        self = digest
    }
}
