package import Replication
package import Store

/// A fight for an issue, with the strategy chart's columns (Midwest Academy).
package enum Campaign {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let issue = FieldSchema(17, "issue", .id, names: ["issue"])
    package static let longGoal = FieldSchema(18, "longGoal", .text, isSearchable: true)
    package static let intermediateGoal = FieldSchema(
        19, "intermediateGoal", .text, isSearchable: true)
    package static let shortGoal = FieldSchema(20, "shortGoal", .text, isSearchable: true)
    package static let considerations = FieldSchema(
        21, "considerations", .text, isSearchable: true, isLong: true)
    package static let constituents = FieldSchema(
        22, "constituents", .text, isSearchable: true, isLong: true)
    package static let tactics = FieldSchema(23, "tactics", .text, isSearchable: true, isLong: true)
    package static let partners = FieldSchema(24, "partners", .text, rule: .set, isSearchable: true)
    package static let phase = FieldSchema(25, "phase", .text)
    package static let start = FieldSchema(26, "start", .day)
    package static let end = FieldSchema(27, "end", .day)
    package static let budget = FieldSchema(28, "budget", .text)
    package static let wins = FieldSchema(29, "wins", .text, rule: .set, isSearchable: true)
    package static let status = FieldSchema(
        30, "status", .text, choices: ["active", "won", "lost", "paused", "ended"])
    package static let kind = KindSchema(
        23, "campaign",
        fields: [
            name, issue, longGoal, intermediateGoal, shortGoal, considerations, constituents,
            tactics, partners, phase, start, end, budget, wins, status,
        ])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
