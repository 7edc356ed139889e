import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Brings a deleted record back.
struct RecordRestoreCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: said("Bring a deleted record back."),
        discussion: said(
            """
            Example:
              fieldbook record restore 3f2a91c0
            """))

    @Argument(help: ArgumentHelp(said("An id, or the end of one."), valueName: "record"))
    var record: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try notebook.findRecord(record)
        if let record = try notebook.readRecord(key),
            !record.state.conflicts.contains(where: { $0.field == CommonField.life })
        {
            throw Complaint(
                "\(record.title) (\(key.id.shortened)) was not deleted. Nothing was changed.")
        }
        try notebook.restore(key)
        let outcome = try RecordOutcome(key, notebook)
        try common.show(outcome) { $0.line("\(outcome.title) is back.") }
    }
}
