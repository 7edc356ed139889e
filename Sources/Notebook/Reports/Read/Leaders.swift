import Replication
import Store
import Wording

/// Which ring of leadership somebody is in.
enum LeaderTier: Int, CaseIterable {
    case primary, secondary, tertiary, other

    /// By the word that somebody wrote: networks have different ones.
    init(_ word: String) {
        self =
            switch Folding.name(word) {
            case "primary", "core", "1": .primary
            case "secondary", "activist", "2": .secondary
            case "tertiary", "supporter", "3": .tertiary
            default: .other
            }
    }
}

extension LeaderTier {
    /// The word for a tier as records hold it: "primario" is primary; a network's own word stays.
    static func word(_ text: String) -> String {
        switch Folding.name(text) {
        case "primary", "primario", "primaria", "principal": "primary"
        case "secondary", "secundario", "secundaria": "secondary"
        case "tertiary", "terciario", "terciaria": "tertiary"
        default: text
        }
    }

    /// How a tier is read: a network's own word as it is.
    static func shown(_ word: String) -> Phrase {
        ["primary", "secondary", "tertiary"].contains(word) ? Phrase(word: word) : .verbatim(word)
    }
}

/// What makes somebody a leader here.
enum Leadership {
    /// The level of an assessment from which on somebody is taken for a leader.
    static let leastLevel: Int64 = 3

    /// Each person's tier, by number on the roster: their own, or else that of their latest assessment
    /// up to the last day that names one.
    static func tiers(_ scope: ReportScope, _ roster: Roster) throws -> [String?] {
        var tiers = try roster.texts(Person.tier, scope)
        var assessed = [String?](repeating: nil, count: roster.count)
        var row = try FastStatement(
            scope.db,
            """
            SELECT person, tier FROM assessment
            WHERE person IS NOT NULL AND tier IS NOT NULL AND date <= ? ORDER BY date, id
            """)
        row.bind(scope.to.number)
        while try row.step() {
            guard let number = roster.number(of: try row.id(0)), let tier = row.filledText(1)
            else { continue }
            assessed[number] = tier
        }
        for number in tiers.indices where tiers[number] == nil { tiers[number] = assessed[number] }
        return tiers
    }

    /// When each was taken for a leader up to the last day, by number on the roster, the earliest
    /// first; and by whom.
    static func recognitions(
        _ scope: ReportScope, _ roster: Roster, _ organizers: inout Organizers
    ) throws -> [(person: Int, day: Day, by: RecordID?)] {
        var found: [(person: Int, day: Day, by: RecordID?)] = []
        var row = try FastStatement(
            scope.db,
            """
            SELECT person, date, organizer FROM assessment
            WHERE person IS NOT NULL AND date <= ?
                AND (level >= \(leastLevel) OR trim(coalesce(tier, '')) <> '')
            ORDER BY date, id
            """)
        row.bind(scope.to.number)
        while try row.step() {
            guard let number = roster.number(of: try row.id(0)), let day = row.day(1) else {
                continue
            }
            found.append(
                (number, day, try row.optionalID(2).map { organizers.canonical(of: $0) }))
        }
        return found
    }
}
