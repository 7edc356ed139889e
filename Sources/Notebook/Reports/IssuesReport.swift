import GRDB
import Replication
import Store
import Wording

extension Report {
    static let issues = Report(
        "issues", "What people are concerned about, and how widely.", .days(365),
        formula: """
            Concerns heard in held one-to-ones of these days, by distinct people, not by mentions. \
            Institutions = those whose people named it; breadth = these / institutions listened to. \
            Trend = distinct people in each sixth of the days. Concerns that differ only in case, \
            accents or punctuation are one. With --shared, a concern of 1 to 4 people is shown as <5 \
            without its words, and a trend with such a group is left out.
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

    /// Whether each stretch has so many people, or none, that it may be told.
    private static func isTold(_ trend: [Int], _ scope: ReportScope) -> Bool {
        !scope.question.isShared || !trend.contains(where: SmallCells.isSmall)
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
                isTold(spread.trend, scope) ? .trend(spread.trend) : .none)
        }
        if hidden > 0 {
            table.row(.said("(others, each of 1 to 4 people)"), .few, .none, .none, .none)
        }
        table.figure("listenedTo", "People listened to", scope.people(concerns.listened.count))
        table.figure("institutions", "Institutions listened to", .count(listened))
        return table
    }

    static let issuesByInstitution = Report(
        "issues-by-institution", "What people are concerned about in each institution.",
        .days(365),
        formula: """
            Concerns heard in held one-to-ones of these days, by distinct people of each institution; \
            share = these / people of the institution who were listened to. With --shared, groups of 1 \
            to 4 are shown as <5; where one alone would be, so is the smallest other of the concern, \
            since the whole is known from the report "issues". Concerns of 1 to 4 people in all are \
            left out.
            """
    ) { scope in
        let roster = try Roster(scope)
        let concerns = try Concerns(scope, roster)
        var counts: [[RecordID?: Set<Int>]] = .init(repeating: [:], count: concerns.count)
        for mention in concerns.mentions {
            let institution = roster[mention.person].institution
            counts[mention.concern][institution, default: []].insert(mention.person)
        }
        let listened = Dictionary(
            concerns.listened.map { (roster[$0].institution, 1) }, uniquingKeysWith: +)
        var table = ReportTable(
            [
                .init("institution", "Institution", .name), .id("id"),
                .init("concern", "Concern", .name), .init("people", "People", .bar),
                .init("share", "Of listened"),
            ], nothing: "No concerns were heard on these days.")
        for row in try rows(concerns, counts, scope) {
            let people = row.isHidden ? ReportValue.few : .count(row.people)
            let share = ReportValue(row.people, of: listened[row.institution] ?? 0)
            table.row(
                .text(row.name), ReportValue(row.institution), .text(row.concern), people,
                row.isHidden ? .none : share)
        }
        return table
    }

    private struct InstitutionRow {
        let institution: RecordID?
        let name: String
        let concern: String
        let people: Int
        let isHidden: Bool
    }

    private static func rows(
        _ concerns: Concerns, _ counts: [[RecordID?: Set<Int>]], _ scope: ReportScope
    ) throws -> [InstitutionRow] {
        let names = try Dictionary(
            Row.fetchAll(scope.db, sql: "SELECT id, name FROM institution").compactMap { row in
                row.id("id").map { ($0, (row.shown("name") ?? said("(no name)")) as String) }
            }
        ) { first, _ in first }
        var rows: [InstitutionRow] = []
        for (concern, groups) in counts.enumerated() {
            let parts = groups.sorted { ($0.key?.rawValue ?? 0) < ($1.key?.rawValue ?? 0) }
            let sizes = parts.map(\.value.count)
            let isShared = scope.question.isShared
            if isShared, SmallCells.isSmall(sizes.reduce(0, +)) { continue }
            let hidden = isShared ? SmallCells.hidden(of: sizes) : []
            for (index, part) in parts.enumerated() {
                let name = part.key.map { names[$0] ?? "(not here)" } ?? "(no institution)"
                rows.append(
                    InstitutionRow(
                        institution: part.key, name: name, concern: concerns.words(concern),
                        people: sizes[index], isHidden: hidden.contains(index)))
            }
        }
        return rows.sorted {
            // What is kept back is not told by its place either.
            let (a, b) = ($0.isHidden ? 0 : $0.people, $1.isHidden ? 0 : $1.people)
            return $0.name != $1.name
                ? $0.name < $1.name : a != b ? a > b : $0.concern < $1.concern
        }
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
