import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Changes fields of a record: those that are named, or in an editor.
struct EditCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: said("Change a record, by field=value or in your editor."),
        usage: "fieldbook edit <record> [<field=value> ...]",
        discussion: said(
            """
            Without fields the record opens in $VISUAL or $EDITOR as a short text, and what you \
            change there is changed, field by field. field= clears a field; field+=a and field-=a \
            add to one with several values and take out of it.

            Example:
              fieldbook edit 3f2a91c0 answer=partial "verbatim=We will look at it."
            """))

    @Argument(
        help: ArgumentHelp(
            said("An id, the end of one, or what it is called."), valueName: "record"))
    var record: String

    @Argument(help: ArgumentHelp(said("What to change."), valueName: "field=value"))
    var fields: [String] = []

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try common.record(record, notebook)
        let before = try notebook.readRecord(key)
        let changed =
            fields.isEmpty
            ? try EditedRecord(key, notebook).apply()
            : try assign(key, before, notebook)
        let outcome = try RecordOutcome(key, notebook)
        try common.show(outcome) { page in
            page.line(changed ? "Changed \(outcome.title)." : "Nothing was changed.")
            try RecordDays(key, notebook, since: before).fill(&page)
        }
    }

    private func assign(
        _ key: RecordKey, _ before: KnownRecord?, _ notebook: Notebook
    ) throws -> Bool {
        try notebook.edit(key, fields.map { try Assignment($0) })
        let after = try notebook.readRecord(key)
        return before?.fields.map(\.values) != after?.fields.map(\.values)
            || before?.state.conflicts != after?.state.conflicts
    }
}
