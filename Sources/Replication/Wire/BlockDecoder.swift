/// Reads a block's columns back into entries, and refuses every encoding but the one.
struct BlockDecoder {
    private typealias Column = CommitBlock.Column

    private let count: Int
    private var columns: [ByteReader] = []
    private var memory = CommitBlock.Memory()

    init(_ bytes: [UInt8]) throws(WireError) {
        var reader = ByteReader(bytes)
        let version = try reader.byte()
        guard version == CommitBlock.version else { throw .version(UInt64(version)) }
        count = try reader.count(upTo: Limits.blockCommits, "commits in a block")
        for _ in Column.allCases {
            let length = try reader.count(upTo: Limits.inflatedBytes, "a column's size")
            columns.append(try reader.part(length))
        }
        try reader.expectEnd()
    }

    /// Reads all entries in two passes: the devices that overwritten dots introduce come after
    /// those of the commits.
    mutating func entries() throws(WireError) -> [Entry] {
        let hasSalts = !columns[Column.salts.rawValue].isAtEnd
        var drafts: [(entry: Entry, overwrites: [Int])] = []
        drafts.reserveCapacity(count)
        for _ in 0..<count {
            drafts.append(try draft(hasSalts: hasSalts))
        }
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        for (entry, overwrites) in drafts {
            entries.append(try finished(entry, overwrites))
        }
        for column in columns { try column.expectEnd() }
        return entries
    }

    private mutating func draft(
        hasSalts: Bool
    ) throws(WireError) -> (entry: Entry, overwrites: [Int]) {
        let dot = try place()
        switch try columns[Column.form.rawValue].byte() {
        case 0:
            return try commit(dot, hasSalts: hasSalts)
        case 1:
            let bytes = try columns[Column.digests.rawValue].raw(32)
            guard let digest = Digest(bytes: bytes) else { throw .truncated }
            return (.stub(dot, digest), [])
        default:
            throw .notCanonical("an entry of an unknown form")
        }
    }

    private mutating func place() throws(WireError) -> Dot {
        let device = try device(from: .device)
        let step = try columns[Column.seq.rawValue].zigzag()
        let (seq, overflow) = Int64(memory.expectedSeq(of: device)).addingReportingOverflow(step)
        guard !overflow, seq > 0, seq < Int64(Limits.seq) else { throw .overLimit("a seq") }
        let dot = Dot(device, Seq(seq))
        memory.used(dot)
        return dot
    }

    private mutating func device(from column: CommitBlock.Column) throws(WireError) -> DeviceID {
        let index = try columns[column.rawValue].count(
            upTo: memory.devices.count, "a device's index")
        guard index == memory.devices.count else { return memory.devices[index] }
        let device = DeviceID(rawValue: try columns[Column.devices.rawValue].fixed(UInt64.self))
        guard memory.index(of: device).isNew else { throw .notCanonical("a device listed twice") }
        return device
    }

    private mutating func author() throws(WireError) -> MemberID {
        let index = try columns[Column.author.rawValue]
            .count(upTo: memory.authors.count, "an author's index")
        guard index == memory.authors.count else { return memory.authors[index] }
        let author = MemberID(rawValue: try columns[Column.authors.rawValue].fixed(UInt128.self))
        guard memory.index(of: author).isNew else { throw .notCanonical("an author listed twice") }
        return author
    }

    private mutating func record() throws(WireError) -> RecordKey {
        let index = try columns[Column.record.rawValue]
            .count(upTo: memory.records.count, "a record's index")
        guard index == 0 else { return memory.records[index - 1] }
        let kind = try columns[Column.records.rawValue].varint(
            below: Limits.number, "a kind's number")
        let id = RecordID(rawValue: try columns[Column.records.rawValue].fixed(UInt128.self))
        let key = RecordKey(Kind(kind), id)
        guard memory.index(of: key).isNew else { throw .notCanonical("a record listed twice") }
        return key
    }

    private mutating func stamps() throws(WireError) -> (stamp: Stamp, effective: Stamp) {
        let step = try columns[Column.milliseconds.rawValue].zigzag()
        let (sum, overflow) = Int64(memory.lastMilliseconds).addingReportingOverflow(step)
        guard !overflow, sum >= 0, sum < Int64(Stamp.limit.milliseconds) else {
            throw .overLimit("a stamp")
        }
        memory.lastMilliseconds = UInt64(sum)
        let counter = try columns[Column.counter.rawValue].varint(
            below: 1 << 16, "a stamp's counter")
        let stamp = Stamp(milliseconds: UInt64(sum), counter: UInt16(counter))
        let lowered = try columns[Column.lowered.rawValue]
            .varint(below: stamp.rawValue + 1, "an effective stamp")
        return (stamp, Stamp(rawValue: stamp.rawValue - lowered))
    }

    private mutating func commit(
        _ dot: Dot, hasSalts: Bool
    ) throws(WireError) -> (entry: Entry, overwrites: [Int]) {
        let (stamp, effective) = try stamps()
        let author = try author()
        let key = try record()
        let ahead = try columns[Column.transaction.rawValue]
            .varint(below: UInt64(Limits.actCommits), "commits in an act")
        guard dot.seq + ahead < Limits.seq else { throw .overLimit("a seq") }
        let count = try columns[Column.writes.rawValue]
            .count(upTo: Limits.commitWrites, "field writes in a commit")
        var writes: [FieldWrite] = []
        var overwrites: [Int] = []
        writes.reserveCapacity(count)
        overwrites.reserveCapacity(count)
        for _ in 0..<count {
            writes.append(try write(after: writes.last?.field ?? 0))
            overwrites.append(
                try columns[Column.overwrites.rawValue]
                    .count(upTo: Limits.writeOverwrites, "dots that one write names"))
        }
        let salt = hasSalts ? Salt(bytes: try columns[Column.salts.rawValue].raw(16)) : nil
        let commit = Commit(
            dot: dot, stamp: stamp, effective: effective, author: author, key: key,
            transaction: dot.seq + ahead, salt: salt, writes: writes)
        return (.commit(commit), overwrites)
    }

    private mutating func write(after previous: Field) throws(WireError) -> FieldWrite {
        let step = try columns[Column.field.rawValue].varint(
            below: Limits.number, "a field's number")
        guard UInt64(previous) + step < Limits.number else { throw .overLimit("a field's number") }
        let flags = try columns[Column.flags.rawValue]
            .varint(below: Limits.number, "a merge rule's number")
        let type = try columns[Column.type.rawValue]
            .varint(below: Limits.number, "a value type's number")
        let length = try columns[Column.length.rawValue]
            .count(upTo: Limits.valueBytes, "a value's size")
        let bytes = try columns[Column.values.rawValue].raw(length)
        return FieldWrite(
            field: previous + Field(step), rule: MergeRule(rawValue: UInt32(flags >> 1)),
            value: Value(type: ValueType(rawValue: UInt32(type)), bytes: bytes),
            removes: flags & 1 == 1)
    }

    /// Adds the dots that a commit's writes name, and checks what canonical writes keep.
    private mutating func finished(
        _ entry: Entry, _ overwrites: [Int]
    ) throws(WireError) -> Entry {
        guard let commit = entry.commit else { return entry }
        guard overwrites.contains(where: { $0 > 0 }) else {
            try Payload.check(commit.writes)
            return entry
        }
        var writes: [FieldWrite] = []
        writes.reserveCapacity(commit.writes.count)
        for (write, count) in zip(commit.writes, overwrites) {
            let dots = try dots(count, of: commit.dot.seq)
            writes.append(
                FieldWrite(
                    field: write.field, rule: write.rule, value: write.value,
                    removes: write.removes, overwrites: dots))
        }
        try Payload.check(writes)
        return .commit(
            Commit(
                dot: commit.dot, stamp: commit.stamp, effective: commit.effective,
                author: commit.author, key: commit.key, transaction: commit.transaction,
                salt: commit.salt, writes: writes))
    }

    private mutating func dots(_ count: Int, of seq: Seq) throws(WireError) -> [Dot] {
        var dots: [Dot] = []
        for _ in 0..<count {
            let device = try device(from: .overwritten)
            let step = try columns[Column.overwritten.rawValue].zigzag()
            let (other, overflow) = Int64(seq).subtractingReportingOverflow(step)
            guard !overflow, other > 0, other < Int64(Limits.seq) else { throw .overLimit("a seq") }
            dots.append(Dot(device, Seq(other)))
        }
        try Payload.checkAscending(dots)
        return dots
    }
}
