/// Where a record stands between its deletions and the edits made beside them.
package enum Life: Hashable, Sendable {
    case alive
    case deleted
    /// Somebody deleted it without having seen a value that is live: it stays until a person
    /// deletes it again or restores it.
    case deletedWhileEdited
    case erased
}

extension RecordState {
    package var isErased: Bool {
        cells.contains { $0.key.field == CommonField.erased && !$0.live.isEmpty }
    }

    /// A record is deleted when a live write says so, none says it was restored, and every other
    /// live value is one that some delete has named.
    package var life: Life {
        if isErased { return .erased }
        guard let cell = self[CommonField.life], !cell.live.isEmpty else { return .alive }
        guard cell.live.allSatisfy({ $0.value == .deleted }) else { return .alive }
        return uncovered.isEmpty ? .deleted : .deletedWhileEdited
    }

    /// The live values beyond what the deletes have seen.
    package var uncovered: [Died] {
        let covered = self[CommonField.life]?.dead ?? []
        return cells.filter { $0.key.field != CommonField.life }.flatMap { cell in
            cell.live.filter { !covered.containsSorted($0.dot) }.map { Died(cell.key, $0) }
        }
    }

    /// The write that deletes the record: it names the dots of all the values it saw.
    package var deletion: FieldWrite {
        FieldWrite(field: CommonField.life, value: .deleted, overwrites: Array(liveDots))
    }

    /// The write that restores it: it names the deletes.
    package var restoration: FieldWrite {
        FieldWrite(
            field: CommonField.life, value: .restored,
            overwrites: self[CommonField.life]?.live.map(\.dot) ?? [])
    }

    private var liveDots: Set<Dot> {
        Set(cells.flatMap { $0.live.map(\.dot) })
    }

    /// What a reader has to settle: a field with several values, or a delete beside an edit. Of a
    /// record that is deleted nothing: to settle it would bring it back.
    package var conflicts: [CellKey] {
        let life = life
        guard life != .deleted else { return [] }
        let fields = cells.filter { $0.conflict != nil }.map(\.key)
        guard life == .deletedWhileEdited else { return fields }
        return fields.filter { $0.field != CommonField.life } + [CellKey(field: CommonField.life)]
    }
}

extension Value {
    /// The value of the field `life` that deletes.
    package static let deleted = Value.int(0)
    /// The value of the field `life` that restores.
    package static let restored = Value.int(1)
}
