import Foundation
import GRDB
import Replication
import Store

/// The snapshots that the hub has: the log up to a place, in blocks, for who begins to read.
///
/// The log's tail brings what has changed since. What must not be in a block any more makes it one
/// that nobody gets: what was erased destroys all of them, in the transaction that erases it, and a
/// space that something has left since is read from the log by those who do not read everything.
enum Snapshots {
    /// A whole snapshot.
    struct Entry {
        let id: Int64
        /// It holds what came up to this place of the log.
        let seq: UInt64
    }

    /// Stands for the space of erased records: it is nobody's own.
    static let erased = Space.all

    /// Whoever is in the middle of one may finish it, when there is a new one already.
    private static let keptCount = 2

    static func newest(_ db: Database) throws -> Entry? {
        var row = try FastStatement(
            db, "SELECT id, seq FROM snapshot WHERE isWhole = 1 ORDER BY id DESC LIMIT 1")
        defer { row.reset() }
        return try row.step() ? Entry(id: row.int(0), seq: try row.seq(1)) : nil
    }

    /// Whether whoever reads no more than this scope may have what a snapshot holds of a space: all of
    /// it still lives there.
    static func mayRead(
        _ space: SpaceID, of seq: UInt64, _ scope: Scope, _ db: Database
    ) throws -> Bool {
        guard case .spaces(let spaces) = scope else { return true }
        guard space != erased else { return !spaces.isEmpty }
        guard spaces.contains(space) else { return false }
        var row = try FastStatement(
            db, "SELECT 1 FROM formerPlace WHERE space = ? AND untilSeq > ? LIMIT 1")
        row.bind(space.bytes)
        row.bind(seq)
        defer { row.reset() }
        return try !row.step()
    }

    /// The blocks of these spaces and of erased records, those worth most first.
    static func blocks(
        of entry: Entry, in spaces: Scope, _ db: Database
    ) throws -> [Snapshot.Block] {
        var row = try FastStatement(
            db,
            """
            SELECT space, hash, length(content), commits
            FROM snapshotPart JOIN snapshotBlock ON snapshotBlock.id = block
            WHERE snapshot = ? ORDER BY rank, place
            """)
        row.bind(entry.id)
        var blocks: [Snapshot.Block] = []
        while try row.step() {
            let space = try row.id(0)
            guard space == erased || spaces.contains(space) else { continue }
            guard let hash = Digest(bytes: row.bytes(1)) else { throw WireError.malformed }
            blocks.append(
                Snapshot.Block(hash: hash, bytes: Int(row.int(2)), commits: Int(row.int(3))))
        }
        return blocks
    }

    /// A block's bytes, for who reads a scope. Nil when there is none of that name, or none that they
    /// may have now: the two are one.
    static func content(
        of hash: Digest, for scope: Scope, _ db: Database
    ) throws -> [UInt8]? {
        var row = try FastStatement(
            db,
            """
            SELECT space, seq FROM snapshotPart
            JOIN snapshot ON snapshot.id = snapshot
            JOIN snapshotBlock ON snapshotBlock.id = block
            WHERE hash = ? AND isWhole = 1
            """)
        row.bind(hash.bytes)
        var places: [(space: SpaceID, seq: UInt64)] = []
        while try row.step() { places.append((try row.id(0), try row.seq(1))) }
        guard try places.contains(where: { try mayRead($0.space, of: $0.seq, scope, db) }) else {
            return nil
        }
        return try Data.fetchOne(
            db.cachedStatement(sql: "SELECT content FROM snapshotBlock WHERE hash = ?"),
            arguments: [Data(hash.bytes)]
        ).map { Array($0) }
    }

    /// Destroys all of them, also what is being built: something in them was erased. Of the blocks
    /// those stay in which something is packed.
    static func destroy(_ db: Database) throws {
        try db.run("DELETE FROM snapshot")
        try deleteUnusedBlocks(db)
    }

    private static func deleteUnusedBlocks(_ db: Database) throws {
        try db.run(
            """
            DELETE FROM snapshotBlock WHERE id NOT IN (SELECT block FROM snapshotPart)
            AND id NOT IN (SELECT block FROM place WHERE block IS NOT NULL)
            """)
    }
}

extension Snapshots {
    /// Begins a new one. Returns its number.
    static func begin(_ db: Database) throws -> Int64 {
        try db.execute(
            sql: """
                DELETE FROM snapshot WHERE isWhole = 0;
                INSERT INTO snapshot(seq) VALUES (0);
                """)
        return db.lastInsertedRowID
    }

    /// Adds a block to one that is being built. Returns false when something has ended it.
    static func add(
        _ block: Snapshot.Block, _ content: [UInt8], of space: SpaceID, rank: Int, place: Int,
        to id: Int64, _ db: Database
    ) throws -> Bool {
        guard try isBeingBuilt(id, db) else { return false }
        var row = try FastStatement(
            db,
            """
            INSERT INTO snapshotBlock(hash, commits, content) VALUES (?, ?, ?)
            ON CONFLICT(hash) DO NOTHING
            """)
        row.bind(block.hash.bytes)
        row.bind(Int64(block.commits))
        row.bind(content)
        try row.run()
        var part = try FastStatement(
            db,
            """
            INSERT INTO snapshotPart(snapshot, rank, place, space, block)
            VALUES (?, ?, ?, ?, (SELECT id FROM snapshotBlock WHERE hash = ?))
            """)
        part.bind(id)
        part.bind(Int64(rank))
        part.bind(Int64(place))
        part.bind(space.bytes)
        part.bind(block.hash.bytes)
        try part.run()
        return true
    }

    /// From now on it is the newest one. Returns false when something has ended it.
    static func finish(_ id: Int64, upTo seq: UInt64, _ db: Database) throws -> Bool {
        guard try isBeingBuilt(id, db) else { return false }
        try db.run("UPDATE snapshot SET seq = ?, isWhole = 1 WHERE id = ?", [Int64(seq), id])
        try db.execute(
            sql: """
                DELETE FROM snapshot WHERE isWhole = 1 AND id NOT IN (
                    SELECT id FROM snapshot WHERE isWhole = 1 ORDER BY id DESC LIMIT \(keptCount));
                """)
        try deleteUnusedBlocks(db)
        return true
    }

    private static func isBeingBuilt(_ id: Int64, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM snapshot WHERE id = ? AND isWhole = 0)"),
            arguments: [id]) ?? false
    }
}
