/// Writes a block's columns, entry by entry.
struct BlockEncoder {
    private typealias Column = CommitBlock.Column

    private let withSalts: Bool
    private var count = 0
    private var memory = CommitBlock.Memory()
    private var columns = [ByteWriter](repeating: ByteWriter(), count: Column.allCases.count)
    /// Dots are written after all entries, so that the devices of commits come first.
    private var overwritten: [(own: Dot, other: Dot)] = []

    init(withSalts: Bool) {
        self.withSalts = withSalts
    }

    mutating func append(_ entry: Entry) {
        count += 1
        place(entry.dot)
        switch entry {
        case .stub(_, let digest):
            columns[Column.form.rawValue].byte(1)
            columns[Column.digests.rawValue].raw(digest.bytes)
        case .commit(let commit):
            columns[Column.form.rawValue].byte(0)
            header(commit)
            for index in commit.writes.indices {
                write(commit.writes[index], after: index == 0 ? 0 : commit.writes[index - 1].field)
                overwritten += commit.writes[index].overwrites.map { (commit.dot, $0) }
            }
        }
    }

    private mutating func place(_ dot: Dot) {
        device(dot.device, into: .device)
        let expected = memory.expectedSeq(of: dot.device)
        columns[Column.seq.rawValue].zigzag(Int64(dot.seq) - Int64(expected))
        memory.used(dot)
    }

    private mutating func device(_ device: DeviceID, into column: CommitBlock.Column) {
        let (index, isNew) = memory.index(of: device)
        columns[column.rawValue].varint(index)
        if isNew { columns[Column.devices.rawValue].fixed(device.rawValue) }
    }

    private mutating func header(_ commit: Commit) {
        let milliseconds = commit.stamp.milliseconds
        columns[Column.milliseconds.rawValue]
            .zigzag(Int64(milliseconds) - Int64(memory.lastMilliseconds))
        memory.lastMilliseconds = milliseconds
        columns[Column.counter.rawValue].varint(UInt64(commit.stamp.counter))
        columns[Column.lowered.rawValue]
            .varint(commit.stamp.rawValue - commit.effective.rawValue)
        let author = memory.index(of: commit.author)
        columns[Column.author.rawValue].varint(author.index)
        if author.isNew { columns[Column.authors.rawValue].fixed(commit.author.rawValue) }
        let record = memory.index(of: commit.key)
        // A new record is 0 and a known one its index plus one, so that new ones compress to nothing.
        columns[Column.record.rawValue].varint(record.isNew ? 0 : record.index + 1)
        if record.isNew {
            columns[Column.records.rawValue].varint(UInt64(commit.key.kind))
            columns[Column.records.rawValue].fixed(commit.key.id.rawValue)
        }
        columns[Column.transaction.rawValue].varint(commit.transaction - commit.dot.seq)
        columns[Column.writes.rawValue].varint(commit.writes.count)
        if withSalts, let salt = commit.salt { columns[Column.salts.rawValue].raw(salt.bytes) }
    }

    private mutating func write(_ write: FieldWrite, after previous: Field) {
        columns[Column.field.rawValue].varint(UInt64(write.field - previous))
        columns[Column.flags.rawValue].varint(write.flags)
        columns[Column.type.rawValue].varint(UInt64(write.value.type.rawValue))
        columns[Column.length.rawValue].varint(write.value.bytes.count)
        columns[Column.values.rawValue].raw(write.value.bytes)
        columns[Column.overwrites.rawValue].varint(write.overwrites.count)
    }

    var bytes: [UInt8] {
        var whole = self
        for (own, other) in overwritten {
            whole.device(other.device, into: .overwritten)
            whole.columns[Column.overwritten.rawValue].zigzag(Int64(own.seq) - Int64(other.seq))
        }
        var writer = ByteWriter(reserving: whole.columns.reduce(64) { $0 + $1.bytes.count + 4 })
        writer.byte(CommitBlock.version)
        writer.varint(count)
        for column in whole.columns { writer.counted(column.bytes) }
        return writer.bytes
    }
}
