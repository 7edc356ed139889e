package import Replication
package import Store

/// An institution's own organizing team: local organizing committee, core team, research team.
package enum Team {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let institution = FieldSchema(17, "institution", .id, names: ["institution"])
    package static let sort = FieldSchema(
        18, "kind", .text,
        choices: ["core", "research", "clergyCaucus", "listening", "turnout", "leadership"])
    package static let chair = FieldSchema(19, "chair", .id, names: ["person"])
    package static let rhythm = FieldSchema(20, "rhythm", .text)
    package static let goal = FieldSchema(21, "goal", .int, range: 1...FieldRules.most)
    package static let kind = KindSchema(
        11, "team",
        fields: [name, institution, sort, chair, rhythm, goal])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
