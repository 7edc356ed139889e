package import Replication
package import Store

/// How close two institutions work together (networking to collaborating), as somebody judged it.
package enum InstitutionTie {
    package static let from = FieldSchema(16, "from", .id, names: ["institution"])
    package static let to = FieldSchema(17, "to", .id, names: ["institution"])
    package static let sort = FieldSchema(18, "kind", .text)
    package static let level = FieldSchema(
        19, "level", .text, choices: ["networking", "coordinating", "cooperating", "collaborating"])
    package static let frequency = FieldSchema(20, "frequency", .text)
    package static let trust = FieldSchema(21, "trust", .int, range: 1...5)
    package static let since = FieldSchema(22, "since", .day)
    package static let until = FieldSchema(23, "until", .day)
    package static let assessedBy = FieldSchema(24, "assessedBy", .id, names: ["person"])
    package static let on = FieldSchema(25, "on", .day)
    package static let kind = KindSchema(
        43, "institutionTie", indexed: [["from"], ["to"]],
        fields: [from, to, sort, level, frequency, trust, since, until, assessedBy, on])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
