package import Replication
package import Store

/// Ten to twenty people whom a host brings together out of their own network.
package enum HouseMeeting {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let host = FieldSchema(17, "host", .id, names: ["person"])
    package static let facilitator = FieldSchema(18, "facilitator", .id, names: ["person"])
    package static let noteTaker = FieldSchema(19, "noteTaker", .id, names: ["person"])
    package static let on = FieldSchema(20, "on", .day)
    package static let place = FieldSchema(21, "place", .text)
    package static let campaign = FieldSchema(22, "campaign", .id, names: ["listeningCampaign"])
    package static let invited = FieldSchema(23, "invited", .int, range: 0...FieldRules.most)
    package static let replied = FieldSchema(24, "replied", .int, range: 0...FieldRules.most)
    package static let unnamed = FieldSchema(25, "unnamed", .int, range: 0...FieldRules.most)
    package static let agenda = FieldSchema(26, "agenda", .text, isSearchable: true, isLong: true)
    package static let stories = FieldSchema(27, "stories", .text, isSearchable: true, isLong: true)
    package static let nextHosts = FieldSchema(28, "nextHosts", .text, rule: .set)
    package static let evaluation = FieldSchema(
        29, "evaluation", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        15, "houseMeeting",
        fields: [
            name, host, facilitator, noteTaker, on, place, campaign, invited, replied, unnamed,
            agenda, stories, nextHosts, evaluation,
        ])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
