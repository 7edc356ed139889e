import ArgumentParser
import Notebook
import Replication
import Terminal

/// Brings a deleted record back.
struct RecordRestoreCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a deleted record back.",
        discussion: """
            Example:
              fieldbook record restore 3f2a91c0
            """)

    @Argument(help: ArgumentHelp("An id, or the end of one.", valueName: "record"))
    var record: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try notebook.findRecord(record)
        try notebook.restore(key)
        let outcome = try RecordOutcome(key, notebook)
        try common.show(outcome) { $0.line("\(outcome.title) is back.") }
    }
}
