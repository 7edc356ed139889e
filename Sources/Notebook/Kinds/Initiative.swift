package import Replication
package import Store

/// Partners who work to a common agenda (collective impact), with those who dissent.
package enum Initiative {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let backbone = FieldSchema(17, "backbone", .id, names: ["institution"])
    package static let partners = FieldSchema(18, "partners", .text, rule: .set, isSearchable: true)
    package static let agenda = FieldSchema(19, "agenda", .text, isSearchable: true, isLong: true)
    package static let dissent = FieldSchema(20, "dissent", .text, isSearchable: true, isLong: true)
    package static let phase = FieldSchema(
        21, "phase", .text, choices: ["initiate", "organize", "implement", "sustain"])
    package static let champion = FieldSchema(22, "champion", .text, choices: ["yes", "no"])
    package static let resources = FieldSchema(23, "resources", .text, choices: ["yes", "no"])
    package static let urgency = FieldSchema(24, "urgency", .text, choices: ["yes", "no"])
    package static let backboneHours = FieldSchema(
        25, "backboneHours", .int, range: 0...FieldRules.most)
    package static let start = FieldSchema(26, "start", .day)
    package static let kind = KindSchema(
        33, "initiative",
        fields: [
            name, backbone, partners, agenda, dissent, phase, champion, resources, urgency,
            backboneHours, start,
        ])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
