package import GRDB
package import Replication
import Store

/// What a record is called in lists: "Rosa Alvarez", "one-to-one with Rosa Alvarez, 2026-11-20".
package enum Titles {
    package static func title(
        of key: RecordKey, _ state: RecordState, _ db: Database
    ) throws -> String {
        switch key.kind {
        case OneToOne.kind.number:
            let day = state.value(of: OneToOne.on.number)?.day.map { ", \(Day(number: $0))" } ?? ""
            return try "one-to-one with \(person(state, OneToOne.person, db))\(day)"
        case Commitment.kind.number:
            return try "promise of \(person(state, Commitment.person, db))"
        case Assessment.kind.number:
            return try "assessment of \(person(state, Assessment.person, db))"
        case Reflection.kind.number:
            return "reflection"
        default:
            // Every other kind's first field is its name.
            return state.value(of: CommonField.firstOfKind)?.text
                ?? "\(Kinds.name(of: key.kind)) \(key.id.shortened)"
        }
    }

    /// The title of a record that is here; nil when it is not.
    package static func title(of key: RecordKey, _ db: Database) throws -> String? {
        try Records.state(of: key, db).map { try title(of: key, $0, db) }
    }

    private static func person(
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

    /// What an id in a field stands for, in words: a person, a member, a turf, an institution, a
    /// space; nil when it is none that is here.
    package func title(of id: RecordID) throws -> String? {
        if id == Space.commons { return "all members" }
        if id == Space.organizers { return "organizers" }
        let tables = [Turf.kind, Institution.kind, Member.kind, Person.kind].map(\.table)
        return try store.read { db in
            for table in tables {
                let name = try String.fetchOne(
                    db, sql: "SELECT name FROM \(table) WHERE id = ?", arguments: [id.data])
                if let name { return name }
            }
            return nil
        }
    }
}
