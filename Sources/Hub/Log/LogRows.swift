import GRDB
import Replication
import Store

/// Reading the log: its rows, in order or of one record, also what is packed.
extension HubLog {
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
