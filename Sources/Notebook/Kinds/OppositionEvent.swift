package import Replication
package import Store

/// What an opponent did, and what it led to.
package enum OppositionEvent {
    package static let tactic = FieldSchema(16, "tactic", .text, isSearchable: true, isNeeded: true)
    package static let actor = FieldSchema(17, "actor", .id, names: ["actor"])
    package static let campaign = FieldSchema(18, "campaign", .id, names: ["campaign"])
    package static let on = FieldSchema(19, "on", .day)
    package static let effect = FieldSchema(20, "effect", .text, isSearchable: true)
    package static let kind = KindSchema(
        31, "oppositionEvent", indexed: [["actor"]],
        fields: [tactic, actor, campaign, on, effect])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
