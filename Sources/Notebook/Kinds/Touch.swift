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
