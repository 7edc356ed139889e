package import Replication
package import Store

/// A time-boxed push by trained listeners with a goal number of one-to-ones.
package enum ListeningCampaign {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let institution = FieldSchema(17, "institution", .id, names: ["institution"])
    package static let start = FieldSchema(18, "start", .day)
    package static let end = FieldSchema(19, "end", .day)
    package static let goal = FieldSchema(20, "goal", .int, range: 1...FieldRules.most)
    package static let questions = FieldSchema(
        21, "questions", .text, isSearchable: true, isLong: true)
    package static let commissioned = FieldSchema(22, "commissioned", .day)
    package static let celebrated = FieldSchema(23, "celebrated", .day)
    package static let summary = FieldSchema(24, "summary", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        13, "listeningCampaign",
        fields: [name, institution, start, end, goal, questions, commissioned, celebrated, summary])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
