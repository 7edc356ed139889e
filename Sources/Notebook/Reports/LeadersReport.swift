import GRDB
import Replication
import Store
import Wording

extension Report {
    /// Leaders that an institution should have where nobody set a goal for its team.
    private static let usualTeam = 3

    static let leaders = Report(
        "leaders", "How deep leadership is in each institution, and whom it stands for.",
        .days(365),
        formula: """
            A leader = somebody with a tier: their own, or that of their latest assessment up to the \
            last day. For each institution: its people here, its leaders by tier; enough = it has as \
            many as its team's goal, or else \(usualTeam). Turnover = of those who were on one of its \
            teams on the first day, those who are on none of them on the last / all of them. Diversity \
            = 1 − Σ p² (Simpson, 1949) of languages and of neighborhoods, as far as people gave them, \
            among leaders and among everybody. With --shared, groups of 1 to 4 are shown as <5 and \
            shares that rest on them are left out, and so are the smallest others from which they could \
            be worked out.
            """,
        columns: """
            Columns: 1st, 2nd and 3rd = primary, secondary and tertiary leaders; other = leaders \
            of other tiers; left = turnover.
            """
    ) { scope in
        let roster = try Roster(scope)
        let tiers = try Leadership.tiers(scope, roster)
        let depth = try LeadershipDepth(scope, roster, tiers)
        var table = ReportTable(
            [
                .init("institution", "Institution", .name), .id("id"), .init("people", "People"),
                .init("primary", "1st"), .init("secondary", "2nd"), .init("tertiary", "3rd"),
                .init("other", "Other"), .init("leaders", "Leaders", .bar),
                .init("goal", "Goal"), .init("enough", "Enough"), .init("turnover", "Left"),
            ], nothing: "No institution is written down here.")
        let people = scope.hidden(of: depth.rows.map { [$0.people] }).parts
        let leaders = scope.hidden(
            of: depth.rows.map { [$0.leaders, $0.people - $0.leaders] }, besides: people
        ).parts
        var isEveryTold = true
        for (place, row) in depth.rows.enumerated() {
            let values = values(row, (people.contains(place), leaders.contains(place)), scope)
            table.row(values)
            if row.id != nil, values[9] == .none { isEveryTold = false }
        }
        let institutions = depth.rows.filter { $0.id != nil }
        let enough = institutions.count { $0.leaders >= $0.goal }
        table.figure(
            "enough", "Institutions with enough leaders",
            // The one of which it is not told would follow from it, and so how many it has.
            isEveryTold ? ReportValue(enough, of: institutions.count) : .none)
        table.figure("sectors", "Sectors with a leader", .count(depth.sectors))
        let (languages, places) = (
            try roster.texts(Person.language, scope),
            try roster.texts(Person.neighbourhood, scope)
        )
        let everybody = Array(roster.people.indices)
        let figures: [(key: String, words: Phrase, texts: [String?], people: [Int])] = [
            ("leaderLanguage", "Diversity of leaders' languages", languages, depth.leaders),
            ("baseLanguage", "Diversity of everybody's languages", languages, everybody),
            ("leaderNeighborhood", "Diversity of leaders' neighborhoods", places, depth.leaders),
            ("baseNeighborhood", "Diversity of everybody's neighborhoods", places, everybody),
        ]
        for (key, words, texts, people) in figures {
            table.figure(key, words, simpson(people.compactMap { texts[$0] }, scope))
        }
        return table
    }

    private static func values(
        _ row: LeadershipDepth.Row, _ kept: (people: Bool, leaders: Bool), _ scope: ReportScope
    ) -> [ReportValue] {
        let cells = LeaderTier.allCases.map { row.tiers[$0] ?? 0 }
        let tiers = scope.hidden(of: cells.map { [$0] })
        let isHidden = row.leaders > 0 && (kept.leaders || tiers.whole)
        // Tiers that are all told would tell the leaders.
        let hidden = isHidden ? Set(cells.indices.filter { cells[$0] > 0 }) : tiers.parts
        return [
            .text(row.name), ReportValue(row.id), kept.people ? .few : .count(row.people),
        ] + cells.indices.map { hidden.contains($0) ? .few : .count(cells[$0]) } + [
            isHidden ? .few : .count(row.leaders), row.id == nil ? .none : .count(row.goal),
            row.id == nil || isHidden
                ? .none : .said(row.leaders >= row.goal ? "yes" : "no"),
            scope.share(row.left, of: row.atStart),
        ]
    }

    private static func simpson(_ groups: [String], _ scope: ReportScope) -> ReportValue {
        let counts = Dictionary(groups.map { (Folding.name($0), 1) }, uniquingKeysWith: +).values
        let isHidden = scope.question.isShared && counts.contains(where: SmallCells.isSmall)
        return isHidden ? .none : ReportValue(number: Inequality.simpson(Array(counts)))
    }

    /// The team that an institution without a goal should have.
    fileprivate static func goal(_ written: Int?) -> Int { written ?? usualTeam }
}

/// Leaders of each institution.
private struct LeadershipDepth {
    struct Row {
        let id: RecordID?
        let name: String
        let goal: Int
        var people = 0
        var tiers: [LeaderTier: Int] = [:]
        var atStart = 0
        var left = 0

        var leaders: Int { tiers.values.reduce(0, +) }
    }

    private(set) var rows: [Row] = []
    /// Numbers on the roster.
    private(set) var leaders: [Int] = []
    private(set) var sectors = 0

    init(_ scope: ReportScope, _ roster: Roster, _ tiers: [String?]) throws {
        var sectorOf: [RecordID: String] = [:]
        var places: [RecordID: Int] = [:]
        for row in try GRDB.Row.fetchAll(
            scope.db,
            sql: """
                SELECT id, name, sector, teamGoal FROM institution ORDER BY name COLLATE NOCASE, id
                """)
        {
            guard let id = row.id("id") else { continue }
            let goal = (row.shown("teamGoal") as Int64?).map(Institution.teamGoal.nearest)
            places[id] = rows.count
            sectorOf[id] = row.shown("sector")
            rows.append(
                Row(id: id, name: row.shown("name") ?? said("(no name)"), goal: Report.goal(goal)))
        }
        var rest = Row(id: nil, name: said("(no institution)"), goal: 0)
        for (number, person) in roster.people.enumerated() {
            let tier = tiers[number].map(LeaderTier.init)
            if tier != nil { leaders.append(number) }
            Self.edit(&rows, &rest, person.institution.flatMap { places[$0] }) { row in
                row.people += 1
                if let tier { row.tiers[tier, default: 0] += 1 }
            }
        }
        sectors =
            Set(
                leaders.compactMap { roster[$0].institution.flatMap { sectorOf[$0] } }.map(
                    Folding.name
                )
                .filter { !$0.isEmpty }
            ).count
        try readTeams(scope, roster, places)
        if rest.people > 0 { rows.append(rest) }
    }

    private static func edit(
        _ rows: inout [Row], _ rest: inout Row, _ place: Int?, _ body: (inout Row) -> Void
    ) {
        if let place { body(&rows[place]) } else { body(&rest) }
    }

    /// Who was on a team of each institution on the first day, and who is on none on the last.
    private mutating func readTeams(
        _ scope: ReportScope, _ roster: Roster, _ places: [RecordID: Int]
    ) throws {
        var start = [Set<RecordID>](repeating: [], count: rows.count)
        var end = start
        var row = try FastStatement(
            scope.db,
            """
            SELECT t.institution, m.person, m.since, m.until FROM teamMember m
            JOIN team t ON t.id = m.team
            WHERE t.institution IS NOT NULL AND m.person IS NOT NULL
            """)
        while try row.step() {
            guard let place = places[try row.id(0)] else { continue }
            let entry = try row.id(1)
            let person = scope.people.canonical(of: entry)
            let (since, until) = (row.day(2), row.day(3))
            if ReportScope.goes(since, until, on: scope.from) { start[place].insert(person) }
            // Who was deleted is on no team any more.
            guard roster.number(of: entry) != nil else { continue }
            if ReportScope.goes(since, until, on: scope.to) { end[place].insert(person) }
        }
        for place in rows.indices {
            rows[place].atStart = start[place].count
            rows[place].left = start[place].subtracting(end[place]).count
        }
    }
}
