import Histories
import Replication
import Testing

@Suite("The stored form of a record")
struct RecordStateCodecTests {
    @Test func everyStateComesBack() throws {
        for seed in UInt64(0)..<500 {
            let history = History(seed: seed)
            var random = SplitMix64(seed: seed)
            for state in Delivery(of: history, replicas: 2, &random).states.values {
                let bytes = state.encoded()
                let back = try RecordState(encoded: bytes)
                #expect(back == state, "seed \(seed)")
                #expect(back.encoded() == bytes, "seed \(seed)")
            }
        }
    }

    @Test func unknownNumbersAndTypesAreKept() throws {
        let state = RecordState(
            .by(
                .a, 1, effective: 3,
                FieldWrite(
                    field: 0x7FFF_FFFF, rule: MergeRule(rawValue: 0x3FFF_FFFF),
                    value: Value(type: ValueType(rawValue: 0x7FFF_FFFF), bytes: [0, 255, 0]),
                    overwrites: [Dot(.b, Limits.seq - 1)])),
            .by(
                .c, 5,
                FieldWrite(
                    field: 19, rule: .set,
                    value: Value(type: ValueType(rawValue: 500), bytes: []), removes: true)))
        #expect(try RecordState(encoded: state.encoded()) == state)
    }

    /// What a broken disk hands back may be a wrong state, but never one that merging cannot work
    /// with: its lists are in order, and reading neither traps nor goes on past the end.
    @Test func everyMutationIsRefusedOrReadsAsAStateInOrder() throws {
        let whole = RecordState(
            .by(.a, 1, .moves(to: Space.commons), .text(16, "Ana")),
            .by(.b, 1, at: 2_000, .text(16, "An"), .adds(19, "x")),
            .by(.b, 2, .text(16, "A", over: Dot(.a, 1), Dot(.c, 4)), .removes(19, "y"))
        ).encoded()
        #expect(throws: WireError.self) { try RecordState(encoded: whole + [0]) }
        for end in whole.indices {
            #expect(throws: WireError.self) { try RecordState(encoded: Array(whole[..<end])) }
        }
        for index in whole.indices {
            for byte in [0, 1, 2, 127, 128, 255, whole[index] ^ 1, whole[index] &+ 1] {
                var bytes = whole
                bytes[index] = byte
                guard let state = try? RecordState(encoded: bytes) else { continue }
                let keys = state.cells.map(\.key)
                let isInOrder = state.cells.allSatisfy { cell in
                    let live = cell.live.map(\.dot)
                    return live == live.sorted() && cell.dead == cell.dead.sorted()
                }
                if !isInOrder || keys != keys.sorted() {
                    Issue.record("byte \(index) as \(byte) reads as a state out of order")
                }
                #expect(try RecordState(encoded: state.encoded()) == state)
            }
        }
    }
}
