import Histories
import Replication
import Testing

/// One encoding per value: whatever a decoder takes, the encoder gives back byte for byte.
@Suite("Every mutation is refused or canonical")
struct CanonicalTests {
    /// Small, but with something in each column.
    private static let samples: [[Entry]] = [
        SpoiledBlocks.entries,
        [
            .commit(
                .by(.a, 1, salt: Salt(bytes: [UInt8](1...16)), .text(16, "x"), .adds(16, "y"))),
            .commit(
                .by(
                    .a, 2, at: 999, on: RecordKey(300, RecordID(rawValue: 5)),
                    salt: Salt(bytes: [UInt8](2...17)),
                    .deletes(Dot(.a, 1), Dot(.b, 70)),
                    FieldWrite(field: 900, rule: MergeRule(rawValue: 9), value: .null))),
        ],
        [.stub(Dot(.c, 200), .empty), .commit(.by(.c, 201, .removes(19, "", over: Dot(.c, 1))))],
    ]

    private func check(_ bytes: [UInt8], _ what: @autoclosure () -> String) {
        guard let entries = try? CommitBlock.decode(bytes) else { return }
        if CommitBlock.encode(entries, withSalts: true) != bytes {
            Issue.record("not canonical: \(what()): \(Hex.encode(bytes))")
        }
    }

    @Test(arguments: samples.indices)
    func blocksWithOneByteChanged(sample: Int) {
        let block = CommitBlock.encode(Self.samples[sample], withSalts: true)
        for index in block.indices {
            for byte in UInt8.min...UInt8.max {
                var bytes = block
                bytes[index] = byte
                check(bytes, "sample \(sample), byte \(index) as \(byte)")
            }
        }
    }

    @Test func blocksCutAnywhere() {
        for entries in Self.samples {
            let block = CommitBlock.encode(entries, withSalts: true)
            for end in block.indices {
                #expect(throws: WireError.self) { try CommitBlock.decode(Array(block[..<end])) }
            }
        }
    }

    /// Changes within columns whose lengths are made to fit, which plain mutation seldom reaches.
    @Test(.tags(.convergence)) func blocksWithRandomColumns() throws {
        for seed in UInt64(0)..<6_000 {
            var random = SplitMix64(seed: seed)
            var columns = try Columns(
                CommitBlock.encode(Self.samples[random.below(3)], withSalts: true))
            for _ in 0...random.below(3) {
                let name = random.pick(Columns.Name.allCases)
                switch random.below(4) {
                case 0: columns[name].append(UInt8(random.below(4)))
                case 1: columns[name].insert(contentsOf: [0x80, 0], at: 0)
                case 2: columns[name] = columns[name].dropLast()
                default: columns[name].shuffle(using: &random)
                }
            }
            check(columns.block, "seed \(seed)")
        }
    }

    @Test(.tags(.convergence)) func rubbish() {
        for seed in UInt64(0)..<3_000 {
            var random = SplitMix64(seed: seed)
            let bytes = [1, UInt8(random.below(3))] + random.bytes(random.below(80))
            check(bytes, "seed \(seed)")
            _ = try? Payload.decode(bytes)
        }
    }

    @Test func payloadsWithOneByteChangedOrCut() {
        for commit in Self.samples.joined().compactMap(\.commit) {
            let payload = Payload.encode(commit.writes)
            for end in payload.indices {
                #expect(throws: WireError.self) { try Payload.decode(Array(payload[..<end])) }
            }
            for index in payload.indices {
                for byte in UInt8.min...UInt8.max {
                    var bytes = payload
                    bytes[index] = byte
                    guard let writes = try? Payload.decode(bytes) else { continue }
                    if Payload.encode(writes) != bytes {
                        Issue.record("not canonical: \(Hex.encode(bytes))")
                    }
                    // What a log can keep must fit into a block, too.
                    let entry = Entry.commit(
                        Commit(
                            dot: commit.dot, stamp: commit.stamp, author: commit.author,
                            key: commit.key, transaction: commit.dot.seq, salt: nil, writes: writes)
                    )
                    let block = CommitBlock.encode([entry], withSalts: false)
                    if (try? CommitBlock.decode(block)) != [entry] {
                        Issue.record("fits no block: \(Hex.encode(bytes))")
                    }
                }
            }
        }
    }
}
