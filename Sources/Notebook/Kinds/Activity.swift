package import Replication
package import Store

/// What a partner does towards a goal of an initiative.
package enum Activity {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let initiative = FieldSchema(17, "initiative", .id, names: ["initiative"])
    package static let institution = FieldSchema(18, "institution", .id, names: ["institution"])
    package static let goal = FieldSchema(19, "goal", .text)
    package static let start = FieldSchema(20, "start", .day)
    package static let end = FieldSchema(21, "end", .day)
    package static let kind = KindSchema(
        37, "activity", indexed: [["initiative"]],
        fields: [name, initiative, institution, goal, start, end])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
