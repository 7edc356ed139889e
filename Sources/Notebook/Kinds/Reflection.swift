package import Replication
package import Store

/// What an organizer makes of a one-to-one: story, self-interest, pressures. Organizers alone
/// read it; a leader who reads the meeting has no way to it.
package enum Reflection {
    package static let oneToOne = FieldSchema(16, "oneToOne", .id, names: ["oneToOne"])
    package static let story = FieldSchema(17, "story", .text, isSearchable: true, isLong: true)
    package static let selfInterest = FieldSchema(18, "selfInterest", .text, isSearchable: true)
    package static let pressures = FieldSchema(
        19, "pressures", .text, rule: .set, isSearchable: true)
    package static let text = FieldSchema(20, "text", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        5, "reflection", indexed: [["oneToOne"]],
        fields: [oneToOne, story, selfInterest, pressures, text])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
