import Histories
import Replication
import Testing

@Suite("The vectors of snapshots")
struct SnapshotVectorTests {
    @Test func theFileHoldsTheseBlocks() throws {
        try VectorFile.check("snapshot.json", try SnapshotFile())
    }
}

private struct SnapshotFile: Encodable {
    let about = [
        "content is a block as it travels: gzip of a block of commits without salts. hash is SHA-256",
        "of content, bytes its size. Another compressor makes other bytes of the same commits: read",
        "these, and do not write them. What stands under refused is not the block that is named.",
    ]
    let blocks: [BlockJSON]
    let refused: [RefusedJSON]

    struct BlockJSON: Encodable {
        let name: String
        let block: BlockNameJSON
        let content: String
        let plain: String
        let entries: [EntryJSON]
    }

    struct RefusedJSON: Encodable {
        let why: String
        let block: BlockNameJSON
        let content: String
    }

    init() throws {
        let (block, content) = Frames.snapshotBlock
        let plain = try Gzip.inflate(content, limit: Limits.inflatedBytes)
        blocks = [
            BlockJSON(
                name: "a name, its history, and an erasure", block: BlockNameJSON(block),
                content: Hex.encode(content), plain: Hex.encode(plain),
                entries: try block.commits(in: content).map { EntryJSON(.commit($0)) })
        ]
        var flipped = content
        flipped[content.count / 2] ^= 1
        let fewer = Snapshot.Block(hash: block.hash, bytes: block.bytes, commits: 2)
        refused = [
            RefusedJSON(
                why: "a bit is another", block: BlockNameJSON(block), content: Hex.encode(flipped)),
            RefusedJSON(
                why: "the end is missing", block: BlockNameJSON(block),
                content: Hex.encode(content.dropLast())),
            RefusedJSON(
                why: "it holds more commits than was said", block: BlockNameJSON(fewer),
                content: Hex.encode(content)),
        ]
    }
}
