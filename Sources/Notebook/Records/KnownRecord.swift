import GRDB
package import Replication
package import Store

/// A record of any kind as people read it: what it is called, and the fields that it has.
package struct KnownRecord: Sendable {
    package let key: RecordKey
    package let title: Title
    package let state: RecordState
    /// The fields that hold something, in the order of the kind's table.
    package let fields: [(schema: FieldSchema, values: [Value])]

    /// The day of its kind's first field of one: of an action, when it is.
    package var day: Day? { state.day(of: key.kind) }

    init?(_ key: RecordKey, _ title: Title, _ state: RecordState) {
        guard let kind = Kinds.policy(of: key.kind)?.schema else { return nil }
        self.key = key
        self.title = title
        self.state = state
        fields = kind.fields.compactMap { field in
            let values =
                field.isSet
                ? state.elements(of: field.number)
                : state.value(of: field.number).map { [$0] } ?? []
            return values.isEmpty ? nil : (field, values)
        }
    }
}

/// What can be said of records of any kind, by the table of kinds.
extension Notebook {
    /// Writes a new record of a kind down, where the table of kinds says. Throws
    /// `NotebookError.noSuchKind`, `.empty` without what the record is known by, and what reading a
    /// value throws.
    @discardableResult
    package func addRecord(_ name: String, _ assignments: [Assignment]) throws -> RecordKey {
        try addRecord(name, assignments) { _ in [] }
    }

    /// The same, with what belongs to the record, in one act.
    func addRecord(
        _ name: String, _ assignments: [Assignment], and more: [Change] = [],
        with others: (RecordKey) throws -> [Edit]
    ) throws -> RecordKey {
        let policy = try Self.writable(name)
        let changes = try changes(assignments, of: policy.schema) + more
        if let title = policy.schema.title, !changes.contains(where: { $0.sets(title) }) {
            try FieldRules.checkNeeded(.null, title.number, of: policy.schema.number)
        }
        guard !changes.isEmpty else {
            throw NotebookError.empty(what: FieldWords.kind(policy.schema.number))
        }
        try check(changes, of: policy.schema, in: nil)
        let edit = try addition(policy, changes)
        try commit([edit] + others(edit.key))
        return edit.key
    }

    /// The edit that writes a new record of a kind down, where the table of kinds says. Throws what
    /// `FieldRules` throws.
    func addition(of kind: KindSchema, _ changes: [Change]) throws -> Edit {
        try addition(Self.known(kind.name), FieldRules.checked(changes, of: kind.number))
    }

    private func addition(_ policy: KindPolicy, _ changes: [Change]) throws -> Edit {
        let key = RecordKey(policy.schema.number, newID())
        let home = try home(of: key, policy, changes)
        return Edit(key, home: home, changes + authorship(policy.schema, changes))
    }

    /// Changes fields of a record. One that names another person than before goes where that one is.
    package func edit(_ key: RecordKey, _ assignments: [Assignment]) throws {
        let policy = try Self.writable(Kinds.name(of: key.kind))
        let state = try state(of: key)
        try edit(key, policy, changes(assignments, of: policy.schema, in: state))
    }

    func edit(_ key: RecordKey, _ policy: KindPolicy, _ changes: [Change]) throws {
        guard let here = try space(of: key) else {
            throw NotebookError.noSuchRecord(key.id.shortened)
        }
        let state = try state(of: key)
        try check(changes, of: policy.schema, in: state)
        try checkNamesNobody(key, changes)
        let isNamingPerson = policy.personField.map { field in
            changes.contains { $0.sets(field) }
        }
        let home = isNamingPerson ?? false ? try self.home(of: key, policy, changes) : here
        let moves = home == here ? [] : [Edit(key, [.move(home)])]
        try commit([Edit(key, changes)] + moves)
    }

    /// Throws what `Plausible`, `checkSequence` and `checkAnswer` throw.
    private func check(
        _ changes: [Change], of kind: KindSchema, in state: RecordState?
    ) throws {
        try Plausible(kind: kind, changes: changes, state: state, today: today).check()
        try checkSequence(changes, of: kind, in: state)
        if kind.number == SurveyResponse.kind.number { try checkAnswer(changes, state) }
    }

    /// A record's state, deleted or not; nil for one that is not here.
    func state(of key: RecordKey) throws -> RecordState? {
        try store.read { try Records.state(of: key, $0) }
    }

    /// A record that is here and not deleted; nil for another one.
    package func readRecord(_ key: RecordKey) throws -> KnownRecord? {
        try store.read { db in
            guard let state = try Records.state(of: key, db), state.life != .deleted,
                state.life != .erased
            else { return nil }
            let title = try Titles(SamePeople(db), db, today).title(of: key, state)
            return KnownRecord(key, title, state)
        }
    }

    /// Every record of a kind that is here, the latest first by its first day, then by name.
    package func records(of name: String, limit: Int? = nil) throws -> [KnownRecord] {
        try records(of: Self.known(name).schema, where: "true", limit: limit)
    }

    func records(
        of kind: KindSchema, where condition: String, _ arguments: StatementArguments = [:],
        limit: Int? = nil
    ) throws -> [KnownRecord] {
        let day = kind.day
        let order = [day.map { "\"\($0.name)\" DESC" }, kind.title.map { "\"\($0.name)\"" }, "id"]
        return try store.read { db in
            let people = try SamePeople(db)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT id FROM \(kind.table) WHERE \(condition)
                    ORDER BY \(order.compactMap { $0 }.joined(separator: ", "))
                    LIMIT \(limit ?? -1)
                    """, arguments: arguments
            ).compactMap { row in
                guard let id = row.id("id"),
                    let state = try Records.state(of: RecordKey(kind.number, id), db)
                else { return nil }
                let key = RecordKey(kind.number, id)
                return KnownRecord(key, try Titles(people, db, today).title(of: key, state), state)
            }
        }
    }

    package func delete(_ key: RecordKey) throws {
        _ = try Self.writable(Kinds.name(of: key.kind))
        try commit([Edit(key, [.delete])])
    }

    package func restore(_ key: RecordKey) throws {
        _ = try Self.writable(Kinds.name(of: key.kind))
        try commit([Edit(key, [.restore])])
    }

    /// A kind by its name, in the short form or in people's words: `houseMeeting`, "house meeting".
    package static func known(_ name: String) throws -> KindPolicy {
        let found = Kinds.all.first {
            Folding.letters($0.schema.name) == Folding.letters(name)
                || FieldWords.kind($0.schema.number).isMeant(by: name)
                || FieldWords.kinds($0.schema.number).isMeant(by: name)
        }
        guard let found else { throw NotebookError.noSuchKind(name) }
        return found
    }

    /// Throws `NotebookError.hasItsOwnVerb` for what is judged or introduced, and not written down.
    private static func writable(_ name: String) throws -> KindPolicy {
        let policy = try known(name)
        switch policy.schema.number {
        case SamePerson.kind.number:
            throw NotebookError.hasItsOwnVerb("fieldbook person merge, unmerge or distinct")
        case Member.kind.number: throw NotebookError.hasItsOwnVerb("fieldbook me --name")
        default: return policy
        }
    }

    /// Where a record lives, as the table of kinds says.
    private func home(
        of key: RecordKey, _ policy: KindPolicy, _ changes: [Change]
    ) throws -> SpaceID {
        switch policy.home {
        case .commons: Space.commons
        case .organizers, .pair: Space.organizers
        case .own: key.id
        case .turf: try homeOfNewPeople()
        case .person(let field):
            try changes.value(of: field)?.id
                .flatMap { try space(of: Person.key($0)) } ?? homeOfNewPeople()
        }
    }

    /// Whose it is, when the kind says and nobody said.
    private func authorship(_ kind: KindSchema, _ changes: [Change]) -> [Change] {
        guard let field = kind.field(named: "organizer"), field.names.contains(Member.kind.name),
            kind.number != Institution.kind.number, !changes.contains(where: { $0.sets(field) })
        else { return [] }
        return [.set(field, .id(me.asOrganizer))]
    }
}

extension RecordState {
    /// The day of a kind's first field of one.
    func day(of kind: Kind) -> Day? {
        Kinds.policy(of: kind)?.schema.day.flatMap { value(of: $0.number)?.day }
            .map(Day.init(number:))
    }
}

extension Change {
    func sets(_ field: FieldSchema) -> Bool {
        guard case .set(field.number, _, let value) = self else { return false }
        return !value.isNull
    }
}
