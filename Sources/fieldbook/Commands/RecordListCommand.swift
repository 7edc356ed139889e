import ArgumentParser
import Notebook
import Replication
import Store
import Terminal

/// The records of a kind.
struct RecordListCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the records of a kind, the latest first.",
        discussion: """
            Example:
              fieldbook record list action
            """)

    @Argument(
        help: ArgumentHelp("The kind: \"fieldbook record kinds\" lists them.", valueName: "kind"))
    var kind: String

    @Option(help: ArgumentHelp("At most so many.", valueName: "n"))
    var limit: Int?

    @OptionGroup var common: Common

    func validate() throws {
        guard limit.map({ $0 > 0 }) ?? true else {
            throw ValidationError("--limit is \(limit ?? 0). It is 1 or more.")
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
                        return value.hasPrefix(word) ? value : "\(word) \(value)"
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
