package import Replication
package import Store

/// Any contact that was no one-to-one: a call, a text, a word after church.
package enum Touch {
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
}

extension Notebook {
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
