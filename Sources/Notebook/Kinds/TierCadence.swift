package import Replication
package import Store

/// How often a tier of people should be met: after how many days it is due, and overdue.
package enum TierCadence {
    package static let tier = FieldSchema(16, "tier", .text, isSearchable: true, isNeeded: true)
    package static let dueDays = FieldSchema(17, "dueDays", .int, range: 1...FieldRules.most)
    package static let overdueDays = FieldSchema(
        18, "overdueDays", .int, range: 1...FieldRules.most)
    package static let kind = KindSchema(
        46, "cadence",
        fields: [tier, dueDays, overdueDays])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
