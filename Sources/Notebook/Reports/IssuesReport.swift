import Replication
import Wording

extension Report {
    static let issues = Report(
        "issues", "What people are concerned about, and how widely.", .days(365),
        formula: """
            Concerns heard in held one-to-ones of these days, and those written down as records of a \
            person, by their day or else that of their one-to-one, if it was held: by distinct people, \
            not by mentions. A record that is linked to an issue counts under the issue's title, and \
            so does what the same person said in the same words; everything else under its own words. \
            Those that differ only in case, accents or punctuation are one. Institutions = those whose \
            people named it; breadth = these / institutions listened to. Trend = distinct people in \
            each sixth of the days. With --shared, a concern of 1 to 4 people is shown as <5 without \
            its words, and a trend with such a group is left out, \
            and so is how many were listened to where it would tell of 1 to 4 who did not name one.
            """
    ) { scope in
        let roster = try Roster(scope)
        let concerns = try Concerns(scope, roster)
        var spread = [Spread](repeating: Spread(), count: concerns.count)
        for mention in concerns.mentions {
            spread[mention.concern].add(
                mention, roster[mention.person].institution, Self.slice(of: mention.day, scope))
        }
        let listened = Set(concerns.listened.compactMap { roster[$0].institution })
        return table(concerns, spread, listened: listened.count, scope)
    }

    /// Whether neither those of a stretch are few nor the others, nor, of two stretches, those of both.
    private static func isTold(_ trend: [Int], of people: Int, _ scope: ReportScope) -> Bool {
        let filled = trend.filter { $0 > 0 }
        let both = filled.count == 2 ? filled[0] + filled[1] - people : 0
        return filled.allSatisfy { scope.tells($0, of: people) }
            && (!scope.question.isShared || !SmallCells.isSmall(both))
    }

    /// The sixth of the days in which a day is.
    private static func slice(of day: Day, _ scope: ReportScope) -> Int {
        let length = scope.to - scope.from + 1
        return Int((day - scope.from) * Int64(Spread.slices) / length)
    }

    private static func table(
        _ concerns: Concerns, _ spread: [Spread], listened: Int, _ scope: ReportScope
    ) -> ReportTable {
        var table = ReportTable(
            [
                .init("concern", "Concern", .name), .init("people", "People", .bar),
                .init("institutions", "Institutions"), .init("breadth", "Breadth"),
                .init("trend", "Trend"),
            ], nothing: "No concerns were heard on these days.")
        let rows = spread.indices.map { (words: concerns.words($0), spread: spread[$0]) }.sorted {
            let (a, b) = ($0.spread.people.count, $1.spread.people.count)
            return a != b ? a > b : $0.words < $1.words
        }
        var hidden = 0
        for (words, spread) in rows {
            // What few people are concerned about may be known of one of them.
            guard !scope.question.isShared || !SmallCells.isSmall(spread.people.count) else {
                hidden += 1
                continue
            }
            table.row(
                .text(words), .count(spread.people.count),
                .count(spread.institutions.count),
                ReportValue(spread.institutions.count, of: listened),
                isTold(spread.trend, of: spread.people.count, scope)
                    ? .trend(spread.trend) : .none)
        }
        if hidden > 0 {
            table.row(.said("(others, each of 1 to 4 people)"), .few, .none, .none, .none)
        }
        let all = concerns.listened.count
        // Those who did not name a concern would be known from all.
        let isHidden =
            scope.question.isShared
            && rows.contains { SmallCells.isSmall(all - $0.spread.people.count) }
        table.figure("listenedTo", "People listened to", isHidden ? .none : scope.people(all))
        table.figure("institutions", "Institutions listened to", .count(listened))
        return table
    }
}

/// Who named a concern, where, and when.
private struct Spread {
    static let slices = 6

    private(set) var people: Set<Int> = []
    private(set) var institutions: Set<RecordID> = []
    private var bySlice = [Set<Int>](repeating: [], count: slices)

    mutating func add(_ mention: Mention, _ institution: RecordID?, _ slice: Int) {
        people.insert(mention.person)
        if let institution { institutions.insert(institution) }
        bySlice[slice].insert(mention.person)
    }

    var trend: [Int] { bySlice.map(\.count) }
}
