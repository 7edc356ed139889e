import ArgumentParser
import Notebook
import Terminal
import Wording

/// The reports, and the list of them.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: said("Show a report; without a name, the list of them."),
        usage: "fieldbook report [<name>] [<who>] [<options>]",
        discussion: said(
            """
            Each report says with --explain how it works out its figures. What may be given to others is \
            "fieldbook report funder --csv": counts and indicators, and no names. --csv and --json are \
            for programs: headings, words of the program and days are in English, whatever your \
            language; what you wrote stays as you wrote it.

            Example:
              fieldbook report one-to-ones --from "8 weeks ago" --goal 15
              fieldbook report memory Rosa
            """))

    @Argument(
        help: ArgumentHelp(said("The report."), valueName: "name"),
        completion: .list(Report.all.map(\.name)))
    var name: String?

    @Argument(
        help: ArgumentHelp(said("Whom a report about one person is about."), valueName: "who"),
        completion: .people)
    var who: String?

    @Option(help: ArgumentHelp(said("The first day."), valueName: "date"))
    var from: String?

    @Option(help: ArgumentHelp(said("The last day. Default: today."), valueName: "date"))
    var to: String?

    @Option(
        help: ArgumentHelp(
            said("What had been written by the end of this day, on any laptop."), valueName: "date")
    )
    var asKnownOn: String?

    @Option(help: ArgumentHelp(said("One-to-ones meant for a week."), valueName: "n"))
    var goal: Int?

    @Flag(help: .said("For others to read: keep back groups of 1 to 4 people."))
    var shared = false

    @Flag(help: .said("Say how the figures are worked out."))
    var explain = false

    @Flag(help: .said("Print every row."))
    var all = false

    @Flag(help: .said("Print the rows for a spreadsheet."))
    var csv = false

    @OptionGroup var common: Common

    func validate() throws {
        guard !(csv && common.json) else {
            throw ValidationError(said("Say --csv or --json, not both."))
        }
        if let goal, !(1...1000).contains(goal) {
            throw ValidationError(said("--goal is \(goal). It can be 1 to 1000."))
        }
        guard name != nil || !explain else {
            throw ValidationError(said("Name the report that --explain is about."))
        }
    }

    func run() throws {
        guard let name else { return try show(Report.list, nil, today: nil) }
        let report = try Report.named(name)
        if explain { return try explain(report) }
        if from != nil, report.period == .moment {
            Screen.note("This report is about one day, which --to names. --from was left out.")
        }
        try show(report, try common.open())
    }

    private func show(_ report: Report, _ present: Notebook) throws {
        let day = { (text: String) in try present.day(text, looking: .past) }
        let known = try asKnownOn.map { min(try day($0), present.today) }
        let question = ReportQuestion(
            from: try from.map(day), to: try to.map(day), isShared: shared,
            who: try who.map { try present.findSubject($0, of: report) }, goal: goal)
        let make = { (notebook: Notebook) in
            try (
                days: notebook.days(of: report, question),
                table: notebook.table(report, question), today: notebook.today
            )
        }
        // For programs all of it is in English, also what stands for a name that is missing.
        let (days, table, today) = try Language.$current.withValue(
            csv || common.json ? .english : .current
        ) {
            try known.map { try present.asKnown(on: $0, make) } ?? make(present)
        }
        let isOfTurfsAlone = try present.isOfTurfsAlone
        let facts: [(name: String, value: Tree)] = [
            ("from", .text(days.lowerBound.description)),
            ("to", .text(days.upperBound.description)),
            ("asKnownOn", known.map { .text($0.description) } ?? .null), ("shared", .flag(shared)),
            ("ofTurfsAlone", .flag(isOfTurfsAlone)),
        ]
        try show(table, report.name, facts, today: today) { page in
            Self.title(report, &page)
            page.line(Self.heading(report, days, known, today), .faint)
            guard isOfTurfsAlone else { return }
            page.line("This notebook is a leader's: all of it is of your turf alone.", .faint)
        }
    }

    private static func title(_ report: Report, _ page: inout Page) {
        for line in Wrapping.lines(report.abstract.text, Screen.columns) { page.line(line, .bold) }
    }

    /// "Tue 10 Dec 2025 to Tue 3 Mar, as known on Mon 2 Mar"
    private static func heading(
        _ report: Report, _ days: ClosedRange<Day>, _ known: Day?, _ today: Day
    ) -> Phrase {
        let last = days.upperBound.short(today: today)
        let span: Phrase =
            report.period == .moment
            ? "On \(last)" : "\(days.lowerBound.short(today: today)) to \(last)"
        guard let known else { return span }
        return "\(span), as known on \(known.short(today: today))"
    }

    private func show(
        _ table: ReportTable, _ name: String?, _ facts: [(name: String, value: Tree)] = [],
        today: Day?, _ head: (inout Page) -> Void = { _ in }
    ) throws {
        guard !csv else { return try Screen.write(table.csv) }
        try common.show(table.document(name, facts)) { page in
            head(&page)
            ReportPage(table: table, today: today ?? Day(number: 0)).fill(&page, all: all)
        }
    }

    private func explain(_ report: Report) throws {
        let document = Tree.fields([
            ("report", .text(report.name)), ("rows", .list([])),
            ("shows", .text(report.abstract.text(in: .english))),
            ("formula", .text(report.formula.text(in: .english))),
            ("columns", report.columns.map { .text($0.text(in: .english)) } ?? .null),
            ("rules", .text(Report.rules.text(in: .english))),
            (
                "sharing",
                report.namesPeople ? .null : .text(Report.sharing.text(in: .english))
            ),
        ])
        try common.show(document) { page in
            Self.title(report, &page)
            page.line()
            page.paragraph(report.formula)
            if let columns = report.columns {
                page.line()
                page.paragraph(columns)
            }
            page.line()
            page.paragraph(Report.rules)
            guard !report.namesPeople else { return }
            page.line()
            page.paragraph(Report.sharing)
        }
    }
}
