package import Replication
package import Store

/// A tension that organizing brought up, and what became of it.
package enum Tension {
    package static let what = FieldSchema(16, "what", .text, isSearchable: true, isNeeded: true)
    package static let campaign = FieldSchema(17, "campaign", .id, names: ["campaign"])
    package static let institution = FieldSchema(18, "institution", .id, names: ["institution"])
    package static let with = FieldSchema(19, "with", .id, names: ["actor"])
    package static let on = FieldSchema(20, "on", .day)
    package static let held = FieldSchema(21, "held", .text, isSearchable: true, isLong: true)
    package static let outcome = FieldSchema(22, "outcome", .text, isSearchable: true)
    package static let status = FieldSchema(
        23, "status", .text, choices: ["open", "held", "resolved"])
    package static let kind = KindSchema(
        32, "tension",
        fields: [what, campaign, institution, with, on, held, outcome, status])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
