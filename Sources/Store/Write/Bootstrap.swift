import GRDB
package import Replication

/// A block of the hub's snapshot that has yet to be taken in.
package struct DueBlock: Sendable {
    package let block: Snapshot.Block
    /// What has come of it.
    package let part: [UInt8]
    /// How far the notebook is once it has this block.
    package let progress: BootstrapProgress
}

/// How far the fetching of a snapshot has got, in commits.
package struct BootstrapProgress: Sendable, Equatable {
    package let stored: Int
    package let all: Int
}

extension Store {
    /// The next block to fetch; nil when none is due.
    package func dueBlock() throws -> DueBlock? { try dueBlocks(of: 1, after: 0).first }

    /// The next blocks to fetch, as many as one transaction takes in: one until `enough` commits are
    /// here, so that the notebook is of use soon; then up to `mostCommits`.
    package func dueBlocks(of mostCommits: Int, after enough: Int) throws -> [DueBlock] {
        try read { db in
            var row = try FastStatement(
                db,
                """
                SELECT hash, bytes, commits, part,
                    (SELECT sum(commits) FROM snapshotBlock WHERE isStored = 1),
                    (SELECT sum(commits) FROM snapshotBlock)
                FROM snapshotBlock WHERE isStored = 0 ORDER BY place
                """)
            defer { row.reset() }
            var due: [DueBlock] = []
            var commits = 0
            while try row.step() {
                let block = try row.block()
                commits += block.commits
                let isOfUse = Int(row.int(4)) >= enough
                guard due.isEmpty || isOfUse && commits <= mostCommits else { break }
                due.append(
                    DueBlock(
                        block: block, part: row.bytes(3),
                        progress: BootstrapProgress(
                            stored: Int(row.int(4)) + commits, all: Int(row.int(5)))))
            }
            return due
        }
    }
}

extension Transaction {
    /// Notes what a snapshot consists of. Blocks that are here already, or in part, are not fetched
    /// again.
    func begin(_ snapshot: Snapshot) throws {
        let known = try knownBlocks()
        try db.run("DELETE FROM snapshotBlock")
        for block in snapshot.blocks {
            let (part, isStored) = known[block.hash] ?? ([], 0)
            var row = try FastStatement(
                db,
                """
                INSERT OR IGNORE INTO snapshotBlock(hash, bytes, commits, part, isStored)
                VALUES (?, ?, ?, ?, ?)
                """)
            row.bind(block.hash.bytes)
            row.bind(Int64(block.bytes))
            row.bind(Int64(block.commits))
            row.bind(part)
            row.bind(isStored)
            try row.run()
        }
        meta.snapshot = Snapshot(seq: snapshot.seq, cursor: snapshot.cursor, blocks: [])
        try goOnIfAllIsStored()
    }

    private func knownBlocks() throws -> [Digest: (part: [UInt8], isStored: Int64)] {
        var known: [Digest: ([UInt8], Int64)] = [:]
        var row = try FastStatement(db, "SELECT hash, part, isStored FROM snapshotBlock")
        while try row.step() {
            guard let hash = Digest(bytes: row.bytes(0)) else { throw WireError.malformed }
            known[hash] = (row.bytes(1), row.int(2))
        }
        return known
    }

    /// Keeps what has come of a block, to go on from there.
    package func keep(_ part: [UInt8], of block: Snapshot.Block) throws {
        try set(block, part: part, isStored: false)
    }

    /// Takes a block's commits in, on the one path of all commits. With the last block the notebook
    /// stands at the snapshot's end. Does nothing when another program has been quicker.
    package func take(_ commits: [Commit], of block: Snapshot.Block) throws -> Received {
        var received = Received()
        guard try isDue(block) else { return received }
        for commit in commits {
            try merge(commit)
            try noteMove(in: commit)
        }
        received.commits = commits.count
        try set(block, part: [], isStored: true)
        try goOnIfAllIsStored()
        return received
    }

    /// The hub no longer has what it offered. What is stored stays; the hub is told of it, and what
    /// has left since leaves here too.
    package func giveUpSnapshot() throws {
        try db.run("DELETE FROM snapshotBlock WHERE isStored = 0")
    }

    /// Forgets the snapshot: the log goes on without it.
    func endSnapshot() throws {
        guard meta.snapshot != nil else { return }
        meta.snapshot = nil
        try db.run("DELETE FROM snapshotBlock")
    }

    private func goOnIfAllIsStored() throws {
        let isDue = try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM snapshotBlock WHERE isStored = 0)"))
        guard let snapshot = meta.snapshot, isDue == false else { return }
        try endSnapshot()
        meta.cursor = snapshot.cursor
    }

    private func isDue(_ block: Snapshot.Block) throws -> Bool {
        var row = try FastStatement(
            db, "SELECT 1 FROM snapshotBlock WHERE hash = ? AND isStored = 0")
        row.bind(block.hash.bytes)
        defer { row.reset() }
        return try row.step()
    }

    private func set(_ block: Snapshot.Block, part: [UInt8], isStored: Bool) throws {
        var row = try FastStatement(
            db, "UPDATE snapshotBlock SET part = ?, isStored = ? WHERE hash = ? AND isStored = 0")
        row.bind(part)
        row.bind(isStored ? 1 : 0 as Int64)
        row.bind(block.hash.bytes)
        try row.run()
    }
}

extension FastStatement {
    fileprivate func block() throws -> Snapshot.Block {
        guard let hash = Digest(bytes: bytes(0)), let size = Int(exactly: int(1)),
            let commits = Int(exactly: int(2)), size >= 0, commits >= 0
        else { throw WireError.malformed }
        return Snapshot.Block(hash: hash, bytes: size, commits: commits)
    }
}
