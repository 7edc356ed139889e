import GRDB
import Replication

/// Taking back what refused commits have written here.
///
/// What a hub refuses is nobody's, and yet it stands in the cells of who wrote it. It is seen there
/// until the hub has sent its record whole, which says what would be there without it. What was refused
/// for something that the hub has lost stays: it may yet be given back.
struct Withdrawal {
    private let commits: [Commit]
    /// Whether something of it was refused because others have erased it, or whom it is about.
    private let isOfErased: Bool
    private let rowID: Int64?
    private let db: Database

    /// Of a record: by this device, and by those in whose place it has come.
    init(from key: RecordKey, in transaction: Transaction) throws {
        let refused = try transaction.refusedCommits.on(key)
            .filter { try !transaction.isOfLost($0) }
        commits = refused.map(\.commit)
        isOfErased = refused.contains { $0.rule == "erased" }
        rowID = try transaction.read { try Records.find(key, $0)?.rowID }
        db = transaction.db
    }

    /// The state as it is without what was refused.
    func applied(to state: RecordState) throws -> RecordState {
        guard !isOfErased else { return RecordState() }
        guard !commits.isEmpty else { return state }
        var state = state
        state.withdraw(commits, history: try history().map { Died($0.cell, $0.write) })
        return state
    }

    /// Takes out of the record's history what was refused, and what is live again.
    func finish(_ state: RecordState) throws {
        guard !commits.isEmpty, let rowID else { return }
        let dots = Set(commits.map(\.dot))
        for entry in try history() {
            let live = state[entry.cell]?.live ?? []
            let isLive = live.contains { $0.dot == entry.write.dot }
            if isLive || dots.contains(entry.write.dot) {
                try History.remove(entry, of: rowID, db)
            }
        }
    }

    private func history() throws -> [HistoryEntry] {
        try rowID.map { try History.dead(of: $0, db) } ?? []
    }
}
