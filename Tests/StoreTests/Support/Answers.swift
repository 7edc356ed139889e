import Replication
import Store

extension Replication.Cursor {
    /// A test hub's cursor for these spaces; for all of them when none is named.
    static func hub(_ seq: UInt64, _ spaces: SpaceID...) -> Self {
        let ids = spaces.isEmpty ? [Space.all] : spaces
        return Replication.Cursor(
            hub: DeviceID(rawValue: 0xB), epoch: Epoch(rawValue: 1),
            positions: Dictionary(uniqueKeysWithValues: ids.map { ($0, seq) }))
    }
}

extension Store {
    @discardableResult
    func receive(_ answer: SyncAnswer) throws -> Received {
        try write { try $0.receive(answer) }
    }

    /// A hub's answer that acknowledges all that is here, unless told how much.
    func answer(
        _ cursor: Replication.Cursor = .hub(1), acknowledging head: ChainHead? = nil,
        refused: [Refusal] = [], lowered: [Lowered] = [], entries: [Commit] = [],
        leave: [RecordKey] = [], enter: [RecordKey] = []
    ) throws -> SyncAnswer {
        SyncAnswer(
            cursor: cursor, acknowledged: try head ?? meta().head, refused: refused,
            lowered: lowered, entries: entries.map { .commit($0) }, leave: leave, enter: enter)
    }
}
