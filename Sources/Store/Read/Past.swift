import GRDB
import Replication

extension Store {
    /// A store in memory that holds what had been written up to a moment (milliseconds since 1970).
    ///
    /// Of each cell it has the write that was shown: of the writes up to then, those that have been
    /// overwritten since included, the one that wins. What overwrites a value is stamped later than
    /// it, so that the winner was not overwritten by then. What stood beside it is there too when it
    /// stands to this day. What had been overwritten is its history.
    package func asKnown(upTo milliseconds: UInt64, environment: Environment) throws -> Store {
        let past = try Store(path: nil, schema: schema, environment: environment)
        try read { db in
            try past.write { transaction in
                try Past(upTo: milliseconds).copy(from: db, to: transaction)
            }
        }
        return past
    }
}

/// Records without what was written after a moment.
private struct Past {
    private let end: UInt64

    init(upTo milliseconds: UInt64) {
        end = milliseconds
    }

    func copy(from db: Database, to transaction: Transaction) throws {
        let allDead = try self.dead(db)
        var row = try FastStatement(
            db, "SELECT rowid, kind, id, state FROM record ORDER BY id, kind")
        while try row.step() {
            let state = try RecordState(encoded: row.bytes(3))
            let dead = allDead[row.int(0)] ?? []
            let then = self.state(state, with: dead)
            guard !then.cells.isEmpty else { continue }
            try transaction.edit(RecordKey(try row.number(1), try row.id(2))) {
                $0.merge(then) + overwritten(dead, in: then)
            }
        }
    }

    /// What had been written up to the moment and was overwritten since, or before.
    private func dead(_ db: Database) throws -> [Int64: [HistoryEntry]] {
        var dead: [Int64: [HistoryEntry]] = [:]
        var row = try FastStatement(db, "SELECT DISTINCT record FROM history ORDER BY record")
        var records: [Int64] = []
        while try row.step() { records.append(row.int(0)) }
        for record in records {
            let entries = try History.dead(of: record, db).filter { isKnown($0.write) }
            if !entries.isEmpty { dead[record] = entries }
        }
        return dead
    }

    private func isKnown(_ write: Write) -> Bool { write.effective.milliseconds <= end }

    private func state(_ state: RecordState, with dead: [HistoryEntry]) -> RecordState {
        var live: [CellKey: [Write]] = [:]
        for cell in state.cells { live[cell.key] = cell.live.filter(isKnown) }
        var all = live
        for entry in dead { all[entry.cell, default: []].append(entry.write) }
        let cells = all.compactMap { key, writes -> Cell? in
            guard let winner = Cell(key: key, live: writes).winner else { return nil }
            // What still stands today has stood ever since it was written.
            let others = (live[key] ?? []).filter { $0.dot != winner.dot }
            let standing = (others + [winner]).sorted { $0.dot < $1.dot }
            return Cell(key: key, live: standing, dead: seenByDeletes(key, state, standing))
        }
        return RecordState(cells: cells.sorted { $0.key < $1.key })
    }

    /// Those of the dead writes that were dead then.
    private func overwritten(_ dead: [HistoryEntry], in then: RecordState) -> [Died] {
        dead.filter { entry in
            then[entry.cell]?.live.allSatisfy { $0.dot != entry.write.dot } ?? true
        }.map { Died($0.cell, $0.write) }
    }

    /// What deletes have seen: the record's life needs it.
    private func seenByDeletes(_ key: CellKey, _ state: RecordState, _ live: [Write]) -> [Dot] {
        guard key.field == CommonField.life else { return [] }
        return (state[key]?.dead ?? []).filter { dot in live.allSatisfy { $0.dot != dot } }
    }
}
