import GRDB
package import Replication
package import Store

/// Any contact that was no one-to-one: a call, a text, a word after church.
package struct Touch: Sendable, Hashable {
    package let id: RecordID
    package let person: RecordID?
    package let organizer: RecordID?
    package let on: Day?
    /// "call", "text" and so on.
    package let sort: String?
    package let note: String?

    package static let person = FieldSchema(16, "person", .id, names: ["person"])
    package static let organizer = FieldSchema(17, "organizer", .id, names: ["person", "member"])
    package static let on = FieldSchema(18, "on", .day)
    package static let sort = FieldSchema(
        19, "kind", .text, choices: ["call", "text", "email", "visit", "event", "other"])
    package static let note = FieldSchema(20, "note", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        45, "touch", indexed: [["person", "on"]],
        fields: [person, organizer, on, sort, note])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }

    init?(_ row: Row, _ db: Database) throws {
        guard let id = row.id("id") else { return nil }
        self.id = id
        person = row.id("person")
        organizer = row.id("organizer")
        on = row.day("on")
        sort = row.shown("kind")
        note = try Records.text(of: Self.key(id), Self.note, db)
    }
}

extension Notebook {
    /// Contacts with a person, with whichever of their linked records, the latest first.
    package func touches(with person: RecordID) throws -> [Touch] {
        try store.read { db in
            let people = try SamePeople(db).all(of: person)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM touch WHERE person IN (\(people.marks)) ORDER BY "on" DESC, id DESC
                    """, arguments: StatementArguments(people.map(\.data))
            ).compactMap { try Touch($0, db) }
        }
    }

    /// Writes down that somebody was in contact with people, in one act. Throws
    /// `NotebookError.inFuture`.
    package func touch(
        _ people: [RecordID], by sort: String, on day: Day, note: String?
    ) throws -> [RecordID] {
        guard day <= today else { throw NotebookError.inFuture(day) }
        let how = try value(of: sort, for: Touch.sort, of: Touch.kind.number)
        let words: [Change] = note.map { [.set(Touch.note, .text($0))] } ?? []
        let edits = try people.map { person in
            try addition(
                of: Touch.kind,
                [
                    .set(Touch.person, .id(person)), .set(Touch.on, .day(day.number)),
                    .set(Touch.sort, how),
                ] + words)
        }
        try commit(edits)
        return edits.map(\.key.id)
    }
}
