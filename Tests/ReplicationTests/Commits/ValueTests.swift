import Histories
import Replication
import Testing

@Suite("Values")
struct ValueTests {
    @Test(arguments: [0, 1, -1, 63, -64, 64, .max, .min])
    func numbersComeBack(_ number: Int64) {
        #expect(Value.int(number).int == number)
        #expect(Value.day(number).day == number)
        #expect(Value.int(number).isCanonical)
        #expect(Value.int(number).day == nil)
    }

    @Test func eachTypeReadsOnlyAsItself() {
        #expect(Value.text("caf\u{E9}").text == "caf\u{E9}")
        #expect(Value.id(Space.commons).id == Space.commons)
        #expect(Value.text("").id == nil)
        #expect(Value.null.isNull)
        #expect(Value.int(5).text == nil)
    }

    @Test(arguments: [
        Value(type: .null, bytes: [0]),
        Value(type: .text, bytes: [0x41, 0]),
        Value(type: .text, bytes: [0xC3]),
        Value(type: .text, bytes: [0xC0, 0x80]),
        Value(type: .text, bytes: [0xED, 0xA0, 0x80]),
        Value(type: .text, bytes: [0xF4, 0x90, 0x80, 0x80]),
        Value(type: .int, bytes: []),
        Value(type: .int, bytes: [0x80, 0]),
        Value(type: .int, bytes: [1, 1]),
        Value(type: .day, bytes: [0x80]),
        Value(type: .int, bytes: [UInt8](repeating: 0xFF, count: 9) + [2]),
        Value(type: .id, bytes: [UInt8](repeating: 0, count: 15)),
        Value(type: .id, bytes: [UInt8](repeating: 0, count: 17)),
    ])
    func bytesThatAreNotTheOneEncodingAreNotCanonical(_ value: Value) {
        #expect(!value.isCanonical)
        #expect(throws: WireError.notCanonical("a value of the wrong form")) {
            try Payload.check([FieldWrite(field: 16, value: value)])
        }
    }

    @Test func anyBytesOfAnUnknownTypeAreCanonical() {
        #expect(Value(type: ValueType(rawValue: 99), bytes: [0x80, 0]).isCanonical)
    }
}
