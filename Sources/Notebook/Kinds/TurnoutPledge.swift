package import Replication
package import Store

/// How many people a leader promises to bring to an action, and whom by name.
package enum TurnoutPledge {
    package static let leader = FieldSchema(16, "leader", .id, names: ["person"])
    package static let action = FieldSchema(17, "action", .id, names: ["action"])
    package static let institution = FieldSchema(18, "institution", .id, names: ["institution"])
    package static let pledged = FieldSchema(19, "pledged", .int, range: 0...Int64.max)
    package static let on = FieldSchema(20, "on", .day)
    package static let names = FieldSchema(21, "names", .text, rule: .set)
    package static let kind = KindSchema(
        19, "turnoutPledge", indexed: [["leader"], ["action"]],
        fields: [leader, action, institution, pledged, on, names])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
