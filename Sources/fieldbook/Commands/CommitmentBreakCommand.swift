import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Settles a promise as broken.
struct CommitmentBreakCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "break",
        abstract: said("Say that a promise was broken."),
        discussion: said(
            """
            Example:
              fieldbook commitment break 1c9e04ab
            """))

    @Argument(
        help: ArgumentHelp(said("The promise's id, or the person's name."), valueName: "id"),
        completion: .people)
    var id: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try Settling.find(id, steps: false, notebook, common)
        guard key.kind == Commitment.kind.number else {
            throw try Settling.refusal(of: key, wanted: "a promise", notebook)
        }
        try Settling.settle(key.id, as: Commitment.broken, notebook, common)
    }
}
