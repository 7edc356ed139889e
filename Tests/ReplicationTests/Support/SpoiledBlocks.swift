import Histories
import Replication

/// A block that a decoder must refuse, and why.
struct SpoiledBlock {
    let name: String
    let why: String
    let error: WireError
    let recipe: Recipe

    var bytes: [UInt8] { recipe.bytes }
}

extension SpoiledBlock {
    init(name: String, why: String, error: WireError, bytes: [UInt8]) {
        self.init(name: name, why: why, error: error, recipe: Recipe(bytes))
    }
}

/// Blocks that break one rule each. All come from small good ones, with one column spoiled.
enum SpoiledBlocks {
    /// Two devices, one stub, a set, two dots named: every column but the salts has something.
    static let entries: [Entry] = [
        .commit(
            .by(.a, 1, at: 1_700_000_000_000, .moves(to: Space.commons), .text(16, "Ana"))),
        .stub(Dot(.a, 2), digest(7)),
        .commit(
            .by(
                .b, 4, at: 1_700_000_000_500, effective: 1_700_000_000_400,
                .text(16, "Anna", over: Dot(.a, 1), Dot(.c, 9)), .adds(19, "choir"))),
    ]

    static func digest(_ byte: UInt8) -> Digest {
        Digest(bytes: [UInt8](repeating: byte, count: 32)) ?? .empty
    }

    static func all() throws -> [SpoiledBlock] {
        try framing() + dictionaries() + numbers() + writes() + LongBlocks.refused
    }

    private static func spoil(
        _ name: String, _ error: WireError, _ why: String, of entries: [Entry] = entries,
        _ change: (inout Columns) -> Void
    ) throws -> SpoiledBlock {
        var columns = try Columns(CommitBlock.encode(entries, withSalts: true))
        change(&columns)
        return SpoiledBlock(name: name, why: why, error: error, bytes: columns.block)
    }

    private static func framing() throws -> [SpoiledBlock] {
        let good = CommitBlock.encode(entries, withSalts: false)
        let end = WireError.notCanonical("bytes after the end")
        return [
            SpoiledBlock(name: "nothing", why: "there is no version", error: .truncated, bytes: []),
            SpoiledBlock(
                name: "cut", why: "the last column is missing", error: .truncated,
                bytes: good.dropLast()),
            SpoiledBlock(
                name: "more", why: "a byte follows the last column", error: end, bytes: good + [0]),
            SpoiledBlock(
                name: "a needless byte in the count", why: "varints are in their shortest form",
                error: .notCanonical("a number with needless bytes"),
                bytes: [1, 0x83, 0] + good.dropFirst(2)),
            try spoil("another version", .version(2), "this is version 1") { $0.version = 2 },
            try spoil("an entry too many", .truncated, "the columns hold three") { $0.count = 4 },
            try spoil("an entry too few", end, "every column is used up") { $0.count = 2 },
            try spoil(
                "a form of 2", .notCanonical("an entry of an unknown form"),
                "0 is a commit and 1 a stub"
            ) { $0[.form] = [0, 1, 2] },
            try spoil("a salt for one of two", .truncated, "salts are there for all or none") {
                $0[.salts] = [UInt8](repeating: 9, count: 16)
            },
            try spoil("salts for stubs", end, "a stub has no salt", of: [entries[1]]) {
                $0[.salts] = [UInt8](repeating: 9, count: 16)
            },
        ]
    }

    private static func dictionaries() throws -> [SpoiledBlock] {
        let twice = RecordKey.sample
        return [
            try spoil(
                "a device listed twice", .notCanonical("a device listed twice"),
                "a device enters the dictionary at its first use only"
            ) { $0[.devices] = DeviceID.a.bytes + DeviceID.a.bytes + DeviceID.c.bytes },
            try spoil(
                "a device nobody uses", .notCanonical("bytes after the end"),
                "the dictionary holds what is used"
            ) { $0[.devices] += [0, 0, 0, 0, 0, 0, 0, 1] },
            try spoil(
                "a device ahead of its turn", .overLimit("a device's index"),
                "a new device has the next index"
            ) { $0[.device] = [0, 0, 2] },
            try spoil(
                "an author listed twice", .notCanonical("an author listed twice"),
                "an author enters the dictionary at the first use only"
            ) { $0[.authors] = MemberID(of: .a).bytes + MemberID(of: .a).bytes },
            try spoil(
                "a record listed twice", .notCanonical("a record listed twice"),
                "0 is a new record; a known one is its index plus one"
            ) {
                $0[.record] = [0, 0]
                $0[.records] += Columns.varint(UInt64(twice.kind)) + twice.id.bytes
            },
            try spoil(
                "a record ahead of its turn", .overLimit("a record's index"),
                "only record 1 is known"
            ) { $0[.record] = [0, 2] },
        ]
    }

    private static func numbers() throws -> [SpoiledBlock] {
        let seq = WireError.overLimit("a seq")
        let stamp = WireError.overLimit("a stamp")
        let limit = Int64(Limits.seq)
        let one = [entries[0]]
        return [
            try spoil("a seq of 0", seq, "seqs start at 1", of: one) { $0[.seq] = [1] },
            try spoil("a seq of 2^48", seq, "seqs are below 2^48", of: one) {
                $0[.seq] = Columns.zigzag(limit - 1)
            },
            try spoil("an overwritten seq of 0", seq, "seqs start at 1") {
                $0[.overwritten] = [0] + Columns.zigzag(4) + [2] + Columns.zigzag(-5)
            },
            try spoil("an overwritten seq of 2^48", seq, "seqs are below 2^48") {
                $0[.overwritten] = [0] + Columns.zigzag(3) + [2] + Columns.zigzag(4 - limit)
            },
            try spoil("a stamp of 2^63", stamp, "stamps are below 2^63", of: one) {
                $0[.milliseconds] = Columns.zigzag(1 << 47)
            },
            try spoil("a stamp before 1970", stamp, "stamps are not negative", of: one) {
                $0[.milliseconds] = Columns.zigzag(-1)
            },
            try spoil(
                "a counter of 2^16", .overLimit("a stamp's counter"), "it has 16 bits", of: one
            ) { $0[.counter] = Columns.varint(1 << 16) },
            try spoil(
                "an effective stamp below 0", .overLimit("an effective stamp"),
                "it is the stamp less this number", of: one
            ) { $0[.lowered] = Columns.varint(1_700_000_000_000 << 16 | 1) },
            try spoil(
                "an act of 4097 commits", .overLimit("commits in an act"),
                "an act has at most 4096", of: one
            ) { $0[.transaction] = Columns.varint(UInt64(Limits.actCommits)) },
            try spoil(
                "an act that ends at 2^48", seq, "an act's end is a seq", of: one
            ) {
                $0[.seq] = Columns.zigzag(limit - 2)
                $0[.transaction] = [1]
            },
            try spoil(
                "a kind of 2^31", .overLimit("a kind's number"), "kinds are below 2^31", of: one
            ) { $0[.records] = Columns.varint(1 << 31) + RecordKey.sample.id.bytes },
            try spoil(
                "a field of 2^31", .overLimit("a field's number"),
                "fields are below 2^31, also when summed up", of: one
            ) { $0[.field] = [2] + Columns.varint(1 << 31 - 2) },
            try spoil(
                "a rule of 2^30", .overLimit("a merge rule's number"),
                "rules doubled are below 2^31", of: one
            ) { $0[.flags] = [2] + Columns.varint(1 << 31) },
            try spoil(
                "a value type of 2^31", .overLimit("a value type's number"),
                "types are below 2^31", of: one
            ) { $0[.type] = [4] + Columns.varint(1 << 31) },
        ]
    }

    private static func writes() throws -> [SpoiledBlock] {
        let one = [entries[0]]
        let order = WireError.notCanonical("field writes out of order")
        let form = WireError.notCanonical("a value of the wrong form")
        return [
            try spoil(
                "no write", .notCanonical("a commit without a write"), "a commit says something",
                of: [.commit(.by(.a, 1))]
            ) { _ in },
            try spoil("a field twice", order, "a commit writes a cell once", of: one) {
                $0[.field] = [2, 0]
            },
            try spoil(
                "elements out of order", order, "elements come in order of type and bytes",
                of: [.commit(.by(.a, 1, .adds(19, "a"), .adds(19, "b")))]
            ) { $0[.values] = Array("ba".utf8) },
            try spoil(
                "a removal from no set", .notCanonical("a removal from what is not a set"),
                "only the rule set removes", of: one
            ) { $0[.flags] = [2, 1] },
            try spoil(
                "an immutable value that overwrites",
                .notCanonical("an immutable value that overwrites"), "the rule once names no dots"
            ) { $0[.flags] = [2, 0, 6, 4] },
            try spoil(
                "dots out of order", .notCanonical("overwritten dots out of order"),
                "dots ascend by device, then seq"
            ) {
                $0[.devices] = DeviceID.a.bytes + DeviceID.b.bytes + [UInt8](repeating: 1, count: 8)
            },
            try spoil(
                "a dot twice", .notCanonical("overwritten dots out of order"),
                "a write names a dot once"
            ) { columns in
                columns[.overwritten] = [0] + Columns.zigzag(3) + [0] + Columns.zigzag(3)
                columns[.devices] = DeviceID.a.bytes + DeviceID.b.bytes
            },
            try spoil("text with NUL", form, "text holds no U+0000", of: one) {
                $0[.values] = Space.commons.bytes + [0x41, 0, 0x41]
            },
            try spoil("text that is not UTF-8", form, "text is UTF-8", of: one) {
                $0[.values] = Space.commons.bytes + [0x41, 0xC3, 0x28]
            },
            try spoil("a long number", form, "numbers are shortest zigzag varints", of: one) {
                $0[.type] = [4, 2]
                $0[.values] = Space.commons.bytes + [0x80, 0x80, 0]
            },
            try spoil("a null with bytes", form, "null has no bytes", of: one) {
                $0[.type] = [4, 0]
            },
            try spoil("an id of 15 bytes", form, "an id has 16 bytes", of: one) {
                $0[.length] = [15, 3]
                $0[.values] = Array($0[.values].dropFirst())
            },
            try spoil(
                "a number over 64 bits", form, "numbers are zigzags of 64 bits", of: one
            ) {
                $0[.type] = [4, 2]
                $0[.length] = [16, 10]
                $0[.values] = Space.commons.bytes + [UInt8](repeating: 0xFF, count: 9) + [2]
            },
        ]
    }
}
