import Histories
import Replication
import Testing

@Suite("Ids and hexadecimal text")
struct RecordIDTests {
    @Test func aUUIDv7HoldsTimeVersionAndVariant() {
        let id = RecordID(milliseconds: 0x018F_3C5A_7B00, random: .max)
        #expect(id.description == "018f3c5a-7b00-7fff-bfff-ffffffffffff")
        #expect(
            RecordID(milliseconds: .max, random: 0).description
                == "ffffffff-ffff-7000-8000-000000000000")
    }

    @Test func textAndBytesComeBack() {
        let id = RecordKey.sample.id
        #expect(RecordID(id.description) == id)
        #expect(RecordID(id.description.uppercased()) == id)
        #expect(RecordID(Hex.encode(id.bytes)) == id)
        #expect(RecordID(bytes: id.bytes) == id)
    }

    @Test(arguments: ["", "018f3c5a", "018f3c5a-7b00-7abc-8def-0123456789abc", "zz8f"])
    func otherTextIsNoId(_ text: String) {
        #expect(RecordID(text) == nil)
    }

    @Test func idsOrderByTheirBytes() {
        let low = RecordID(rawValue: 1 << 100)
        let high = RecordID(rawValue: 1 << 120)
        #expect(low < high)
        #expect(low.bytes.lexicographicallyPrecedes(high.bytes))
    }

    @Test func hexRefusesWhatIsNotPairsOfDigits() {
        #expect(Hex.decode("00fFa9") == [0, 255, 0xA9])
        #expect(Hex.encode([0, 255, 0xA9]) == "00ffa9")
        for text in ["0", "0g", " 00", "0x", "\u{FF11}\u{FF11}"] {
            #expect(Hex.decode(text) == nil)
        }
        #expect(DeviceID("aaaaaaaaaaaaaaaa") == .a)
        #expect(DeviceID("aaaa") == nil)
        #expect(DeviceID(bytes: DeviceID.b.bytes) == .b)
    }
}
