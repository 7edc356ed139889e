package import Replication
import Store

/// A field that two people wrote apart: both values, who wrote each, and when.
package struct Conflict: Sendable {
    package let key: RecordKey
    package let title: Title
    package let field: String
    /// The one that is shown first; numbered from 1 for people.
    package let values: [ConflictValue]
    let cell: CellKey
    /// By which its values were written: all that an older program knows of a field of a newer one.
    let rule: MergeRule
}

package struct ConflictValue: Sendable {
    package let value: Value
    package let by: String
    /// Milliseconds since 1970.
    package let at: UInt64
}

extension Notebook {
    /// Everything that waits for a person to settle it.
    package func conflicts() throws -> [Conflict] {
        try store.read { db in
            let found = try Records.inConflict(db)
            guard !found.isEmpty else { return [] }
            let names = try Names(db)
            let people = try SamePeople(db)
            return try found.flatMap { key, state in
                let title = try Titles(people, db, today).title(of: key, state)
                return try state.conflicts.filter { Self.isToSettle($0, of: key.kind) }.map {
                    cell in
                    let past = try History.entries(of: key, db).filter { $0.cell == cell }
                    let rivals = state.rivals(in: cell)
                    let values = try rivals.map { rival in
                        let write = past.origin(of: rival, beside: rivals)
                        return ConflictValue(
                            value: write.value, by: try names.name(of: write.author, db),
                            at: write.effective.milliseconds)
                    }
                    return Conflict(
                        key: key, title: title, field: Kinds.fieldName(cell.field, of: key.kind),
                        values: values, cell: cell, rule: state[cell]?.winner?.rule ?? .keep)
                }
            }
        }
    }

    /// How a conflict is settled: by one of its values, counted from 1, or by another one.
    package enum Settlement: Sendable {
        case take(Int)
        case value(Value)
    }

    /// Settles one field of a record by a write that names all its values. The field may be named in
    /// people's words.
    package func settle(_ record: RecordKey, field: String, _ settlement: Settlement) throws {
        let conflict = try findConflict(field, in: record)
        let change = try change(for: conflict, settlement)
        guard case .move(let space) = change, record.kind == Person.kind.number else {
            try commit([Edit(record, [change])])
            return
        }
        try assign([record.id], to: space)
    }

    /// What hangs on a person goes where the person goes: nobody is asked about it.
    package static func isToSettle(_ cell: CellKey, of kind: Kind) -> Bool {
        cell.field != CommonField.space || !Kinds.isFollower(kind)
    }

    private func change(for conflict: Conflict, _ settlement: Settlement) throws -> Change {
        let value: Value
        switch settlement {
        case .take(let number):
            guard conflict.values.indices.contains(number - 1) else {
                throw NotebookError.noSuchChoice(number, of: conflict.values.count)
            }
            value = conflict.values[number - 1].value
        case .value(let other):
            try FieldRules.checkDecided(other, conflict.cell.field, of: conflict.key.kind)
            try FieldRules.check(other, conflict.cell.field, of: conflict.key.kind)
            value = other
        }
        try FieldRules.checkNeeded(value, conflict.cell.field, of: conflict.key.kind)
        guard conflict.cell.field != CommonField.life else {
            return value == .deleted ? .delete : .restore
        }
        if conflict.cell.field == CommonField.space, let space = value.id { return .move(space) }
        let rule = Kinds.policy(of: conflict.key.kind)?.schema.field(conflict.cell.field)?.rule
        return .set(conflict.cell.field, rule ?? conflict.rule, value)
    }
}

extension [HistoryEntry] {
    /// Who says a value of a cell, the oldest entry of which comes first: whoever wrote it, and not who
    /// brought it back by undoing what settled it. Who takes a delete of their own back and deletes again
    /// has done so anew.
    fileprivate func origin(of rival: Write, beside rivals: [Write]) -> Write {
        // Nobody writes two values apart on one laptop but by undoing.
        let again = rivals.filter { $0.dot.device == rival.dot.device }.map(\.dot)
        if let first = again.min(), again.count > 1 { return origin(of: rival, before: first) }
        guard
            let place = firstIndex(where: {
                $0.write.dot == rival.dot && $0.write.value == rival.value
            })
        else { return rival }
        let before = self[..<place]
        let settling = before.lastIndex {
            $0.write.author == rival.author && $0.write.value != rival.value
        }
        let first = settling.flatMap { before[..<$0].last { $0.write.value == rival.value } }
        guard let first, rival.value != .deleted || first.write.author != rival.author else {
            return rival
        }
        return first.write
    }

    /// Who said the value before a laptop settled the conflict, and by undoing that wrote its values
    /// again from `first` on.
    private func origin(of rival: Write, before first: Dot) -> Write {
        let settling = last { $0.write.dot.device == first.device && $0.write.dot.seq < first.seq }
        let own = settling?.write.dot ?? first
        let said = map(\.write).filter {
            $0.value == rival.value && ($0.dot.device != own.device || $0.dot.seq < own.seq)
        }
        return said.last { $0.dot.device != own.device } ?? said.last ?? rival
    }
}

extension RecordState {
    /// The writes that a person chooses from: a field's different values, or the delete and the
    /// latest edit that it had not seen.
    fileprivate func rivals(in cell: CellKey) -> [Write] {
        guard cell.field == CommonField.life else { return self[cell]?.conflict ?? [] }
        let deletion = self[cell]?.winner.map { [$0] } ?? []
        let edit = uncovered.map(\.write).max { ($0.effective, $0.dot) < ($1.effective, $1.dot) }
        let kept = edit.map {
            Write(
                dot: $0.dot, stamp: $0.stamp, effective: $0.effective, author: $0.author,
                rule: $0.rule, removes: false, value: .restored)
        }
        return deletion + (kept.map { [$0] } ?? [])
    }
}

extension Kinds {
    /// A field's name; those of every kind, and those of newer programs, included.
    package static func fieldName(_ field: Field, of kind: Kind) -> String {
        switch field {
        case CommonField.life: "life"
        case CommonField.space: kind == Person.kind.number ? "turf" : "space"
        case CommonField.erased: "erased"
        default: policy(of: kind)?.schema.field(field)?.name ?? "field \(field)"
        }
    }
}
