import Histories
import Replication
import Testing

@Suite("Payloads")
struct PayloadTests {
    private func refusal(_ bytes: [UInt8]) -> WireError? {
        do throws(WireError) {
            _ = try Payload.decode(bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func everyPayloadComesBack() throws {
        for seed in UInt64(0)..<400 {
            for commit in History(seed: seed).commits {
                let bytes = Payload.encode(commit.writes)
                #expect(try Payload.decode(bytes) == commit.writes, "seed \(seed)")
            }
        }
    }

    @Test func theBytesAreAsDescribed() {
        let payload = Payload.encode([
            FieldWrite(field: 300, value: .text("A"), overwrites: [Dot(.b, 200), Dot(.a, 1)])
        ])
        let dots = "aaaaaaaaaaaaaaaa" + "01" + "bbbbbbbbbbbbbbbb" + "c801"
        #expect(Hex.encode(payload) == "01" + "ac02" + "00" + "01" + "01" + "41" + "02" + dots)
    }

    /// Payloads that break one rule each.
    static let refused: [(why: String, error: WireError, recipe: Recipe)] =
        longOnes + shortOnes.map { ($0.why, $0.error, Recipe($0.bytes)) }

    private static let longOnes: [(why: String, error: WireError, recipe: Recipe)] = [
        (
            "at most 1024 writes", .overLimit("field writes in a commit"),
            LongPayloads.writes(1_025)
        ),
        ("at most 65536 bytes", .overLimit("a value's size"), LongPayloads.value(65_537)),
        ("at most 8192 dots", .overLimit("dots that one write names"), LongPayloads.dots(8_193)),
    ]

    private static let shortOnes: [(why: String, error: WireError, bytes: [UInt8])] = {
        let seq = WireError.overLimit("a seq")
        let order = WireError.notCanonical("field writes out of order")
        let dots = WireError.notCanonical("overwritten dots out of order")
        let number = WireError.notCanonical("a number with needless bytes")
        let form = WireError.notCanonical("a value of the wrong form")
        let (a, b) = (DeviceID.a.bytes + [1], DeviceID.b.bytes + [1])
        let over: [UInt8] = [1, 16, 0, 0, 0, 1]
        let two31 = Columns.varint(Limits.number)
        return [
            ("a commit says something", .notCanonical("a commit without a write"), [0]),
            ("fields are below 2^31", .overLimit("a field's number"), [1] + two31 + [0, 0, 0, 0]),
            (
                "rules are below 2^30", .overLimit("a merge rule's number"),
                [1, 16] + two31 + [0, 0, 0]
            ),
            (
                "types are below 2^31", .overLimit("a value type's number"),
                [1, 16, 0] + two31 + [0, 0]
            ),
            ("seqs start at 1", seq, over + DeviceID.a.bytes + [0]),
            ("seqs are below 2^48", seq, over + DeviceID.a.bytes + Columns.varint(Limits.seq)),
            ("the value is cut", .truncated, [1, 16, 0, 1, 5]),
            ("a byte follows", .notCanonical("bytes after the end"), [1, 16, 0, 0, 0, 0, 0]),
            ("varints are shortest", number, [1, 0x90, 0, 0, 0, 0, 0]),
            (
                "varints have 64 bits", form,
                [1, 16, 0, 2, 10] + [UInt8](repeating: 0xFF, count: 9) + [2, 0]
            ),
            (
                "only sets remove", .notCanonical("a removal from what is not a set"),
                [1, 16, 1, 0, 0, 0]
            ),
            (
                "once names no dots", .notCanonical("an immutable value that overwrites"),
                [1, 16, 6, 0, 0, 1] + a
            ),
            ("a cell is written once", order, [2, 16, 0, 0, 0, 0, 16, 0, 0, 0, 0]),
            ("cells ascend", order, [2, 17, 0, 0, 0, 0, 16, 0, 0, 0, 0]),
            ("elements ascend", order, [2, 19, 4, 1, 1, 98, 0, 19, 4, 1, 1, 97, 0]),
            ("dots ascend", dots, [1, 16, 0, 0, 0, 2] + b + a),
            ("a dot is named once", dots, [1, 16, 0, 0, 0, 2] + a + a),
            ("text holds no U+0000", form, [1, 16, 0, 1, 1, 0, 0]),
            ("text is UTF-8", form, [1, 16, 0, 1, 1, 0xC3, 0]),
            ("null has no bytes", form, [1, 16, 0, 0, 1, 0, 0]),
            ("an id has 16 bytes", form, [1, 16, 0, 4, 1, 0, 0]),
        ]
    }()

    @Test func eachRuleIsKept() {
        for (why, error, recipe) in Self.refused {
            #expect(refusal(recipe.bytes) == error, "\(why)")
        }
        let (a, b) = (DeviceID.a.bytes + [1], DeviceID.b.bytes + Columns.varint(Limits.seq - 1))
        #expect(refusal([1, 16, 0, 0, 0, 2] + a + b) == nil)
    }

    @Test func theLongestOnesAreTaken() throws {
        for payload in LongPayloads.taken {
            #expect(try Payload.encode(Payload.decode(payload.bytes)) == payload.bytes)
        }
    }

    /// A field may have a cell of its own beside a set's elements, which come in order of type,
    /// then bytes; an element may be of any type.
    @Test func cellsOfOneFieldAscend() {
        let writes = [
            FieldWrite(field: 19, value: .int(1)),
            FieldWrite(field: 19, rule: .set, value: .null),
            FieldWrite.adds(19, ""), .removes(19, "a"), .adds(19, "a\u{1}"), .adds(19, "b"),
            FieldWrite(field: 19, rule: .set, value: .int(0)),
        ]
        for (index, write) in writes.enumerated().dropFirst() {
            #expect(writes[index - 1].cell < write.cell)
            #expect(!(write.cell < writes[index - 1].cell))
            #expect(refusal(Payload.encode([write, writes[index - 1]])) != nil)
        }
        #expect(refusal(Payload.encode(writes)) == nil)
    }
}
