import Crypto
import FoundationEssentials
import SwiftProtobuf

/// What a hub offers to who begins to read: the commits of whole spaces up to a place of its log, in
/// blocks that are fetched one by one. The log's tail follows.
///
/// A block holds all commits on each of its records, so that whoever takes it in writes every record
/// once, and its history with it. Merging makes the order of blocks, and their repetition, harmless.
package struct Snapshot: Hashable, Sendable {
    /// Up to this place of the hub's log.
    package let seq: UInt64
    /// Where a device stands once it has stored all blocks.
    package var cursor: Cursor
    /// Those worth most first.
    package var blocks: [Block]

    /// A block by its name.
    package struct Block: Hashable, Sendable {
        /// SHA-256 of its bytes as they travel.
        package let hash: Digest
        /// Its size as it travels.
        package let bytes: Int
        /// How many commits it holds.
        package let commits: Int

        package init(hash: Digest, bytes: Int, commits: Int) {
            self.hash = hash
            self.bytes = bytes
            self.commits = commits
        }
    }

    package init(seq: UInt64, cursor: Cursor, blocks: [Block]) {
        self.seq = seq
        self.cursor = cursor
        self.blocks = blocks
    }
}

extension Snapshot.Block {
    /// Makes a block of commits: a commit block without salts, compressed with care, since it is made
    /// once and fetched by many. Returns its name and its bytes.
    package static func make(_ commits: [Commit]) -> (block: Self, bytes: [UInt8]) {
        let plain = CommitBlock.encode(commits.map { .commit($0) }, withSalts: false)
        let bytes = Gzip.compress(plain, level: 6)
        return (Self(hash: name(of: bytes), bytes: bytes.count, commits: commits.count), bytes)
    }

    /// Whether these bytes are the block that was named.
    package func names(_ content: [UInt8]) -> Bool {
        content.count == bytes && Self.name(of: content) == hash
    }

    /// The commits in a block's bytes. Throws for what is not canonical, over a limit, or holds
    /// another number of commits. Never traps.
    package func commits(in content: [UInt8]) throws(WireError) -> [Commit] {
        let plain = try Gzip.inflate(content, limit: Limits.inflatedBytes)
        let found = try CommitBlock.decode(plain).compactMap(\.commit)
        guard found.count == commits else { throw .malformed }
        return found
    }

    private static func name(of bytes: [UInt8]) -> Digest { Digest(SHA256.hash(data: bytes)) }
}

extension Snapshot {
    init(_ frame: Fieldbook_V1_Snapshot) throws(WireError) {
        guard frame.seq < Limits.seq else { throw .overLimit("a seq") }
        guard frame.blocks.count <= Limits.snapshotBlocks else {
            throw .overLimit("blocks of a snapshot")
        }
        var blocks: [Block] = []
        blocks.reserveCapacity(frame.blocks.count)
        for block in frame.blocks { blocks.append(try Block(block)) }
        self.init(seq: frame.seq, cursor: try Cursor(frame.cursor), blocks: blocks)
    }

    var frame: Fieldbook_V1_Snapshot {
        .with {
            $0.seq = seq
            $0.cursor = cursor.frame
            $0.blocks = blocks.map(\.frame)
        }
    }

    /// The frame's bytes, for keeping it in a file.
    package func encoded() throws -> [UInt8] { try frame.frameBytes() }

    package init(decoding bytes: [UInt8]) throws(WireError) {
        try self.init(Fieldbook_V1_Snapshot(frame: bytes))
    }
}

extension Snapshot.Block {
    fileprivate init(_ frame: Fieldbook_V1_SnapshotBlock) throws(WireError) {
        guard frame.bytes <= UInt32(Limits.inflatedBytes) else {
            throw .overLimit("a block's size")
        }
        guard frame.commits <= UInt32(Limits.blockCommits) else {
            throw .overLimit("commits in a block")
        }
        self.init(
            hash: try frame.hash.sized("SnapshotBlock.hash") { Digest(bytes: $0) },
            bytes: Int(frame.bytes),
            commits: Int(frame.commits))
    }

    fileprivate var frame: Fieldbook_V1_SnapshotBlock {
        .with {
            $0.hash = Data(hash.bytes)
            $0.bytes = UInt32(bytes)
            $0.commits = UInt32(commits)
        }
    }
}
