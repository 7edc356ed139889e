import Replication
import Wording

extension Report {
    static let participation = Report(
        "participation", "Who stays with us: with and without a one-to-one or a research action.",
        .days(730),
        formula: """
            A cohort = people first seen in a calendar quarter of these days, at a held one-to-one or \
            at an event to which they came. Stayed = those of them who came to an event (action, house \
            meeting, training, research action) in the \(Staying.quarters) quarters after it, up to \
            the last day; rate = stayed / people. Split by whether they had a one-to-one, and whether \
            they came to a research action, in the quarter in which they were first seen: both \
            predicted continued involvement (Christens and Speer, 2011). A quarter after which no other \
            has begun has no rate yet. With --shared, a split with a group of 1 to 4 is left out, \
            and so is a figure from which it could be worked out.
            """,
        columns: """
            Columns: of whom = all of a cohort, or those of them with or without.
            """
    ) { scope in
        let staying = try Staying(scope)
        var table = ReportTable(
            [
                .init("cohort", "Cohort"), .init("group", "Of whom", .text),
                .init("people", "People"), .init("stayed", "Stayed"),
                .init("rate", "Rate", .bar),
            ], nothing: "Nobody was first seen on these days.")
        let cohorts = Dictionary(grouping: staying.newcomers, by: \.quarter)
        for quarter in cohorts.keys.sorted() {
            let people = cohorts[quarter] ?? []
            let hasRate = staying.hasEnded(quarter)
            add(quarter.words, "all", people, hasRate, scope, to: &table)
            for split in splits where isTold(people, by: split, hasRate, scope) {
                add(quarter.words, split.with, people.filter(split.is), hasRate, scope, to: &table)
                add(
                    quarter.words, split.without, people.filter { !split.is($0) }, hasRate, scope,
                    to: &table)
            }
        }
        let all = staying.newcomers.filter { staying.hasEnded($0.quarter) }
        for split in splits where isTold(all, by: split, true, scope) {
            // Those of the cohorts of which it is not told could be worked out from all.
            let kept = cohorts.filter {
                staying.hasEnded($0.key) && !isTold($0.value, by: split, true, scope)
            }
            guard
                kept.isEmpty
                    || kept.count > 1 && isTold(kept.flatMap(\.value), by: split, true, scope)
            else { continue }
            for (figure, part) in [
                (split.figures[0], all.filter(split.is)),
                (split.figures[1], all.filter { !split.is($0) }),
            ] {
                table.figure(
                    figure.key, figure.words,
                    ReportValue(part.count(where: \.stayed), of: part.count))
            }
        }
        return table
    }

    private struct Split {
        let with: Phrase
        let without: Phrase
        let figures: [(key: String, words: Phrase)]
        let `is`: @Sendable (Newcomer) -> Bool
    }

    private static let splits = [
        Split(
            with: "had a one-to-one", without: "had none",
            figures: [
                ("stayedMet", "Of those who had a one-to-one, stayed"),
                ("stayedUnmet", "Of those who had none, stayed"),
            ], is: { $0.wasMet }),
        Split(
            with: "at a research action", without: "at none",
            figures: [
                ("stayedResearch", "Of those at a research action, stayed"),
                ("stayedNoResearch", "Of those at none, stayed"),
            ], is: { $0.hasResearched }),
    ]

    /// Whether the parts of a split may be told, which together give the whole.
    private static func isTold(
        _ people: [Newcomer], by split: Split, _ hasRate: Bool, _ scope: ReportScope
    ) -> Bool {
        guard scope.question.isShared else { return true }
        let parts = [people.filter(split.is), people.filter { !split.is($0) }]
        let cells = parts.flatMap { part in
            let stayed = part.count(where: \.stayed)
            return hasRate ? [stayed, part.count - stayed] : [part.count]
        }
        return !cells.contains(where: SmallCells.isSmall)
    }

    private static func add(
        _ cohort: String, _ group: Phrase, _ people: [Newcomer], _ hasRate: Bool,
        _ scope: ReportScope, to table: inout ReportTable
    ) {
        let stayed = people.count(where: \.stayed)
        let isHidden =
            !hasRate || scope.question.isShared && SmallCells.isSmall(people.count - stayed)
        table.row(
            .text(cohort), .said(group), scope.people(people.count),
            isHidden ? .none : scope.people(stayed),
            isHidden ? .none : scope.share(stayed, of: people.count))
    }
}

/// A quarter of a calendar year.
private struct Quarter: Hashable, Comparable {
    let number: Int64

    init(of day: Day) {
        number = day.civil.year * 4 + (day.civil.month - 1) / 3
    }

    static func < (a: Quarter, b: Quarter) -> Bool { a.number < b.number }

    /// "2026 Q1"
    var words: String { "\(number / 4) Q\(number % 4 + 1)" }
}

/// Somebody who was first seen in some quarter, and what became of it.
private struct Newcomer: Sendable {
    let quarter: Quarter
    fileprivate(set) var wasMet = false
    fileprivate(set) var hasResearched = false
    fileprivate(set) var stayed = false
}

/// Who was new when, and who stayed.
private struct Staying {
    static let quarters: Int64 = 4

    private(set) var newcomers: [Newcomer] = []
    private let last: Quarter

    init(_ scope: ReportScope) throws {
        last = Quarter(of: scope.to)
        let roster = try Roster(scope)
        var seen = [Day?](repeating: nil, count: roster.count)
        var met: [(Int, Day)] = []
        for meeting in try Meetings(scope, roster).all where meeting.status == .held {
            guard let person = meeting.person, let day = meeting.day, day <= scope.to else {
                continue
            }
            met.append((person, day))
            seen[person] = min(seen[person] ?? day, day)
        }
        let came = try Attendances(scope, roster, Events(scope)).all.compactMap { one in
            one.person.flatMap { person in one.day.map { (person, $0, one) } }
        }.filter { $0.2.step.isThere && $0.1 <= scope.to }
        for (person, day, _) in came { seen[person] = min(seen[person] ?? day, day) }
        var people = seen.map { day in
            day.flatMap { scope.days.contains($0) ? Newcomer(quarter: Quarter(of: $0)) : nil }
        }
        for (person, day) in met where people[person]?.quarter == Quarter(of: day) {
            people[person]?.wasMet = true
        }
        for (person, day, one) in came {
            guard let first = people[person]?.quarter else { continue }
            let later = Quarter(of: day).number - first.number
            if later == 0, one.event.kind == .researchAction {
                people[person]?.hasResearched = true
            }
            if (1...Self.quarters).contains(later) { people[person]?.stayed = true }
        }
        newcomers = people.compactMap { $0 }
    }

    /// Whether there has been time to stay.
    func hasEnded(_ quarter: Quarter) -> Bool { quarter < last }
}
