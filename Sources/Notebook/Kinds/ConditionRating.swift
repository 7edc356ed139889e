package import Replication
package import Store

/// A dated rating, 0 to 4, of one of the five conditions of collective impact (Kania and Kramer 2011).
package enum ConditionRating {
    package static let initiative = FieldSchema(16, "initiative", .id, names: ["initiative"])
    package static let condition = FieldSchema(
        17, "condition", .text,
        choices: [
            "commonAgenda", "sharedMeasurement", "reinforcingActivities", "communication",
            "backbone",
        ])
    package static let rating = FieldSchema(18, "rating", .int, range: 0...4)
    package static let on = FieldSchema(19, "on", .day)
    package static let evidence = FieldSchema(20, "evidence", .text, isSearchable: true)
    package static let kind = KindSchema(
        34, "conditionRating", indexed: [["initiative"]],
        fields: [initiative, condition, rating, on, evidence])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
