package import GRDB
package import Replication
import Store
import Wording

/// What a record is called in lists: "Rosa Alvarez", "one-to-one with Rosa Alvarez, 2026-11-20".
package enum Titles {
    package static func title(
        of key: RecordKey, _ state: RecordState, _ people: SamePeople, _ db: Database
    ) throws -> String {
        let person = { (field: FieldSchema) in try Self.person(state, field, people, db) }
        return switch key.kind {
        case OneToOne.kind.number:
            try said("one-to-one with \(person(OneToOne.person))\(day(state))")
        case Commitment.kind.number:
            try said("promise of \(person(Commitment.person))")
        case SamePerson.kind.number:
            try [SamePerson.a, SamePerson.b].map { try entry(state, $0, db) }.listed("and").text
        default:
            try name(of: key, state) ?? occasion(of: key, state, people, db)
        }
    }

    /// What a record calls itself; nil for a kind whose records have no name.
    private static func name(of key: RecordKey, _ state: RecordState) -> String? {
        let kind = Kinds.policy(of: key.kind)?.schema
        return state.value(of: kind?.title?.number ?? CommonField.firstOfKind)?.text
    }

    /// "attendance of Rosa Alvarez, 2026-11-20": by whom or what it names first, and its first day.
    private static func occasion(
        of key: RecordKey, _ state: RecordState, _ people: SamePeople, _ db: Database
    ) throws -> String {
        let fields = Kinds.policy(of: key.kind)?.schema.fields ?? []
        let word = FieldWords.kind(key.kind)
        guard let field = fields.first(where: { $0.type == .id }),
            let id = state.value(of: field.number)?.id
        else { return "\(word) \(key.id.shortened)" }
        let whom = try Self.title(of: id, as: field, people, db) ?? said("somebody")
        let day = fields.lazy.filter { $0.type == .day }
            .compactMap { state.value(of: $0.number)?.day }.first
        return said("\(word) of \(whom)") + (day.map { ", \(Day(number: $0))" } ?? "")
    }

    /// What the record is called that a field names; nil when it is not here.
    private static func title(
        of id: RecordID, as field: FieldSchema, _ people: SamePeople, _ db: Database
    ) throws -> String? {
        for kind in Kinds.numbers(named: field) {
            if kind == Person.kind.number, let name = people.name(of: id) { return name }
            let key = RecordKey(kind, id)
            if let state = try Records.state(of: key, db) {
                return try title(of: key, state, people, db)
            }
        }
        return nil
    }

    /// The title of a record that is here; nil when it is not.
    package static func title(of key: RecordKey, _ db: Database) throws -> String? {
        try Records.state(of: key, db).map { try title(of: key, $0, SamePeople(db), db) }
    }

    private static func day(_ state: RecordState) -> String {
        state.value(of: OneToOne.on.number)?.day.map { ", \(Day(number: $0))" } ?? ""
    }

    /// The name of the person that a field names, as lists show it.
    private static func person(
        _ state: RecordState, _ field: FieldSchema, _ people: SamePeople, _ db: Database
    ) throws -> String {
        try state.value(of: field.number)?.id.flatMap(people.name) ?? entry(state, field, db)
    }

    /// The name in the very record that a field names.
    private static func entry(
        _ state: RecordState, _ field: FieldSchema, _ db: Database
    ) throws -> String {
        guard let id = state.value(of: field.number)?.id else { return said("somebody") }
        return try String.fetchOne(
            db, sql: "SELECT name FROM person WHERE id = ?", arguments: [id.data])
            ?? said("somebody")
    }
}

extension Notebook {
    /// What a record that is here is called; nil when it is not here.
    package func title(of key: RecordKey) throws -> String? {
        try store.read { try Titles.title(of: key, $0) }
    }

    /// What an id in a field stands for, in words: a person as lists show them, a member, a turf, an institution, a
    /// space; nil when it is none that is here.
    package func title(of id: RecordID) throws -> String? {
        if id == Space.commons { return said("all members") }
        if id == Space.organizers { return said("organizers") }
        return try store.read { db in
            let people = try SamePeople(db)
            if let name = people.name(of: id) { return name }
            for key in try Records.keys(of: id, db) where Kinds.policy(of: key.kind) != nil {
                guard let state = try Records.state(of: key, db), state.life != .erased else {
                    continue
                }
                return try Titles.title(of: key, state, people, db)
            }
            return nil
        }
    }
}
