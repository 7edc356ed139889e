package import Replication
package import Store
import Wording

/// A dated judgement of a person's leadership by a named assessor, with its basis. A new judgement
/// is a new record. Organizers alone read it.
package enum Assessment {
    package static let person = FieldSchema(16, "person", .id, names: ["person"])
    package static let organizer = FieldSchema(
        17, "organizer", .id, names: ["person", "member"])
    package static let date = FieldSchema(18, "date", .day)
    package static let level = FieldSchema(19, "level", .int)
    package static let basis = FieldSchema(20, "basis", .text)
    package static let scale = FieldSchema(21, "scale", .id, names: ["scale"])
    package static let tier = FieldSchema(22, "tier", .text)
    package static let oneToOne = FieldSchema(23, "oneToOne", .id, names: ["oneToOne"])
    package static let action = FieldSchema(24, "action", .id, names: ["action"])
    package static let confidence = FieldSchema(25, "confidence", .int, range: 1...5)
    package static let following = FieldSchema(26, "following", .int, range: 1...5)
    package static let relational = FieldSchema(27, "relational", .int, range: 1...5)
    package static let anger = FieldSchema(28, "anger", .int, range: 1...5)
    package static let reliability = FieldSchema(29, "reliability", .int, range: 1...5)
    package static let publicSkill = FieldSchema(30, "publicSkill", .int, range: 1...5)
    package static let strategicSense = FieldSchema(31, "strategicSense", .int, range: 1...5)
    package static let openness = FieldSchema(32, "openness", .int, range: 1...5)
    package static let kind = KindSchema(
        4, "assessment", indexed: [["person"]],
        fields: [
            person, organizer, date, level, basis, scale, tier, oneToOne, action, confidence,
            following, relational, anger, reliability, publicSkill, strategicSense, openness,
        ])

    /// Those that one has where no scale says others.
    package static let usualLevels: ClosedRange<Int64> = 1...5

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

extension Notebook {
    /// Writes down how somebody judges a person's leadership: always a new record. On a scale, the level
    /// is one of its levels; without one, the only scale here is meant, by its latest version.
    @discardableResult
    package func assess(
        _ person: RecordID, at level: Int64, on day: Day, basis: String? = nil,
        tier: String? = nil, scale: RecordID? = nil
    ) throws -> (id: RecordID, scale: KnownScale?) {
        guard day <= today else { throw NotebookError.inFuture(day) }
        let scale = try scale.map(self.scale) ?? usualScale()
        let levels = scale?.levels ?? Assessment.usualLevels
        guard levels.contains(level) else {
            throw NotebookError.outOfRange("\(level)", field: "level", levels)
        }
        var changes: [Change] = [
            .set(Assessment.person, .id(person)), .set(Assessment.date, .day(day.number)),
            .set(Assessment.level, .int(level)),
        ]
        if let basis { changes.append(.set(Assessment.basis, .text(basis))) }
        if let tier { changes.append(.set(Assessment.tier, .text(LeaderTier.word(tier)))) }
        if let scale { changes.append(.set(Assessment.scale, .id(scale.id))) }
        let edit = try addition(of: Assessment.kind, changes)
        try commit([edit])
        return (edit.key.id, scale)
    }
}
