package import Replication

/// What a member changes in one record: part of an act.
package struct Edit: Sendable {
    package let key: RecordKey
    /// The space that a record made by this edit will live in; ignored for one that exists.
    package let home: SpaceID
    package var changes: [Change]

    package init(_ key: RecordKey, home: SpaceID = Space.organizers, _ changes: [Change]) {
        self.key = key
        self.home = home
        self.changes = changes
    }
}

/// One change of one field. The store finds the dots that it overwrites.
package enum Change: Sendable, Hashable {
    /// The field's new value; `.null` clears it.
    case set(Field, MergeRule, Value)
    case insert(Field, Value)
    case remove(Field, Value)
    case move(SpaceID)
    case delete
    case restore
    /// A write that says itself what it overwrites, so that what stands beside it stays.
    case write(FieldWrite)

    package static func set(_ field: FieldSchema, _ value: Value) -> Change {
        .set(field.number, field.rule, value)
    }

    package static func insert(_ field: FieldSchema, _ element: Value) -> Change {
        .insert(field.number, element)
    }

    package static func remove(_ field: FieldSchema, _ element: Value) -> Change {
        .remove(field.number, element)
    }
}

extension Change {
    /// The cell that the change is about.
    var cell: CellKey {
        switch self {
        case .set(let field, _, _): CellKey(field: field)
        case .insert(let field, let element), .remove(let field, let element):
            CellKey(field: field, element: element)
        case .move: CellKey(field: CommonField.space)
        case .delete, .restore: CellKey(field: CommonField.life)
        case .write(let write): write.cell
        }
    }

    /// The write that makes this change to `state`; nil when it is so already.
    func write(to state: RecordState) -> FieldWrite? {
        switch self {
        case .set(let field, let rule, let value):
            register(field, rule, value, state)
        case .insert(let field, let element):
            element.write(to: state, field: field, removes: false)
        case .remove(let field, let element):
            element.write(to: state, field: field, removes: true)
        case .move(let space):
            register(CommonField.space, .latest, .id(space), state)
        case .delete:
            state.life == .deleted ? nil : state.deletion
        case .restore:
            state.life == .alive || state.life == .erased ? nil : state.restoration
        case .write(let write): write
        }
    }

    private func register(
        _ field: Field, _ rule: MergeRule, _ value: Value, _ state: RecordState
    ) -> FieldWrite? {
        let live = state[field]?.live ?? []
        guard live.contains(where: { $0.value != value }) || (live.isEmpty && !value.isNull) else {
            return nil
        }
        if rule == .once && !live.isEmpty { return nil }
        return FieldWrite(
            field: field, rule: rule, value: value, overwrites: live.map(\.dot))
    }
}

extension Value {
    /// The write that puts this element into a set, or takes it out; nil when it is so already.
    fileprivate func write(to state: RecordState, field: Field, removes: Bool) -> FieldWrite? {
        let cell = state[CellKey(field: field, element: self)]
        guard (cell?.isPresent ?? false) == removes else { return nil }
        return FieldWrite(
            field: field, rule: .set, value: self, removes: removes,
            overwrites: cell?.live.map(\.dot) ?? [])
    }
}
