package import GRDB
package import Replication
import Store

/// What a record is called in lists: "Rosa Alvarez", "one-to-one with Rosa Alvarez, 2026-11-20".
package enum Titles {
    package static func title(
        of key: RecordKey, _ state: RecordState, _ people: SamePeople, _ db: Database
    ) throws -> String {
        let person = { (field: FieldSchema) in try Self.person(state, field, people, db) }
        return switch key.kind {
        case OneToOne.kind.number:
            try "one-to-one with \(person(OneToOne.person))\(day(state))"
        case Commitment.kind.number:
            try "promise of \(person(Commitment.person))"
        case Assessment.kind.number:
            try "assessment of \(person(Assessment.person))"
        case Reflection.kind.number:
            "reflection"
        case SamePerson.kind.number:
            try [SamePerson.a, SamePerson.b].map { try entry(state, $0, db) }.listed("and")
        default:
            // Every other kind's first field is its name.
            state.value(of: CommonField.firstOfKind)?.text
                ?? "\(Kinds.name(of: key.kind)) \(key.id.shortened)"
        }
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
        guard let id = state.value(of: field.number)?.id else { return "somebody" }
        return try String.fetchOne(
            db, sql: "SELECT name FROM person WHERE id = ?", arguments: [id.data])
            ?? "somebody"
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
        if id == Space.commons { return "all members" }
        if id == Space.organizers { return "organizers" }
        let tables = [Turf.kind, Institution.kind, Member.kind, Person.kind].map(\.table)
        return try store.read { db in
            if let name = try SamePeople(db).name(of: id) { return name }
            for table in tables {
                let name = try String.fetchOne(
                    db, sql: "SELECT name FROM \(table) WHERE id = ?", arguments: [id.data])
                if let name { return name }
            }
            return nil
        }
    }
}
