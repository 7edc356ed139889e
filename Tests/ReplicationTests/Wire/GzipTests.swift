import Histories
import Replication
import Testing

@Suite("Gzip")
struct GzipTests {
    @Test func bytesComeBack() throws {
        var random = SplitMix64(seed: 1)
        for count in [0, 1, 100, 65_535, 65_536, 65_537, 300_000] {
            let noise = random.bytes(count)
            let dull = [UInt8](repeating: 7, count: count)
            for (bytes, level) in [(noise, Int32(1)), (dull, 1), (dull, 9)] {
                let packed = Gzip.compress(bytes, level: level)
                #expect(try Gzip.inflate(packed, limit: count) == bytes)
            }
        }
    }

    @Test func aBombIsStoppedAtTheLimit() {
        let bomb = Gzip.compress([UInt8](repeating: 0, count: 4 << 20), level: 9)
        #expect(bomb.count < 8_000)
        #expect(throws: WireError.overLimit("a body's size")) {
            try Gzip.inflate(bomb, limit: (4 << 20) - 1)
        }
        #expect(throws: WireError.overLimit("a body's size")) { try Gzip.inflate(bomb, limit: 0) }
    }

    @Test func cutBytesAreTruncated() {
        let packed = Gzip.compress(Array("a one-to-one on 3 May".utf8))
        for end in packed.indices {
            #expect(throws: WireError.truncated) {
                try Gzip.inflate(Array(packed[..<end]), limit: 1_000)
            }
        }
    }

    @Test func whatFollowsOrIsNotGzipIsMalformed() {
        let packed = Gzip.compress([1, 2, 3])
        for bytes in [packed + [0], packed + packed, Array("{}".utf8), [0x78, 0x9C, 3, 0]] {
            #expect(throws: WireError.malformed) { try Gzip.inflate(bytes, limit: 1_000) }
        }
    }

    /// A wrong bit is refused, or lies in what gzip leaves open: the header's time and system, the
    /// padding after the last code. It never gives other bytes, since a check sum ends the member.
    @Test func aChangedByteGivesNothingElse() {
        let message = Array("a one-to-one on 3 May, a one-to-one on 4 May".utf8)
        let packed = Gzip.compress(message)
        for index in packed.indices {
            for bit in 0..<8 {
                var bytes = packed
                bytes[index] ^= 1 << bit
                let read = try? Gzip.inflate(bytes, limit: 1_000)
                #expect(read == nil || read == message)
            }
        }
    }
}
