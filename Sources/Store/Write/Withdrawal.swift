import GRDB
import Replication

/// Taking back what refused commits have written here.
///
/// What a hub refuses is nobody's, and yet it stands in the cells of who wrote it. It is seen there
/// until the hub has sent its record whole, which says what would be there without it. What was refused
/// for something that the hub has lost stays: it may yet be given back.
struct Withdrawal {
    private let refused: [RefusedCommits.One]
    /// What was refused for something that the hub has lost: it may have left, and is not lost with that.
    private let lost: [Commit]
    /// Whether the record was made about somebody whom others have erased.
    private let isOfErased: Bool
    private let rowID: Int64?
    private let db: Database

    /// Of a record: by this device, and by those in whose place it has come.
    init(from key: RecordKey, in transaction: Transaction) throws {
        let unsettled = try transaction.refusedCommits.on(key).filter { !$0.isSettled }
        let areLost = try unsettled.map { try transaction.isOfLost($0) }
        self.init(
            of: zip(unsettled, areLost).filter { !$1 }.map(\.0),
            sparing: zip(unsettled, areLost).filter(\.1).map(\.0),
            rowID: try transaction.read { try Records.find(key, $0)?.rowID }, transaction.db)
    }

    init(
        of refused: [RefusedCommits.One], sparing lost: [RefusedCommits.One] = [], rowID: Int64?,
        _ db: Database
    ) {
        self.refused = refused
        self.lost = lost.map(\.commit)
        isOfErased = refused.contains(where: \.isOfErased)
        self.rowID = rowID
        self.db = db
    }

    /// The state as it is without what was refused.
    func applied(to state: RecordState) throws -> RecordState {
        guard !isOfErased else { return RecordState() }
        var state = state
        for commit in lost { state.apply(commit) }
        if !refused.isEmpty {
            state.withdraw(
                refused.map(\.commit), history: try history().map { Died($0.cell, $0.write) })
        }
        return state
    }

    /// Takes out of the record's history what was refused, and what is live again.
    func finish(_ state: RecordState) throws {
        guard !refused.isEmpty, let rowID else { return }
        let dots = Set(refused.map(\.commit.dot))
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

extension RefusedCommits.One {
    /// Whether it made its record, and was refused since others had erased whom that is about. Nothing
    /// is left of one that made it.
    fileprivate var isOfErased: Bool {
        rule == "erased" && (commit.writes.isEmpty || commit.makesRecord)
    }
}
