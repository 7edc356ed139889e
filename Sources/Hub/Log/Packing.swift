import Foundation
import GRDB
import Replication
import Store
import Synchronization

/// Packs the log: of what every laptop and every other hub has read, and the newest snapshot holds,
/// the snapshot's blocks are all that is kept of payloads. Nothing is forgotten: who reads so far back
/// all the same, reads the blocks.
///
/// It holds the lock only for as long as one block takes, and may be cut off anywhere.
struct Packing {
    let hub: Hub

    /// Pages that are given back to the disk in one go.
    private static let pagesAtOnce = 2000

    /// Returns how many commits were packed.
    func run() throws -> Int {
        let (snapshot, floor) = try hub.read { db in
            (try Snapshots.newest(db), try Self.floor(at: hub.milliseconds, db))
        }
        guard let snapshot, min(floor, snapshot.seq) > 0 else { return 0 }
        var packed = 0
        for block in try hub.read({ try Self.blocks(of: snapshot, $0) }) {
            packed += try hub.write { db in
                try pack(block, of: snapshot, upTo: min(floor, snapshot.seq), db)
            }
        }
        for block in try hub.read(Self.mixed) {
            try hub.write { try Self.strip(block, $0) }
        }
        while try hub.file.giveBack(pages: Self.pagesAtOnce) {}
        return packed
    }

    /// Up to where everybody has read who has been here within a month. Who has not needs a new
    /// invitation anyway.
    static func floor(at milliseconds: UInt64, _ db: Database) throws -> UInt64 {
        let since = milliseconds - min(milliseconds, HubDevice.lapseMilliseconds)
        let devices = try HubDevice.all(db).filter { $0.revoked == nil && $0.lastSeen > since }
        let peers = try Peer.all(db).filter { ($0.lastMet ?? $0.added) > since }
        let end = try HubLog.end(db).seq
        return (devices.map(\.storedSeq) + peers.map { $0.given?.lowest ?? 0 }).min() ?? end
    }

    private static func blocks(of snapshot: Snapshots.Entry, _ db: Database) throws -> [Int64] {
        try Int64.fetchAll(
            db.cachedStatement(
                sql: "SELECT block FROM snapshotPart WHERE snapshot = ? ORDER BY rank, place"),
            arguments: [snapshot.id])
    }

    private static func mixed(_ db: Database) throws -> [Int64] {
        try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT id FROM snapshotBlock WHERE isMixed = 1"))
    }

    /// Points every record of a block to it, and takes out of the log what the block has.
    private func pack(
        _ block: Int64, of snapshot: Snapshots.Entry, upTo floor: UInt64, _ db: Database
    ) throws -> Int {
        // An erasure may have destroyed the snapshot meanwhile, and another one be newer.
        guard try Snapshots.newest(db)?.id == snapshot.id else { return 0 }
        let byRecord = Dictionary(grouping: try PackedBlocks.contents(of: block, db), by: \.key)
        var seqs: [UInt64] = []
        for (key, commits) in byRecord.sorted(by: { $0.key < $1.key }) {
            try point(key, to: block, db)
            seqs += try packable(commits, of: key, upTo: floor, db)
        }
        try Self.noteUnmixed(block, db)
        try shrink(seqs.sorted(), db)
        return seqs.count
    }

    private static func noteUnmixed(_ block: Int64, _ db: Database) throws {
        try db.run("UPDATE snapshotBlock SET isMixed = 0 WHERE id = ? AND isMixed = 1", [block])
    }

    private func point(_ key: RecordKey, to block: Int64, _ db: Database) throws {
        let old = try PackedBlocks.block(of: key, db)
        guard old != block else { return }
        if let old {
            try db.run("UPDATE snapshotBlock SET isMixed = 1 WHERE id = ?", [old])
        }
        var row = try FastStatement(
            db, "UPDATE place SET block = ? WHERE record = ? AND kind = ?")
        row.bind(block)
        row.bind(key.id.bytes)
        row.bind(Int64(key.kind))
        try row.run()
    }

    /// The places of a record's commits that the block has byte by byte.
    private func packable(
        _ commits: [Commit], of key: RecordKey, upTo floor: UInt64, _ db: Database
    ) throws -> [UInt64] {
        let packed = commits.byDot
        var row = try FastStatement(
            db,
            """
            SELECT seq, device, deviceSeq, payload, author, act FROM log
            WHERE record = ? AND kind = ? AND seq <= ? AND payload IS NOT NULL
            """)
        row.bind(key.id.bytes)
        row.bind(Int64(key.kind))
        row.bind(floor)
        var seqs: [UInt64] = []
        while try row.step() {
            let dot = Dot(DeviceID(rawValue: row.unsigned(1)), try row.seq(2))
            guard let commit = packed[dot], commit.author.bytes == row.bytes(4),
                commit.transaction == row.unsigned(5),
                Payload.encode(commit.writes) == row.bytes(3)
            else { continue }
            seqs.append(try row.seq(0))
        }
        return seqs
    }

    /// Writes rows anew without what is packed. All are deleted first: only then are pages that have got
    /// emptier put together.
    private func shrink(_ seqs: [UInt64], _ db: Database) throws {
        guard !seqs.isEmpty else { return }
        let columns = """
            seq, device, deviceSeq, act, digest, mark, stamp, effective, kind, record, salt, \
            space, origin
            """
        let selection = try db.cachedStatement(sql: "SELECT \(columns) FROM log WHERE seq = ?")
        let rows = try seqs.compactMap {
            try Row.fetchOne(selection, arguments: [Int64($0)]).map {
                StatementArguments($0.databaseValues)
            }
        }
        let deletion = try db.cachedStatement(sql: "DELETE FROM log WHERE seq = ?")
        for seq in seqs { try deletion.execute(arguments: [Int64(seq)]) }
        let insertion = try db.cachedStatement(
            sql: """
                INSERT INTO log(\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for row in rows { try insertion.execute(arguments: row) }
    }
}

extension Hub {
    /// Packs what may be of the log. Returns how many commits were.
    @discardableResult
    package func packLog() throws -> Int {
        let packing = Packing(hub: self)
        let count = try snapshots.withLock { _ in try packing.run() }
        try packing.rewriteIfDue()
        return count
    }
}

extension Packing {
    /// Takes erased records out of every block that may have them, and has the file written anew at
    /// night: pages that have been rearranged may hold what was on them once.
    static func erase(_ keys: Set<RecordKey>, _ db: Database) throws {
        try Snapshots.destroy(db)
        var blocks = Set(try mixed(db))
        for key in keys.sorted() {
            if let own = try PackedBlocks.block(of: key, db) { blocks.insert(own) }
            try db.run(
                "UPDATE place SET block = NULL WHERE record = ? AND kind = ?",
                [Data(key.id.bytes), Int64(key.kind)])
        }
        for block in blocks.sorted() { try strip(block, db) }
        try HubSettings.set(rewrite, "yes", db)
    }

    private static let rewrite = "rewrite"

    /// Writes the file anew if something was erased since that was last done.
    func rewriteIfDue() throws {
        guard try hub.read({ try HubSettings.value(Self.rewrite, $0) }) != nil else { return }
        try hub.file.vacuum()
        try hub.write { try HubSettings.clear(Self.rewrite, $0) }
    }

    /// Leaves in a block what is packed in it and in no other.
    private static func strip(_ block: Int64, _ db: Database) throws {
        // An erasure may have taken it since it was found to be mixed.
        guard let hash = try hash(of: block, db) else { return }
        let commits = try PackedBlocks.contents(of: block, db)
        var owners: [RecordKey: Int64?] = [:]
        for key in Set(commits.map(\.key)) { owners[key] = try PackedBlocks.block(of: key, db) }
        let own = commits.filter { owners[$0.key] == block }
        guard !own.isEmpty else {
            return try db.run(
                """
                DELETE FROM snapshotBlock WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM snapshotPart WHERE block = ?1)
                """, [block])
        }
        guard try !isOffered(block, db) else { return }
        let (named, content) = Snapshot.Block.make(own)
        guard named.hash != hash else { return try noteUnmixed(block, db) }
        // Another block may have just that.
        var other = try FastStatement(db, "SELECT id FROM snapshotBlock WHERE hash = ?")
        other.bind(named.hash.bytes)
        defer { other.reset() }
        if try other.step() { return try replace(block, with: other.int(0), db) }
        try db.run(
            """
            UPDATE snapshotBlock SET hash = ?, commits = ?, content = ?, isMixed = 0
            WHERE id = ?
            """, [Data(named.hash.bytes), named.commits, Data(content), block])
    }

    private static func replace(_ block: Int64, with other: Int64, _ db: Database) throws {
        try db.run("UPDATE place SET block = ? WHERE block = ?", [other, block])
        try db.run("DELETE FROM snapshotBlock WHERE id = ?", [block])
    }

    private static func hash(of block: Int64, _ db: Database) throws -> Digest? {
        var row = try FastStatement(db, "SELECT hash FROM snapshotBlock WHERE id = ?")
        row.bind(block)
        defer { row.reset() }
        return try row.step() ? Digest(bytes: row.bytes(0)) : nil
    }

    /// Whether an older snapshot, which somebody may be in the middle of, has it too. It goes with that
    /// one.
    private static func isOffered(_ block: Int64, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM snapshotPart WHERE block = ?)"),
            arguments: [block]) ?? false
    }
}
