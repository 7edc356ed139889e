package import Replication
package import Store

/// Who can say yes, or has power over who can; when it changed, and why.
package enum Target {
    package static let actor = FieldSchema(16, "actor", .id, names: ["actor"])
    package static let campaign = FieldSchema(17, "campaign", .id, names: ["campaign"])
    package static let sort = FieldSchema(18, "kind", .text, choices: ["primary", "secondary"])
    package static let since = FieldSchema(19, "since", .day)
    package static let until = FieldSchema(20, "until", .day)
    package static let reason = FieldSchema(21, "reason", .text, isSearchable: true)
    package static let kind = KindSchema(
        24, "target", indexed: [["campaign"]],
        fields: [actor, campaign, sort, since, until, reason])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
