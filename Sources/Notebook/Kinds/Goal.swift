package import Replication
package import Store

/// What somebody means to reach: so many one-to-ones a week, so many people at an action.
package enum Goal {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let owner = FieldSchema(17, "owner", .id, names: ["person", "member"])
    package static let measure = FieldSchema(
        18, "measure", .text,
        choices: ["oneToOnes", "newPeople", "commitments", "turnout", "leaders"])
    package static let period = FieldSchema(
        19, "period", .text, choices: ["week", "month", "quarter", "year"])
    package static let target = FieldSchema(20, "target", .int, range: 0...Int64.max)
    package static let since = FieldSchema(21, "since", .day)
    package static let until = FieldSchema(22, "until", .day)
    package static let kind = KindSchema(
        42, "goal", indexed: [["owner"]],
        fields: [name, owner, measure, period, target, since, until])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
