import GRDB
import Notebook
import Replication
import Store

extension RecordLine {
    /// The line of a record that is here.
    init(_ key: RecordKey, _ state: RecordState) {
        let policy = Kinds.policy(of: key.kind)
        self.init(kind: policy?.schema.name ?? "kind \(key.kind)", id: key.id)
        isDeleted = state.life == .deleted
        addFields(state, policy?.schema)
        addSpace(state, key, policy)
        for cell in state.conflicts where Notebook.isToSettle(cell, of: key.kind) {
            addConflict(cell, state, key, policy?.schema)
        }
    }

    private mutating func addFields(_ state: RecordState, _ schema: KindSchema?) {
        var done: Set<Field> = []
        for cell in state.cells where cell.key.field >= CommonField.firstOfKind {
            let number = cell.key.field
            guard done.insert(number).inserted else { continue }
            guard let field = schema?.field(number) else {
                addUnknown(number, cell, state)
                continue
            }
            if field.isSet {
                let elements = state.elements(of: number).map {
                    TypedValue.json($0, as: field.type)
                }
                if !elements.isEmpty { fields[field.name] = .list(elements) }
            } else if let value = state.value(of: number) {
                fields[field.name] = TypedValue.json(value, as: field.type)
            }
        }
    }

    /// A field that a newer program wrote.
    private mutating func addUnknown(_ number: Field, _ cell: Cell, _ state: RecordState) {
        let isSet = cell.key.element != nil
        let values = isSet ? state.elements(of: number) : state.value(of: number).map { [$0] } ?? []
        guard !values.isEmpty else { return }
        let rule = isSet ? MergeRule.set : cell.winner?.rule ?? .keep
        fields["field \(number)"] = TypedValue.tagged(values, rule: rule)
    }

    private mutating func addSpace(_ state: RecordState, _ key: RecordKey, _ policy: KindPolicy?) {
        guard let home = state.space, home != Space.organizers else { return }
        if policy == nil {
            space = Space.name(of: home)
        } else if policy?.home == .turf {
            fields["turf"] = .text(home.description)
        }
    }

    private mutating func addConflict(
        _ cell: CellKey, _ state: RecordState, _ key: RecordKey, _ schema: KindSchema?
    ) {
        let name = Kinds.fieldName(cell.field, of: key.kind)
        guard cell.field != CommonField.life else {
            conflicts[name] = .list([.text("deleted"), .text("kept")])
            return
        }
        let type = cell.field == CommonField.space ? .id : schema?.field(cell.field)?.type
        let values = (state[cell]?.conflict ?? []).map { write in
            write.value.isNull ? .null : TypedValue.json(write.value, as: type)
        }
        conflicts[name] = .list(values)
    }
}
