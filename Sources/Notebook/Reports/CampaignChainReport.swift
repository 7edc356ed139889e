import GRDB
import Replication
import Store
import Wording

extension Report {
    static let campaignChain = Report(
        "campaign-chain",
        "Each campaign from the concerns to the wins, and how long each step took.",
        .moment,
        formula: """
            For each campaign, up to --to (else today): concerns of its issue, by their day or \
            that of their one-to-one; the issue's cut; research actions on the issue; demands, by \
            the day they were asked; actions that were not cancelled; answers to the demands, and \
            the wins of those, by the day they were answered, or else asked; wins of its own. Days \
            = from the first of the last link that has a day to the first of this one; below 0 \
            where it came earlier. Undated records are counted. With --shared, concerns of 1 to 4 \
            people are shown as <5.
            """,
        columns: """
            Columns: link = what is counted; how many = of that link; first and last = the days of \
            the first and the last; of these = what they are, such as the people of the concerns.
            """
    ) { scope in
        let chains = try Chains(scope)
        var table = ReportTable(
            [
                .init("campaign", "Campaign", .name), .id("id"), .init("link", "Link"),
                .init("count", "How many"), .init("first", "First"), .init("last", "Last"),
                .init("days", "Days"), .init("detail", "Of these", .text),
            ], nothing: "No campaign is written down here.")
        for chain in try chains.all() {
            var before: Day?
            for link in chain.links {
                let days = before.flatMap { before in link.first.map { $0 - before } }
                table.row(
                    .text(chain.name), .id(chain.id), .said(link.name), link.shown,
                    ReportValue(link.first), ReportValue(link.last), ReportValue(days: days),
                    link.detail.map(ReportValue.said) ?? .none)
                before = link.first ?? before
            }
        }
        return table
    }
}

/// One link of a campaign's chain.
private struct ChainLink {
    let name: Phrase
    let shown: ReportValue
    let first: Day?
    let last: Day?
    let detail: Phrase?

    init(
        _ name: Phrase, _ days: [Day?], shown: ReportValue? = nil, detail: Phrase? = nil
    ) {
        self.name = name
        self.shown = shown ?? .count(days.count)
        (first, last) = (days.compactMap { $0 }.min(), days.compactMap { $0 }.max())
        self.detail = detail
    }
}

/// What belongs to each campaign.
private struct Chains {
    struct Chain {
        let id: RecordID
        let name: String
        let links: [ChainLink]
    }

    private struct Concern {
        let person: RecordID?
        let day: Day?
    }

    private struct Demand {
        let asked: Day?
        let answered: Day?
        let answer: String?
        let kept: String?
        let hasWin: Bool
    }

    private let scope: ReportScope
    private var concerns: [RecordID: [Concern]] = [:]
    private var research: [RecordID: [Day?]] = [:]
    private var actions: [RecordID: [Day?]] = [:]
    private var demands: [RecordID: [Demand]] = [:]
    private var cuts: [RecordID: Day] = [:]

    init(_ scope: ReportScope) throws {
        self.scope = scope
        try readConcerns()
        try readDemands()
        research = try days(
            "SELECT issue, \"on\" FROM researchAction WHERE issue IS NOT NULL")
        actions = try days(
            """
            SELECT campaign, "on" FROM action
            WHERE campaign IS NOT NULL AND coalesce(status, '') <> 'cancelled'
            """)
        cuts = try days("SELECT id, cutOn FROM issue WHERE cutOn IS NOT NULL")
            .compactMapValues { $0.first ?? nil }
    }

    /// What a query has for each id, those after the last day left out.
    private func days(_ sql: String) throws -> [RecordID: [Day?]] {
        var days: [RecordID: [Day?]] = [:]
        var row = try FastStatement(scope.db, sql)
        while try row.step() {
            let (id, day) = (try row.id(0), row.day(1))
            if isPast(day) { days[id, default: []].append(day) }
        }
        return days
    }

    private func isPast(_ day: Day?) -> Bool { day.map { $0 <= scope.to } ?? true }

    private mutating func readConcerns() throws {
        var row = try FastStatement(
            scope.db,
            """
            SELECT c.issue, c.person, coalesce(c."on", o."on") FROM concern c
            LEFT JOIN oneToOne o ON o.id = c.oneToOne WHERE c.issue IS NOT NULL
            """)
        while try row.step() {
            let concern = Concern(
                person: try row.optionalID(1).map(scope.people.canonical), day: row.day(2))
            if isPast(concern.day) { concerns[try row.id(0), default: []].append(concern) }
        }
    }

    private mutating func readDemands() throws {
        var row = try FastStatement(
            scope.db,
            """
            SELECT campaign, askedOn, answeredOn, answer, kept, win FROM demand
            WHERE campaign IS NOT NULL
            """)
        while try row.step() {
            let demand = Demand(
                asked: row.day(1), answered: row.day(2) ?? row.day(1), answer: row.filledText(3),
                kept: row.filledText(4), hasWin: row.filledText(5) != nil)
            if isPast(demand.asked) { demands[try row.id(0), default: []].append(demand) }
        }
    }

    /// Every campaign that had begun, by name.
    func all() throws -> [Chain] {
        try Row.fetchAll(
            scope.db,
            sql: """
                SELECT id, name, issue, wins FROM campaign
                WHERE coalesce(start <= \(scope.to.number), true)
                ORDER BY name COLLATE NOCASE, id
                """
        ).compactMap { row in
            row.id("id").map { id in
                Chain(
                    id: id, name: row.shown("name") ?? said("(no name)"),
                    links: links(id, issue: row.id("issue"), wins: row.texts("wins").count))
            }
        }
    }

    private func links(_ id: RecordID, issue: RecordID?, wins: Int) -> [ChainLink] {
        let heard = issue.flatMap { concerns[$0] } ?? []
        let people = Set(heard.compactMap(\.person)).count
        let isHidden =
            scope.question.isShared && [people, heard.count].contains(where: SmallCells.isSmall)
        let demands = demands[id] ?? []
        let answered = demands.filter { $0.answer != nil && isPast($0.answered) }
        let won = demands.filter { $0.hasWin && isPast($0.answered) }
        return [
            ChainLink(
                "concerns", isHidden ? [] : heard.map(\.day), shown: isHidden ? .few : nil,
                detail: isHidden || heard.isEmpty ? nil : "people: \(people)"),
            ChainLink("cut", issue.flatMap { cuts[$0] }.map { [$0] } ?? []),
            ChainLink("research", issue.flatMap { research[$0] } ?? []),
            ChainLink("demands", demands.map(\.asked)),
            ChainLink("actions", actions[id] ?? []),
            ChainLink("answers", answered.map(\.answered), detail: Self.answers(answered)),
            ChainLink(
                "wins", won.map(\.answered), shown: .count(won.count + wins),
                detail: Self.kept(answered)),
        ]
    }

    /// "2 yes, 1 partial, 0 no, 1 evaded, 0 absent"
    private static func answers(_ demands: [Demand]) -> Phrase? {
        guard !demands.isEmpty else { return nil }
        let of = { (word: String) in demands.count { $0.answer == word } }
        return """
            \(of("yes")) yes, \(of("partial")) partial, \(of("no")) no, \(of("evaded")) evaded, \
            \(of("absent")) absent
            """
    }

    /// What became later of what was promised.
    private static func kept(_ demands: [Demand]) -> Phrase? {
        let promised = demands.filter { ["yes", "partial"].contains($0.answer) }
        guard !promised.isEmpty else { return nil }
        let of = { (word: String?) in promised.count { $0.kept == word } }
        return """
            promises: \(of("yes")) kept, \(of("partly")) partly, \(of("no")) not, \(of(nil)) open
            """
    }
}
