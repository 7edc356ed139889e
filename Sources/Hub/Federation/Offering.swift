import GRDB
import Replication
import Store

/// Finds what a peer may have of the log after its cursor: the names of commits, not the commits,
/// since it may have them from somebody else.
struct Offering {
    let scope: PeerScope
    /// Where the peer stands in this hub's log.
    let cursor: Replication.Cursor
    /// The hub's clock, in milliseconds since 1970.
    let milliseconds: UInt64
    let db: Database

    /// Rows that are looked at for one offer, and commits that end it.
    private static let pageRows = 20_000
    private static let pageCommits = Limits.offeredCommits / 4

    struct Page {
        var runs: [PeerMessage.Runs]
        var end: UInt64
        var more: Bool
    }

    func page() throws -> Page {
        guard !scope.spaces.isEmpty else {
            return Page(runs: [], end: cursor.lowest, more: false)
        }
        var seqs: [DeviceID: [Seq]] = [:]
        var whole: Set<RecordKey> = []
        var places = Places(db, at: milliseconds)
        var (rows, count) = (0, 0)
        var end = cursor.lowest
        var more = false
        func add(_ dot: Dot) {
            seqs[dot.device, default: []].append(dot.seq)
            count += 1
        }
        let packed = PackedBlocks(db)
        try HubLog.forEach(after: cursor.lowest, packed, db) { row in
            guard rows < Self.pageRows, count < Self.pageCommits else {
                more = true
                return false
            }
            if let key = try entering(row, &places) {
                if whole.insert(key).inserted {
                    for content in try HubLog.contents(on: key, packed, db) {
                        add(content.commit.dot)
                    }
                }
            } else if let content = row.content {
                if scope.entersLate(content), whole.insert(content.commit.key).inserted {
                    let contents = try HubLog.contents(on: content.commit.key, packed, db)
                    for content in contents where try scope.shows(content, &places) {
                        add(content.commit.dot)
                    }
                } else if try isNews(row.end.seq, content, &places) {
                    add(content.commit.dot)
                }
            }
            rows += 1
            end = row.end.seq
            return true
        }
        let runs = seqs.sorted { $0.key < $1.key }.map {
            PeerMessage.Runs(device: $0.key, seqs: SeqRuns($0.value))
        }
        return Page(runs: runs, end: end, more: more)
    }

    private func entering(_ row: HubLog.Row, _ places: inout Places) throws -> RecordKey? {
        if let key = row.announced { return try scope.isShared(key, &places) ? key : nil }
        guard let content = row.content, try scope.enters(content, &places) else { return nil }
        return content.commit.key
    }

    private func isNews(
        _ seq: UInt64, _ content: HubLog.Row.Content, _ places: inout Places
    ) throws -> Bool {
        guard try scope.shows(content, &places) else { return false }
        // What went elsewhere while a space was not agreed is told when it is again.
        guard let space = try places.place(of: content.commit.key)?.space,
            scope.spaces.contains(space)
        else { return true }
        return seq > cursor.position(of: space)
    }
}
