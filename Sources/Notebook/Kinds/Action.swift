package import Replication
package import Store

/// A public meeting before people who decide, to win commitments from them.
package enum Action {
    package static let title = FieldSchema(16, "title", .text, isSearchable: true, isNeeded: true)
    package static let campaign = FieldSchema(17, "campaign", .id, names: ["campaign"])
    package static let sort = FieldSchema(
        18, "kind", .text,
        choices: ["publicMeeting", "delegation", "hearing", "vigil", "march", "other"])
    package static let on = FieldSchema(19, "on", .day)
    package static let place = FieldSchema(20, "place", .text, isSearchable: true)
    package static let capacity = FieldSchema(21, "capacity", .int, range: 0...FieldRules.most)
    package static let chair = FieldSchema(22, "chair", .id, names: ["person"])
    package static let goal = FieldSchema(23, "goal", .int, range: 1...FieldRules.most)
    package static let agenda = FieldSchema(24, "agenda", .text, isSearchable: true, isLong: true)
    package static let targets = FieldSchema(25, "targets", .text, rule: .set)
    package static let media = FieldSchema(26, "media", .text)
    package static let interpreters = FieldSchema(27, "interpreters", .text)
    package static let accessibility = FieldSchema(28, "accessibility", .text)
    package static let riskPlan = FieldSchema(
        29, "riskPlan", .text, isSearchable: true, isLong: true)
    package static let status = FieldSchema(
        30, "status", .text, choices: ["planned", "held", "cancelled"])
    package static let kind = KindSchema(
        17, "action",
        fields: [
            title, campaign, sort, on, place, capacity, chair, goal, agenda, targets, media,
            interpreters, accessibility, riskPlan, status,
        ])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
