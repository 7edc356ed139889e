import GRDB
package import Replication
package import Store

/// A person or body on a power map.
package enum Actor {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let sort = FieldSchema(
        17, "kind", .text,
        choices: [
            "official", "business", "clergy", "media", "funder", "agency", "association", "ours",
        ])
    package static let position = FieldSchema(18, "position", .text, isSearchable: true)
    package static let person = FieldSchema(19, "person", .id, names: ["person"])
    package static let institution = FieldSchema(20, "institution", .id, names: ["institution"])
    package static let interests = FieldSchema(
        21, "interests", .text, rule: .set, isSearchable: true)
    package static let sources = FieldSchema(22, "sources", .text, rule: .set)
    package static let accessibility = FieldSchema(23, "accessibility", .text)
    package static let notes = FieldSchema(24, "notes", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        28, "actor",
        fields: [
            name, sort, position, person, institution, interests, sources, accessibility, notes,
        ])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

extension Notebook {
    /// The actor whom somebody means by a name, and what to write for one who comes onto the power map
    /// by this: a person who is here. Throws what looking a person up throws.
    func actor(_ text: String) throws -> (id: RecordID, edits: [Edit]) {
        do {
            return (try find(text, kind: Actor.kind.name), [])
        } catch NotebookError.unknown {
            let person = try findPerson(text)
            if let known = try actor(standingFor: person) { return (known, []) }
            let edit = try addition(
                of: Actor.kind,
                [
                    .set(Actor.name, .text(try title(of: person) ?? text)),
                    .set(Actor.person, .id(person)),
                ])
            return (edit.key.id, [edit])
        }
    }

    private func actor(standingFor person: RecordID) throws -> RecordID? {
        try store.read { db in
            let people = try SamePeople(db).all(of: person)
            return try Row.fetchOne(
                db, sql: "SELECT id FROM actor WHERE person IN (\(people.marks)) ORDER BY id",
                arguments: StatementArguments(people.map(\.data)))?.id("id")
        }
    }
}
