import Machines
import Replication
import Store

/// What must be in every notebook at the end, from what each laptop saw when it wrote.
///
/// The law alone, in its plainest form: a value is live unless a write that saw it came in its
/// place. What the oracle knows of a laptop is the dots that it showed at that moment.
struct Oracle {
    /// What is true of one record.
    struct Truth {
        var written: [CellKey: [Dot: Value]] = [:]
        var overwritten: [CellKey: Set<Dot>] = [:]
        /// What each delete had seen.
        var deletes: [Set<Dot>] = []

        /// The values that nothing has come in place of.
        var live: [CellKey: [Dot: Value]] {
            var live: [CellKey: [Dot: Value]] = [:]
            for (cell, writes) in written {
                let dead = overwritten[cell] ?? []
                let left = writes.filter { !dead.contains($0.key) }
                if !left.isEmpty { live[cell] = left }
            }
            return live
        }

        /// The fields that two laptops wrote apart, and differently.
        var conflicts: Set<CellKey> {
            Set(live.filter { $0.key.element == nil && Set($0.value.values).count > 1 }.keys)
        }
    }

    private(set) var records: [RecordKey: Truth] = [:]
    /// Writes that said what was there already, and so were none.
    private(set) var repetitions = 0

    /// Notes what a laptop wrote into a record, in the state that it saw before.
    mutating func note(_ edit: Edit, saw state: RecordState, as dot: Dot?) throws {
        var isWritten = false
        for change in edit.changes {
            let before = records[edit.key] ?? Truth()
            try check(
                Self.isKnown(state, before),
                "A laptop saw a value of \(edit.key.id) that nobody wrote there.")
            isWritten = try note(change, edit.key, state, dot) || isWritten
        }
        try check(isWritten == (dot != nil), "A change of \(edit.key.id) left no commit.")
        if !isWritten { repetitions += 1 }
    }

    private mutating func note(
        _ change: Change, _ key: RecordKey, _ state: RecordState, _ dot: Dot?
    ) throws -> Bool {
        switch change {
        case .set(let field, _, let value):
            let cell = CellKey(field: field)
            let seen = state[cell]?.live ?? []
            if !seen.isEmpty, seen.allSatisfy({ $0.value == value }) { return false }
            guard let dot else { throw BenchError("A write of \(key.id) got no dot.") }
            records[key, default: Truth()].written[cell, default: [:]][dot] = value
            records[key]?.overwritten[cell, default: []].formUnion(seen.map(\.dot))
        case .insert(let field, let value):
            guard let dot else { throw BenchError("A write of \(key.id) got no dot.") }
            let cell = CellKey(field: field, element: value)
            records[key, default: Truth()].written[cell, default: [:]][dot] = value
        case .delete:
            let seen = state.cells.flatMap { $0.live.map(\.dot) }
            records[key, default: Truth()].deletes.append(Set(seen))
        case .remove, .move, .restore, .write:
            throw BenchError("The workload has no such change.")
        }
        return true
    }

    /// Whether everything that a laptop shows was written by somebody.
    private static func isKnown(_ state: RecordState, _ truth: Truth) -> Bool {
        state.cells.allSatisfy { cell in
            cell.key.isCommon
                || cell.live.allSatisfy { truth.written[cell.key]?[$0.dot] == $0.value }
        }
    }
}

extension CellKey {
    /// Life and space: every kind has them, and other laws hold for them.
    var isCommon: Bool { field < CommonField.firstOfKind }
}
