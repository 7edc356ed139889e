package import Replication
package import Store

/// A training of leaders. Who came is their attendance.
package enum Training {
    package static let title = FieldSchema(16, "title", .text, isSearchable: true, isNeeded: true)
    package static let on = FieldSchema(17, "on", .day)
    package static let trainer = FieldSchema(18, "trainer", .id, names: ["person"])
    package static let place = FieldSchema(19, "place", .text)
    package static let skills = FieldSchema(20, "skills", .text, rule: .set, isSearchable: true)
    package static let kind = KindSchema(
        16, "training",
        fields: [title, on, trainer, place, skills])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
