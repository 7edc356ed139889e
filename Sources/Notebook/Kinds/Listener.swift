package import Replication
package import Store

/// A person who listens in a campaign: when trained, and how many they took on.
package enum Listener {
    package static let person = FieldSchema(16, "person", .id, names: ["person"])
    package static let campaign = FieldSchema(17, "campaign", .id, names: ["listeningCampaign"])
    package static let assigned = FieldSchema(18, "assigned", .int, range: 0...Int64.max)
    package static let trained = FieldSchema(19, "trained", .day)
    package static let kind = KindSchema(
        14, "listener", indexed: [["person"], ["campaign"]],
        fields: [person, campaign, assigned, trained])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
