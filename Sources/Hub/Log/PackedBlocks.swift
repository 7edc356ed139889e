import Foundation
package import GRDB
package import Replication
import Store

/// Reads what is packed: commits that the log no longer holds itself, but a snapshot's block.
///
/// Blocks are opened as they are needed, and a few stay open: whoever goes from record to record in
/// the order of their ids opens each block once.
package final class PackedBlocks {
    private let db: Database
    private var open: [(id: Int64, commits: [Dot: Commit])] = []
    private static let mostOpen = 4

    package init(_ db: Database) {
        self.db = db
    }

    /// The block that has what is packed of a record, and how many bytes of payload the log holds of it
    /// in all. Throws `UnreadableRow` when there is none: what says that it is packed is damaged.
    func place(of key: RecordKey) throws -> (block: Int64, bytes: Int) {
        guard let place = try Self.place(of: key, db) else { throw UnreadableRow() }
        return place
    }

    /// Nil for a record of which nothing is packed.
    static func block(of key: RecordKey, _ db: Database) throws -> Int64? {
        try place(of: key, db)?.block
    }

    private static func place(
        of key: RecordKey, _ db: Database
    ) throws -> (block: Int64, bytes: Int)? {
        var row = try FastStatement(
            db, "SELECT block, bytes FROM place WHERE record = ? AND kind = ?")
        row.bind(key.id.bytes)
        row.bind(Int64(key.kind))
        defer { row.reset() }
        guard try row.step(), !row.isNull(0) else { return nil }
        return (row.int(0), Int(clamping: row.int(1)))
    }

    /// Throws `UnreadableRow` when the block does not have the commit.
    func commit(_ dot: Dot, in block: Int64) throws -> Commit {
        guard let commit = try commits(in: block)[dot] else { throw UnreadableRow() }
        return commit
    }

    package func commit(_ dot: Dot, of key: RecordKey) throws -> Commit {
        try commit(dot, in: place(of: key).block)
    }

    private func commits(in block: Int64) throws -> [Dot: Commit] {
        if let place = open.lastIndex(where: { $0.id == block }) { return open[place].commits }
        let commits = try Self.contents(of: block, db).byDot
        if open.count == Self.mostOpen { open.removeFirst() }
        open.append((block, commits))
        return commits
    }

    /// All commits in a block.
    package static func contents(of block: Int64, _ db: Database) throws -> [Commit] {
        var row = try FastStatement(
            db, "SELECT hash, commits, content FROM snapshotBlock WHERE id = ?")
        row.bind(block)
        defer { row.reset() }
        guard try row.step(), let hash = Digest(bytes: row.bytes(0)) else { throw UnreadableRow() }
        let content = row.bytes(2)
        let named = Snapshot.Block(
            hash: hash, bytes: content.count, commits: Int(row.int(1)))
        guard named.names(content) else { throw UnreadableRow() }
        return try named.commits(in: content)
    }
}

extension [Commit] {
    var byDot: [Dot: Commit] {
        Dictionary(map { ($0.dot, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
