package import Replication
package import Store

/// A row of the vote board: where a member of a body stands.
package enum Vote {
    package static let body = FieldSchema(16, "body", .text, isSearchable: true, isNeeded: true)
    package static let member = FieldSchema(17, "member", .id, names: ["actor"])
    package static let demand = FieldSchema(18, "demand", .id, names: ["demand"])
    package static let position = FieldSchema(
        19, "position", .text, choices: ["yes", "leanYes", "unknown", "leanNo", "no"])
    package static let source = FieldSchema(20, "source", .text)
    package static let on = FieldSchema(21, "on", .day)
    package static let kind = KindSchema(
        26, "vote", indexed: [["demand"]],
        fields: [body, member, demand, position, source, on])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
