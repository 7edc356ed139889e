import GRDB
import Notebook
import Replication
import Store
import Synchronization

/// Builds a snapshot: reads the log as it is at one moment, record by record, and stores block after
/// block. Pushes go on meanwhile: it holds the lock only for as long as one block takes to store.
struct SnapshotBuilder {
    let hub: Hub

    /// A block ends after this many bytes, what a slow line gets through in a minute or so, or after
    /// as many commits as the hub's `pageSize` says.
    private static let blockBytes = 512 << 10

    /// Something ended what was being built: an erasure, or another builder.
    private struct Ended: Error {}

    /// Returns whether there is a new snapshot now.
    func build() throws -> Bool {
        let id = try hub.write { try Snapshots.begin($0) }
        // From here on an erasure ends it; what was erased before, the log no longer has.
        let log = try hub.file.openedOnceMore()
        do {
            let end = try log.read { db in
                try store(db, as: id)
                return try HubLog.end(db)
            }
            return try hub.write { try Snapshots.finish(id, upTo: end.seq, $0) }
        } catch is Ended {
            return false
        }
    }

    private func store(_ db: Database, as id: Int64) throws {
        var place = 0
        let packed = PackedBlocks(db)
        for (space, keys) in try spaces(db) {
            var blocks = (0..<2).map { _ in Draft() }
            for key in keys {
                let commits = try HubLog.contents(on: key, packed, db)
                let rank = Self.isOfTheFirstDay(key, commits) ? 0 : 1
                blocks[rank].append(commits)
                guard blocks[rank].isFull(after: key, hub.pageSize) else { continue }
                try store(&blocks[rank], of: space, rank, &place, as: id)
            }
            // What is little goes together.
            if blocks[0].bytes + blocks[1].bytes < Self.blockBytes,
                blocks[0].commits.count + blocks[1].commits.count < hub.pageSize.blockCommits
            {
                blocks[0].append(blocks[1])
                blocks[1] = Draft()
            }
            for rank in blocks.indices {
                try store(&blocks[rank], of: space, rank, &place, as: id)
            }
        }
    }

    private func store(
        _ draft: inout Draft, of space: SpaceID, _ rank: Int, _ place: inout Int, as id: Int64
    ) throws {
        guard !draft.commits.isEmpty else { return }
        let (block, content) = Snapshot.Block.make(draft.commits)
        let isStored = try hub.write { db in
            try Snapshots.add(block, content, of: space, rank: rank, place: place, to: id, db)
        }
        guard isStored else { throw Ended() }
        place += 1
        draft = Draft()
    }

    /// Every record by its space, in ascending order of id; small spaces first. Those that nobody
    /// here reads, because another congregation has taken them, are in none.
    private func spaces(_ db: Database) throws -> [(SpaceID, [RecordKey])] {
        var places = Places(db, at: hub.milliseconds)
        var spaces: [SpaceID: [RecordKey]] = [:]
        var row = try FastStatement(
            db, "SELECT space, kind, record, erased FROM place ORDER BY record, kind")
        while try row.step() {
            let isErased = row.int(3) == 1
            let space = isErased ? Snapshots.erased : try row.id(0)
            let key = RecordKey(try row.number(1), try row.id(2))
            if try !isErased && places.isForeign(key) { continue }
            spaces[space, default: []].append(key)
        }
        return spaces.sorted { ($0.value.count, $0.key) < ($1.value.count, $1.key) }
            .map { ($0.key, $0.value) }
    }

    /// Whether a laptop is of no use without it: who and where people are, and what is open.
    private static func isOfTheFirstDay(_ key: RecordKey, _ commits: [HubLog.Row.Content]) -> Bool {
        switch key.kind {
        case OneToOne.kind.number: OneToOne.isOpen(state(commits))
        case Commitment.kind.number: Commitment.isOpen(state(commits))
        default:
            [Person.kind, Turf.kind, Institution.kind, Member.kind].map(\.number)
                .contains(key.kind)
        }
    }

    private static func state(_ commits: [HubLog.Row.Content]) -> RecordState {
        commits.reduce(into: RecordState()) { $0.apply($1.commit) }
    }

    /// A block that grows.
    private struct Draft {
        private(set) var commits: [Commit] = []
        private(set) var bytes = 0

        mutating func append(_ contents: [HubLog.Row.Content]) {
            for content in contents {
                commits.append(content.commit)
                bytes += content.bytes
            }
        }

        mutating func append(_ other: Draft) {
            commits += other.commits
            bytes += other.bytes
        }

        /// Past half its size a block ends where the last record's id says so: what changes in one
        /// block leaves the others as they are, and nobody has to fetch them again.
        func isFull(after key: RecordKey, _ size: PageSize) -> Bool {
            let isLarge = bytes >= blockBytes || commits.count >= size.blockCommits
            let isHalf = bytes >= blockBytes / 2 || commits.count >= size.blockCommits / 2
            return isLarge || isHalf && key.id.rawValue % 64 == 0
        }
    }
}

extension Hub {
    /// How many entries are read from the log as quickly as from a snapshot: a page of it.
    private static let fewEntries = UInt64(PageSize.commits)

    /// Builds a snapshot when the log has grown enough since the last one: by day by a quarter, at
    /// night by anything. Returns whether there is a new one.
    @discardableResult
    func renewSnapshot(isNight: Bool) throws -> Bool {
        try snapshots.withLock { _ in
            guard try isSnapshotOld(isNight: isNight), !gauge.isLow(at: folder.path) else {
                return false
            }
            return try SnapshotBuilder(hub: self).build()
        }
    }

    private func isSnapshotOld(isNight: Bool) throws -> Bool {
        let (end, last) = try read { (try HubLog.end($0).seq, try Snapshots.newest($0)?.seq ?? 0) }
        let enough = isNight ? 1 : end / 4
        return end >= Self.fewEntries && end - min(end, last) >= enough
    }

    /// Builds one now, however small the log is.
    @discardableResult
    package func buildSnapshot() throws -> Bool {
        try snapshots.withLock { _ in try SnapshotBuilder(hub: self).build() }
    }
}
