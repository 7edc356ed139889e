import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// The day before its first meeting.
struct TodayCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "today",
        abstract: said("Show whom you meet today and tomorrow, and what is due."),
        discussion: said(
            """
            For each one-to-one that is arranged: what to mind, your last meetings in short, and what \
            is promised both ways. Not for a screen that others see.

            Example:
              fieldbook today
            """))

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let today = notebook.today
        let briefs = try notebook.briefs(today...(today + 1)).map { brief in
            (
                brief,
                try Memories(of: brief.person, notebook).latest(Self.recalled, today: today)
            )
        }
        let unsettled = try notebook.unsettled()
        let items = try notebook.due(within: Int64(DuePage.usualDays))
        let document = Document(
            meetings: briefs.map { BriefDocument($0, $1) },
            unsettled: unsettled.map(UnsettledDocument.init),
            items: items.map(DueDocument.init))
        try common.show(document) { page in
            if briefs.isEmpty { Self.fillEmpty(&page) }
            for (brief, memory) in briefs {
                BriefPage(brief: brief, memory: memory, today: today).fill(&page)
                page.line()
            }
            try Self.fill(unsettled, notebook, &page)
            DuePage(items: items, days: DuePage.usualDays, today: today).fill(&page)
        }
    }

    /// One-to-ones that are recalled, and other contacts.
    private static let recalled = 3

    /// Those of which nobody says yet what came of them, with how to say it.
    private static func fill(
        _ unsettled: [ArrangedOneToOne], _ notebook: Notebook, _ page: inout Page
    ) throws {
        guard !unsettled.isEmpty else { return }
        page.line("Was it held? met, missed or cancel:", .bold)
        var table = Table([.fixed(""), .name(""), .fixed("")], indent: 2)
        for meeting in unsettled {
            table.row(
                .init(meeting.on?.short(today: notebook.today)),
                .init(try notebook.name(of: meeting.person)),
                .init(meeting.id.shortened, .faint))
        }
        page.table(table)
        page.line()
    }

    private static func fillEmpty(_ page: inout Page) {
        page.line("No one-to-one is arranged for today or tomorrow. To arrange one:")
        page.line(
            "  fieldbook schedule Rosa --on tomorrow --at 18:30", .faint)
        page.line()
    }

    private struct Document: Encodable {
        let meetings: [BriefDocument]
        /// Arranged for days that have passed.
        let unsettled: [UnsettledDocument]
        let items: [DueDocument]
    }
}

private struct UnsettledDocument: Encodable {
    let id: String
    @OrNull var person: String?
    @OrNull var on: String?

    init(_ meeting: ArrangedOneToOne) {
        id = meeting.id.description
        person = meeting.person?.description
        on = meeting.on?.description
    }
}

/// What to have in mind before a one-to-one, as a page.
private struct BriefPage {
    let brief: Brief
    let memory: Memories
    let today: Day

    func fill(_ page: inout Page) {
        let name = [brief.personName, brief.at].compactMap { $0 }.joined(separator: ", ")
        page.line(brief.on == today ? "Today: \(name)" : "Tomorrow: \(name)", .bold)
        var table = Table([.fixed(""), .text("")], indent: 2)
        if !brief.phones.isEmpty { table.row("Phone", brief.phones.listed("or")) }
        if let place = brief.place { table.row("Place", place) }
        for caution in brief.cautions { table.row(.init("Mind", .yellow), .init(caution)) }
        for entry in memory.entries {
            table.row(
                .init(entry.on?.short(today: today) ?? said("Once")),
                .init(entry.words(today: today)))
        }
        if memory.meetings.isEmpty { table.row("Met", "never") }
        for promise in brief.promises {
            let label: Phrase = promise.direction == "we" ? "We owe" : "They owe"
            table.row(
                label, promise.what + (promise.due.map { " (\($0.short(today: today)))" } ?? ""))
        }
        page.table(table)
        page.line("  Afterwards: fieldbook met \(brief.person.shortened)", .faint)
    }
}

/// The same as JSON has it.
private struct BriefDocument: Encodable {
    let id: String
    let person: String
    let personName: String
    let phones: [String]
    let on: String
    @OrNull var at: String?
    @OrNull var place: String?
    let cautions: [Phrase]
    let met: [Met]
    let touches: [TouchDocument]
    let promises: [Promise]

    struct Met: Encodable {
        @OrNull var on: String?
        let words: Phrase
    }

    struct Promise: Encodable {
        let id: String
        let direction: String
        let what: String
        @OrNull var due: String?
    }

    init(_ brief: Brief, _ memory: Memories) {
        id = brief.id.description
        person = brief.person.description
        personName = brief.personName
        phones = brief.phones
        on = brief.on.description
        at = brief.at
        place = brief.place
        cautions = brief.cautions
        met = brief.met.map { Met(on: $0.on?.description, words: $0.words) }
        touches = memory.touches.map(TouchDocument.init)
        promises = brief.promises.map {
            Promise(
                id: $0.id.description, direction: $0.direction, what: $0.what,
                due: $0.due?.description)
        }
    }
}
