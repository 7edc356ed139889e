import Histories
import Replication

/// Blocks and payloads as long as they may be, and longer by one: column by column, without our encoder.
enum LongBlocks {
    /// Those at the limit have to be taken.
    static let taken: [(name: String, block: Recipe)] = [
        ("16384 entries", entries(Limits.blockCommits)),
        ("1024 writes", writes(Limits.commitWrites)),
        ("8192 dots", dots(Limits.writeOverwrites)),
        ("a value of 65536 bytes", value(Limits.valueBytes)),
    ]

    static let refused = [
        SpoiledBlock(
            name: "16385 entries", why: "a block holds at most 16384",
            error: .overLimit("commits in a block"), recipe: entries(Limits.blockCommits + 1)),
        SpoiledBlock(
            name: "1025 writes", why: "a commit has at most 1024",
            error: .overLimit("field writes in a commit"),
            recipe: writes(Limits.commitWrites + 1)),
        SpoiledBlock(
            name: "8193 dots", why: "a write names at most 8192",
            error: .overLimit("dots that one write names"),
            recipe: dots(Limits.writeOverwrites + 1)),
        SpoiledBlock(
            name: "a value of 65537 bytes", why: "a value has at most 65536",
            error: .overLimit("a value's size"), recipe: value(Limits.valueBytes + 1)),
    ]

    /// So many commits of one device on one record, each of which clears a field.
    private static func entries(_ count: Int) -> Recipe {
        var columns = commitThatClears
        let zeros: [Columns.Name] = [
            .form, .device, .seq, .milliseconds, .counter, .lowered, .author, .transaction, .flags,
            .type, .length, .overwrites,
        ]
        for name in zeros { columns[name] = Recipe([]).then([0], times: count) }
        columns[.record] = Recipe([0]).then([1], times: count - 1)
        columns[.writes] = Recipe([]).then([1], times: count)
        columns[.field] = Recipe([]).then([16], times: count)
        return block(of: count, columns)
    }

    /// A commit that clears so many fields.
    private static func writes(_ count: Int) -> Recipe {
        var columns = commitThatClears
        columns[.writes] = Recipe(Columns.varint(UInt64(count)))
        columns[.field] = Recipe([16]).then([1], times: count - 1)
        for name in [.flags, .type, .length, .overwrites] as [Columns.Name] {
            columns[name] = Recipe([]).then([0], times: count)
        }
        return block(of: 1, columns)
    }

    /// A commit that overwrites so many of another device: seqs 1, 2, 3 …
    private static func dots(_ count: Int) -> Recipe {
        var columns = commitThatClears
        columns[.devices] = Recipe(DeviceID.a.bytes + DeviceID.b.bytes)
        columns[.overwrites] = Recipe(Columns.varint(UInt64(count)))
        // 1 - 1, 1 - 2, 1 - 3 … as zigzags.
        columns[.overwritten] = Recipe([1, 0]).then([1], times: count - 1, first: 1, step: 2)
        return block(of: 1, columns)
    }

    /// A commit that writes a text of so many bytes.
    private static func value(_ size: Int) -> Recipe {
        var columns = commitThatClears
        columns[.type] = Recipe([1])
        columns[.length] = Recipe(Columns.varint(UInt64(size)))
        columns[.values] = Recipe([]).then(Array("a".utf8), times: size)
        return block(of: 1, columns)
    }

    /// The columns of a first commit, at the beginning of time, that clears field 16.
    private static let commitThatClears: [Columns.Name: Recipe] = {
        var columns: [Columns.Name: Recipe] = [:]
        let zeros: [Columns.Name] = [
            .form, .device, .seq, .milliseconds, .counter, .lowered, .author, .record, .transaction,
            .flags, .type, .length, .overwrites,
        ]
        for name in zeros { columns[name] = Recipe([0]) }
        columns[.devices] = Recipe(DeviceID.a.bytes)
        columns[.authors] = Recipe(MemberID(of: .a).bytes)
        columns[.records] = Recipe([UInt8(RecordKey.sample.kind)] + RecordKey.sample.id.bytes)
        columns[.writes] = Recipe([1])
        columns[.field] = Recipe([16])
        return columns
    }()

    private static func block(of count: Int, _ columns: [Columns.Name: Recipe]) -> Recipe {
        var block = Recipe([1] + Columns.varint(UInt64(count)))
        for name in Columns.Name.allCases {
            let column = columns[name] ?? Recipe([])
            block = block.then(Columns.varint(UInt64(column.bytes.count))).then(column)
        }
        return block
    }
}

/// The same of payloads.
enum LongPayloads {
    static let taken = [
        writes(Limits.commitWrites), dots(Limits.writeOverwrites), value(Limits.valueBytes),
    ]

    static func writes(_ count: Int) -> Recipe {
        let rest: [UInt8] = [0, 0, 0, 0]
        return Recipe(Columns.varint(UInt64(count)) + [16])
            .then(rest, times: count - 1, first: 17, step: 1).then(rest)
    }

    static func dots(_ count: Int) -> Recipe {
        Recipe([1, 16, 0, 0, 0] + Columns.varint(UInt64(count)))
            .then(DeviceID.b.bytes, times: count, first: 1, step: 1)
    }

    static func value(_ size: Int) -> Recipe {
        Recipe([1, 16, 0, 1] + Columns.varint(UInt64(size)))
            .then(Array("a".utf8), times: size).then([0])
    }
}
