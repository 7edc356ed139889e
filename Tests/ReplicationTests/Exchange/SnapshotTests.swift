import Histories
import Replication
import Testing

@Suite("A block of a snapshot")
struct SnapshotTests {
    private let made = Frames.snapshotBlock

    @Test func holdsItsCommits() throws {
        #expect(made.block.names(made.bytes))
        let commits = try made.block.commits(in: made.bytes)
        #expect(commits.map(\.dot) == [Dot(.a, 8), Dot(.b, 3), Dot(.b, 4)])
        #expect(Snapshot.Block.make(commits).bytes == made.bytes)
    }

    @Test func isNotNamedByBytesThatWereChanged() {
        for index in made.bytes.indices {
            var bytes = made.bytes
            bytes[index] ^= 0x10
            #expect(!made.block.names(bytes))
        }
        #expect(!made.block.names(made.bytes + [0]))
        #expect(!made.block.names([]))
    }

    /// Whatever stands in it is refused or read, and never ends the program.
    @Test func thatIsRubbishIsRefused() throws {
        for end in made.bytes.indices {
            #expect(throws: WireError.self) {
                try made.block.commits(in: Array(made.bytes[..<end]))
            }
        }
        for spoiled in try SpoiledBlocks.all() {
            #expect(throws: spoiled.error) {
                try made.block.commits(in: Gzip.compress(spoiled.bytes))
            }
        }
        let more = Snapshot.Block(hash: made.block.hash, bytes: made.block.bytes, commits: 4)
        #expect(throws: WireError.malformed) { try more.commits(in: made.bytes) }
    }

    @Test func ofASizeBeyondTheLimitsIsRefused() throws {
        for (bytes, commits) in [
            (UInt64(Limits.inflatedBytes + 1), UInt64(1)), (1, UInt64(Limits.blockCommits + 1)),
        ] {
            let frame = Proto { frame in
                frame.message(3) { block in
                    block.zeros(1, 32)
                    block.varint(2, bytes)
                    block.varint(3, commits)
                }
            }.bytes
            #expect(throws: WireError.self) { try Snapshot(decoding: frame) }
        }
        let short = Proto { $0.message(3) { $0.zeros(1, 31) } }.bytes
        #expect(throws: WireError.field("SnapshotBlock.hash")) { try Snapshot(decoding: short) }
    }
}
