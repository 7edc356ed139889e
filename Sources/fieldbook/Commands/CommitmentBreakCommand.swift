import ArgumentParser
import Notebook

/// Settles a promise as broken.
struct CommitmentBreakCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "break",
        abstract: "Say that a promise was broken.",
        discussion: """
            Example:
              fieldbook commitment break 1c9e04ab
            """)

    @Argument(help: ArgumentHelp("The promise's id, or the end of it.", valueName: "id"))
    var id: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let promise = try notebook.findRecord(id, of: Commitment.kind)
        try Settling.settle(promise, as: Commitment.broken, notebook, common)
    }
}
