package import Replication
package import Store

/// A dated judgement of a person's leadership by a named assessor, with its basis. A new judgement
/// is a new record. Organizers alone read it.
package enum Assessment {
    package static let person = FieldSchema(16, "person", .id)
    package static let organizer = FieldSchema(17, "organizer", .id)
    package static let date = FieldSchema(18, "date", .day)
    package static let level = FieldSchema(19, "level", .int)
    package static let basis = FieldSchema(20, "basis", .text)
    package static let kind = KindSchema(
        4, "assessment", indexed: [["person"]], fields: [person, organizer, date, level, basis])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
