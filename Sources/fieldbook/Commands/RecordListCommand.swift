import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
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

    func validate() throws {
        guard limit.map({ $0 > 0 }) ?? true else {
            throw ValidationError(said("--limit is \(limit ?? 0). It is 1 or more."))
        }
    }

    func run(in notebook: Notebook) throws {
        let schema = try Notebook.known(kind).schema
        let entries = try notebook.records(of: schema.name, limit: limit)
        try common.show(Records(records: entries.map(RecordDocument.init))) { page in
            guard !entries.isEmpty else {
                return page.line("No \(FieldWords.kinds(schema.number)) here yet.")
            }
            let words = ValueWords(notebook: notebook)
            var table = Table([.fixed("Id"), .name("What"), .text("")])
            for entry in entries {
                let facts = try entry.fields.filter { !$0.schema.isNeeded && !$0.schema.isLong }
                    .map { field, values in
                        let word = FieldWords.field(field.name, of: schema.number)
                        let value = try words.words(values, in: field, of: schema.number)
                        return value.hasPrefix(word.text) ? value : "\(word) \(value)"
                    }
                table.row(
                    .init(entry.key.id.shortened, .faint), .init(entry.title),
                    .init(facts.joined(separator: ", ")))
            }
            page.table(table)
        }
    }

    private struct Records: Encodable {
        let records: [RecordDocument]
    }
}
