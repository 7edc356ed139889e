import Histories
import Replication
import Testing

@Suite("The vectors of blocks")
struct BlockVectorTests {
    @Test func theFileHoldsTheseBlocks() throws {
        try VectorFile.check("blocks.json", try BlockFile())
    }

    @Test func theLongestOnesAreTaken() throws {
        for (name, block) in LongBlocks.taken {
            let entries = try CommitBlock.decode(block.bytes)
            #expect(CommitBlock.encode(entries, withSalts: false) == block.bytes, "\(name)")
        }
    }
}

private struct BlockFile: Encodable {
    let about = [
        "Each block decodes to its entries and encodes back to its bytes. Where an entry has a salt,",
        "the block carries salts. A block under longest must be accepted, and one under refused not: it",
        "breaks the one rule that is named. Long ones are parts, to be put one after another: some",
        "bytes so many times, each time followed, if there is a first number, by the varint of first,",
        "of first + step, and so on.",
    ]
    let blocks: [BlockJSON]
    let longest: [LongJSON]
    let refused: [RefusedJSON]

    struct BlockJSON: Encodable {
        let name: String
        let block: String
        let entries: [EntryJSON]

        init(_ name: String, _ entries: [Entry]) {
            self.name = name
            block = Hex.encode(CommitBlock.encode(entries, withSalts: true))
            self.entries = entries.map { EntryJSON($0) }
        }
    }

    struct LongJSON: Encodable {
        let name: String
        let parts: [Recipe.Part]?
    }

    struct RefusedJSON: Encodable {
        let name: String
        let why: String
        let block: String?
        let parts: [Recipe.Part]?
    }

    init() throws {
        let salted = (1...3).map { index in
            Entry.commit(
                .by(
                    .a, Seq(index), at: 1_700_000_000_000 + UInt64(index),
                    salt: Salt(bytes: [UInt8](repeating: UInt8(index), count: 16)),
                    .text(16, "Ana \(index)")))
        }
        let unknown = FieldWrite(
            field: 1_000_000, rule: MergeRule(rawValue: 9),
            value: Value(type: ValueType(rawValue: 77), bytes: [0x80, 0]))
        let kinds = RecordKey(4_000, RecordID(rawValue: 5))
        blocks = [
            BlockJSON("no entries", []),
            BlockJSON("one commit", [.commit(.by(.a, 1, at: 1_000, .text(16, "Ana")))]),
            BlockJSON("two devices, a stub, overwritten dots", SpoiledBlocks.entries),
            BlockJSON("with salts", salted + [.stub(Dot(.a, 4), SpoiledBlocks.digest(4))]),
            BlockJSON(
                "unknown kind, field, type and rule",
                [.commit(.by(.a, 1, at: 1_000, on: kinds, unknown))]),
            BlockJSON(
                "a clock that goes back, a hole, a record again",
                [
                    .commit(.by(.a, 5, at: 2_000, .text(16, "x"), .adds(19, "y"))),
                    .commit(.by(.a, 9, at: 1_000, on: kinds, .text(16, "z"))),
                    .commit(.by(.b, 1, at: 3_000, .text(16, "w", over: Dot(.a, 5), Dot(.b, 7)))),
                ]),
        ]
        longest = LongBlocks.taken.map { LongJSON(name: $0.name, parts: $0.block.parts) }
        refused = try SpoiledBlocks.all().map { spoiled in
            RefusedJSON(
                name: spoiled.name, why: spoiled.why, block: spoiled.recipe.text,
                parts: spoiled.recipe.parts)
        }
    }
}
