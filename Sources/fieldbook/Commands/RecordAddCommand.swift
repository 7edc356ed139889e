import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Writes a new record of any kind down.
struct RecordAddCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: said("Write a new record down."),
        usage: "fieldbook record add <kind> <field=value> ...",
        discussion: said(
            """
            People, turfs and other records are named as everywhere; fields with several values \
            take commas between them.

            Example:
              fieldbook record add issue "title=Bus stops" category=transit status=heard
            """))

    @Argument(
        help: ArgumentHelp(
            said("What it is: \"fieldbook record kinds\" lists them."), valueName: "kind"),
        completion: .kinds)
    var kind: String

    @Argument(help: ArgumentHelp(said("What to write down."), valueName: "field=value"))
    var fields: [String] = []

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try notebook.addRecord(kind, fields.map { try Assignment($0) })
        let outcome = try RecordOutcome(key, notebook)
        try common.show(outcome) { page in
            page.line("Added \(FieldWords.kind(key.kind)): \(outcome.title) (\(key.id.shortened)).")
            try RecordDays(key, notebook).fill(&page)
        }
    }
}
