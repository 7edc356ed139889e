import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Deletes a record, which can be restored.
struct RecordDeleteCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: said("Delete a record; it can be restored."),
        discussion: said(
            """
            Example:
              fieldbook record delete 3f2a91c0
            """))

    @Argument(help: ArgumentHelp(said("An id, or the end of one."), valueName: "record"))
    var record: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try notebook.findRecord(record)
        let outcome = try RecordOutcome(key, notebook)
        try notebook.delete(key)
        try common.show(outcome) { page in
            page.line("Deleted \(outcome.title).")
            page.line("To bring it back: fieldbook record restore \(key.id.shortened)", .faint)
        }
    }
}
