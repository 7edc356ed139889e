import GRDB
import Replication
import Store
import Wording

extension Report {
    static let funder = Report(
        "funder", "What a funder may see: indicators and counts, and nothing about anybody.",
        .days(365),
        formula: """
            Indicators with their latest measurement up to the last day of these, group by group, \
            their baseline and target. Engagement, by the days on which it happened: distinct \
            people with a held one-to-one, one-to-ones, house meetings, trainings and actions, \
            distinct people who came to a training, people who came to actions; leaders by tier as \
            on the last day. Always as with --shared: 1 to 4 people are <5, and so is one tier \
            more where the others would tell it; a measured 1 to 4 is <5 too, but for percentages. \
            A text is left out in which somebody's name stands as it is now, of people who were \
            deleted too: a word of it of three letters or more, all of a shorter one, two signs of \
            a Chinese or Japanese one; and one with an address of e-mail, or a telephone number.
            """,
        columns: """
            Columns: part = what it belongs to; measure = what is counted or measured; value = how \
            many, or what was measured; unit = the indicator's; on = the day of the measurement.
            """
    ) { scope in
        let roster = try Roster(scope)
        var table = ReportTable(
            [
                .init("part", "Part"), .init("measure", "Measure", .text), .init("group", "Group"),
                .init("value", "Value"), .init("unit", "Unit"), .init("baseline", "Baseline"),
                .init("target", "Target"), .init("on", "On"),
            ], nothing: "There is nothing to report.")
        let masked = try NameMask(scope)
        for one in try Indicators(scope).all {
            let texts = [one.group, one.unit].map { ReportValue($0.flatMap(masked.shown)) }
            let values = [one.value, one.baseline, one.target].map {
                $0.map(masked.value) ?? .none
            }
            let name: ReportValue =
                masked.shown(one.name).map { .text($0) }
                ?? .said("(an indicator with a name in it)")
            table.row(
                [
                    .said("indicator"), name, texts[0], values[0], texts[1], values[1], values[2],
                    ReportValue(one.day),
                ])
        }
        for (measure, value) in try Engagement(scope, roster).values {
            table.row(
                .said("engagement"), .said(measure), .none, value, .none, .none, .none,
                .day(scope.to))
        }
        return table
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
        let came = try Attendances(scope, roster, events) {
            !$0.isCancelled && $0.day.map(scope.days.contains) ?? false
        }.all.filter(\.step.isThere)
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
