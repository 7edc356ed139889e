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
