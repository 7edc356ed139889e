package import Replication
package import Store

/// What two people are to each other, as an organizer learnt it: family, friends, who recruited whom.
/// A referral given in a one-to-one is one too: the edge by which the network grows.
package enum Relationship {
    package static let from = FieldSchema(16, "from", .id, names: ["person"])
    package static let to = FieldSchema(17, "to", .id, names: ["person"])
    package static let sort = FieldSchema(
        18, "kind", .text,
        choices: [
            "family", "friend", "recruits", "influences", "mentors", "refers", "knows",
            "inConflict",
        ])
    package static let strength = FieldSchema(19, "strength", .int, range: 1...5)
    package static let since = FieldSchema(20, "since", .day)
    package static let until = FieldSchema(21, "until", .day)
    package static let oneToOne = FieldSchema(22, "oneToOne", .id, names: ["oneToOne"])
    package static let note = FieldSchema(23, "note", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        10, "relationship", indexed: [["from"], ["to"]],
        fields: [from, to, sort, strength, since, until, oneToOne, note])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
