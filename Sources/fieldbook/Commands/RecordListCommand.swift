import ArgumentParser
import Notebook
import Wording

/// The records of a kind.
struct RecordListCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: said("List the records of a kind, the latest first."),
        discussion: said(
            """
            Example:
              fieldbook record list action
            """))

    @Argument(
        help: ArgumentHelp(
            said("The kind: \"fieldbook record kinds\" lists them."), valueName: "kind"),
        completion: .kinds)
    var kind: String

    @Option(help: ArgumentHelp(said("At most so many."), valueName: "n"))
    var limit: Int?

    @OptionGroup var common: Common

    func validate() throws { try RecordList.check(limit) }

    func run(in notebook: Notebook) throws {
        try RecordList(Notebook.known(kind).schema, limit: limit, notebook).show(common)
    }
}
