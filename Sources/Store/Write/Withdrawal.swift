import Foundation
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
    init(from key: RecordKey, by device: DeviceID, _ db: Database) throws {
        rowID = try Records.find(key, db)?.rowID
        let refused = try Self.refused(on: key, of: device, db)
        commits = refused.map(\.commit)
        isOfErased = refused.contains { $0.rule == "erased" }
        self.db = db
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

    /// Notes that a commit was refused for something that the hub has lost.
    static func spare(_ dot: Dot, _ db: Database) throws {
        try db.run(
            "UPDATE refusal SET isOfLost = 1 WHERE device = ? AND seq = ?",
            [Int64(bitPattern: dot.device.rawValue), Int64(dot.seq)])
    }

    private static func refused(
        on key: RecordKey, of device: DeviceID, _ db: Database
    ) throws -> [(commit: Commit, rule: String)] {
        try ["log USING (seq) WHERE device =", "formerLog USING (device, seq) WHERE device <>"]
            .flatMap { log in
                var row = try FastStatement(
                    db,
                    """
                    SELECT \(OwnLog.columns), device, rule FROM refusal JOIN \(log) ?
                    AND record = ? AND kind = ? AND isOfLost = 0
                    """)
                row.bind(device.rawValue)
                row.bind(key.id.bytes)
                row.bind(Int64(key.kind))
                var refused: [(commit: Commit, rule: String)] = []
                while try row.step() {
                    let device = DeviceID(rawValue: row.unsigned(9))
                    refused.append((try OwnLog.row(row, device).commit, row.text(10)))
                }
                return refused
            }
    }
}
