import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// The week on one page.
struct PlanCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: said("Show your week on one page: goals, meetings, promises, actions."),
        discussion: said(
            """
            What the reports "goals" and "week" hold of you, for this week and the next. It prints on \
            one sheet: fieldbook plan | lpr

            Example:
              fieldbook plan
            """))

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let plan = try Plan(notebook)
        try common.show(plan.document) { plan.fill(&$0) }
    }
}

/// A member's week.
private struct Plan {
    /// Lines that each part of the page may take.
    private static let most = (goals: 6, meetings: 11, promises: 14, actions: 5)
    /// What fits beside each other, so that each row is a line.
    private static let mostLetters = (goal: 40, name: 22, what: 36)

    private let week: ReportTable
    private let goals: [[String: ReportValue]]
    private let today: Day

    init(_ notebook: Notebook) throws {
        today = notebook.today
        week = try notebook.table(Report.named("week"), ReportQuestion())
        let people = try notebook.samePeople()
        let mine = Set(notebook.me.ids.map { ReportValue.id(people.canonical(of: $0)) })
        goals = try notebook.table(Report.named("goals"), ReportQuestion()).named.filter { row in
            row["ownerID"].map { $0 == .none || mine.contains($0) } ?? false
        }
    }

    private func rows(_ kinds: String..., part: String? = nil) -> [[String: ReportValue]] {
        week.named.filter { row in
            kinds.contains { row["kind"] == .text($0) }
                && part.map { row["part"] == .said(Phrase(word: $0)) } ?? true
        }
    }

    var document: Tree {
        let trees = { (rows: [[String: ReportValue]]) in
            Tree.list(rows.map { row in Tree.fields(row.map { ($0.key, $0.value.tree) }) })
        }
        return .fields([
            ("week", week.figure("week")?.tree ?? .null),
            ("figures", .fields(week.figures.map { ($0.name, $0.value.tree) })),
            ("goals", trees(goals)), ("meetings", trees(rows("oneToOne"))),
            ("promises", trees(rows("promise", "ourPromise", "nextStep"))),
            ("actions", trees(rows("action"))),
        ])
    }

    func fill(_ page: inout Page) {
        page.line("Week \(week.figure("week")?.words(today: today) ?? "")", .bold)
        let count = { (name: String) in week.figure(name)?.words(today: today) ?? "0" }
        page.line(
            """
            One-to-ones: \(count("held")) held, \(count("ahead")) ahead, \(count("fallenOut")) fallen \
            out.
            """)
        fillGoals(&page)
        fill(
            &page, "One-to-ones this week", rows("oneToOne", part: "this week"), Self.most.meetings)
        fill(
            &page, "One-to-ones next week", rows("oneToOne", part: "next week"), Self.most.meetings)
        fill(&page, "Promised to us", rows("promise"), Self.most.promises / 2)
        fill(
            &page, "Promised by us, and next steps", rows("ourPromise", "nextStep"),
            Self.most.promises / 2)
        fill(&page, "Actions", rows("action"), Self.most.actions)
    }

    private func fillGoals(_ page: inout Page) {
        guard !goals.isEmpty else { return }
        var table = Table([.name(""), .number(""), .fixed(""), .number("")])
        for goal in goals.prefix(Self.most.goals) {
            let words = { (column: String) in goal[column]?.words(today: today) ?? "" }
            table.row(
                .init(words("goal").cut(to: Self.mostLetters.goal)),
                .init("\(words("done")) of \(words("target"))"),
                .init(Self.time(goal["period"] ?? .none)),
                .init(words("share")))
        }
        page.line()
        page.line("Goals", .bold)
        page.table(table)
        let others = goals.count - Self.most.goals
        if others > 0 { page.line("and \(others) more: fieldbook report goals", .faint) }
    }

    private static func time(_ period: ReportValue) -> Phrase {
        switch period {
        case .said("week"): "this week"
        case .said("month"): "this month"
        case .said("quarter"): "this quarter"
        case .said("year"): "this year"
        default: ""
        }
    }

    private func fill(
        _ page: inout Page, _ title: Phrase, _ rows: [[String: ReportValue]], _ most: Int
    ) {
        page.line()
        page.line(title, .bold)
        guard !rows.isEmpty else { return page.line("none", .faint) }
        var table = Table([.fixed(""), .fixed(""), .name(""), .name("")])
        for row in rows.prefix(most) {
            let words = { (column: String) in row[column]?.words(today: today) ?? "" }
            let isPast = row["part"] == .said("past")
            let what = ["at", "place", "what"].map(words).filter { !$0.isEmpty }
                .joined(separator: ", ")
            table.row(
                .init(isPast ? "!" : "", .red), .init(words("day"), isPast ? .red : .plain),
                .init(words("name").cut(to: Self.mostLetters.name)),
                .init(what.cut(to: Self.mostLetters.what)))
        }
        page.table(table)
        if rows.count > most {
            page.line("and \(rows.count - most) more: fieldbook report week --all", .faint)
        }
    }
}

extension ReportTable {
    /// The rows by the names of their columns.
    fileprivate var named: [[String: ReportValue]] {
        rows.map { Dictionary(uniqueKeysWithValues: zip(columns.map(\.name), $0)) }
    }
}
