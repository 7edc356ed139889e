import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// What is due and overdue, for the member this notebook belongs to.
struct DueCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "due",
        abstract: said("Show what is overdue, due soon, or without a date."),
        discussion: said(
            """
            Next steps of your one-to-ones and promises that you wrote down; those without a date \
            stand at the end. Tick one off by the id that stands with it.

            Example:
              fieldbook due --days 14
            """),
        aliases: ["today"])

    @Option(help: ArgumentHelp(said("How many days to look ahead."), valueName: "n"))
    var days: Int = 7

    @Flag(help: .said("Include what others wrote down."))
    var all = false

    @OptionGroup var common: Common

    func validate() throws {
        guard (0...3660).contains(days) else {
            throw ValidationError(said("--days is \(days). It can be 0 to 3660."))
        }
    }

    func run(in notebook: Notebook) throws {
        let items = try notebook.due(within: Int64(days), everyone: all)
        try common.show(Due(items: items.map(Item.init))) { page in
            let dated = items.filter { $0.due != nil }
            let undated = items.filter { $0.due == nil }
            if dated.isEmpty {
                page.line("Nothing is due in the next \(counted(days, "day", "days")).")
            } else {
                page.table(table(dated, notebook.today))
            }
            if !undated.isEmpty {
                page.line()
                page.line("Without a date", .bold)
                page.table(table(undated))
            }
            guard let first = items.first else { return }
            page.line()
            page.line("When it is done: fieldbook commitment keep \(first.id.shortened)")
        }
    }

    private func table(_ items: [DueItem], _ today: Day) -> Table {
        var table = Table([.fixed(""), .fixed("Due"), .name("Who"), .fixed("Id"), .text("What")])
        for item in items {
            let style: Page.Style =
                item.state == "overdue" ? .red : item.state == "due" ? .yellow : .plain
            let day = item.state == "due" ? said("today") : item.due?.short(today: today) ?? ""
            table.row(
                .init(item.state == "overdue" ? "!" : "", style), .init(day, style),
                .init(item.personName),
                .init(item.id.shortened, .faint), .init(item.what))
        }
        return table
    }

    private func table(_ undated: [DueItem]) -> Table {
        var table = Table([.name("Who"), .fixed("Id"), .text("What")])
        for item in undated {
            table.row(
                .init(item.personName), .init(item.id.shortened, .faint), .init(item.what))
        }
        return table
    }

    private struct Due: Encodable {
        let items: [Item]
    }

    private struct Item: Encodable {
        let kind: String
        let id: String
        let person: String
        let personName: String
        let what: String
        @OrNull var due: String?
        let state: String

        init(_ item: DueItem) {
            kind = item.kind
            id = item.id.description
            person = item.person.description
            personName = item.personName
            what = item.what
            due = item.due?.description
            state = item.state
        }
    }
}
