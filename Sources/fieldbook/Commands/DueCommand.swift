import ArgumentParser
import Notebook
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
            """))

    @Option(help: ArgumentHelp(said("How many days to look ahead."), valueName: "n"))
    var days: Int = DuePage.usualDays

    @Flag(help: .said("Include what others wrote down."))
    var all = false

    @OptionGroup var tagged: TagOption
    @OptionGroup var common: Common

    func validate() throws {
        guard (0...3660).contains(days) else {
            throw ValidationError(said("--days is \(days). It can be 0 to 3660."))
        }
    }

    func run(in notebook: Notebook) throws {
        let items = try notebook.due(within: Int64(days), everyone: all, tagged: tagged.tag)
        try common.show(Due(items: items.map(DueDocument.init))) {
            DuePage(items: items, days: days, today: notebook.today).fill(&$0)
        }
    }

    private struct Due: Encodable {
        let items: [DueDocument]
    }
}
