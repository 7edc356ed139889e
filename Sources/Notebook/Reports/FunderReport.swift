import GRDB
import Replication
import Store
import Wording

extension Report {
    static let funder = Report(
        "funder", "What a funder may see: indicators and counts, and nothing about anybody.",
        .days(365),
        formula: """
            Indicators with their latest measurement up to the last day of these, group by group, their \
            baseline and target. Engagement, by the days on which it happened: distinct people with a \
            held one-to-one, one-to-ones, house meetings, trainings and actions, distinct people who \
            came to a training, people who came to actions; leaders by tier as on the last day. Always \
            as with --shared: 1 to 4 people are <5, and so is one tier more where the others would tell \
            it. A text in which somebody's name stands is left out.
            """
    ) { scope in
        let roster = try Roster(scope)
        var table = ReportTable(
            [
                .init("part", "Part"), .init("measure", "Measure", .text), .init("group", "Group"),
                .init("value", "Value"), .init("unit", "Unit"), .init("baseline", "Baseline"),
                .init("target", "Target"), .init("on", "On"),
            ], nothing: "There is nothing to report.")
        let masked = try Mask(scope)
        for one in try Indicators(scope).all {
            let texts = [one.group, one.value, one.unit, one.baseline, one.target].map {
                ReportValue($0.flatMap(masked.shown))
            }
            let name: ReportValue =
                masked.shown(one.name).map { .text($0) }
                ?? .said("(an indicator with a name in it)")
            table.row(
                [.said("indicator"), name] + texts + [ReportValue(one.day)])
        }
        for (measure, value) in try Engagement(scope, roster).values {
            table.row(
                .said("engagement"), .said(measure), .none, value, .none, .none, .none,
                .day(scope.to))
        }
        return table
    }
}

/// Keeps the names of people out of what others write.
private struct Mask {
    /// Folded names by their first words: few texts need to be compared with few names.
    private var names: [String: [String]] = [:]

    init(_ scope: ReportScope) throws {
        guard try Int.fetchOne(scope.db, sql: "SELECT count(*) FROM indicator") ?? 0 > 0 else {
            return
        }
        // Every entry's, also where several are one person.
        let people = try scope.names(of: Person.kind, Person.name).values
        for name in try Array(people) + scope.names(of: Member.kind, Member.name).values {
            let folded = Folding.name(name)
            guard let first = folded.split(separator: " ").first else { continue }
            names[String(first), default: []].append(folded)
        }
    }

    /// Nil for a text in which somebody's whole name stands.
    func shown(_ text: String) -> String? {
        let folded = " " + Folding.name(text) + " "
        let isNaming = folded.split(separator: " ").contains { word in
            names[String(word)]?.contains { folded.contains(" \($0) ") } ?? false
        }
        return isNaming ? nil : text
    }
}

/// What partners agreed to measure, and how it stands.
private struct Indicators {
    struct Indicator {
        let name: String
        let group: String?
        let value: String?
        let unit: String?
        let baseline: String?
        let target: String?
        let day: Day?
    }

    private(set) var all: [Indicator] = []

    /// Each by name, with the last value of each group; of an indicator that nobody measured, one
    /// without a value.
    init(_ scope: ReportScope) throws {
        var row = try FastStatement(
            scope.db,
            """
            SELECT i.name, m."group", m.value, i.unit, i.baseline, i.target, m."on", i.id
            FROM indicator i LEFT JOIN measurement m ON m.indicator = i.id AND m."on" <= ?
            ORDER BY i.name COLLATE NOCASE, i.id, m."group", m."on" DESC, m.id DESC
            """)
        row.bind(scope.to.number)
        var last: (id: RecordID, group: String?)?
        while try row.step() {
            let (id, group) = (try row.id(7), row.filledText(1))
            if let last, last == (id, group) { continue }
            last = (id, group)
            all.append(
                Indicator(
                    name: row.optionalText(0) ?? said("(no name)"), group: group,
                    value: row.filledText(2), unit: row.filledText(3),
                    baseline: row.filledText(4), target: row.filledText(5), day: row.day(6)))
        }
    }
}

/// How many people take part, as others may read it.
private struct Engagement {
    private(set) var values: [(measure: Phrase, value: ReportValue)] = []

    init(_ scope: ReportScope, _ roster: Roster) throws {
        let held = try Meetings(scope, roster).held(in: scope.days)
        let events = try Events(scope)
        let came = try Attendances(scope, roster, events).all.filter {
            $0.step.isThere && $0.day.map(scope.days.contains) ?? false
        }
        let of = { (kind: Event.Kind) in came.filter { $0.event.kind == kind } }
        let number = { (kind: Event.Kind) in
            ReportValue.count(events.all(kind, in: scope.days).count)
        }
        values = [
            ("People met", Self.people(Set(held.compactMap(\.person)).count)),
            ("One-to-ones held", Self.people(held.count)),
        ]
        let tiers = try Leadership.tiers(scope, roster).compactMap { $0.map(LeaderTier.init) }
        let counts = LeaderTier.allCases.map { tier in tiers.count { $0 == tier } }
        let hidden = SmallCells.hidden(of: counts)
        let words: [Phrase] = [
            "Primary leaders", "Secondary leaders", "Tertiary leaders", "Other leaders",
        ]
        for index in counts.indices {
            values.append((words[index], hidden.contains(index) ? .few : .count(counts[index])))
        }
        values += [
            ("House meetings", number(.houseMeeting)), ("Trainings", number(.training)),
            ("People trained", Self.people(Set(of(.training).compactMap(\.person)).count)),
            ("Actions", number(.action)),
            ("Turnout at actions", Self.people(of(.action).reduce(0) { $0 + $1.count })),
        ]
    }

    private static func people(_ count: Int) -> ReportValue { SmallCells.shown(count, true) }
}
