import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// All that a record says.
struct RecordShowCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: said("Show a record with all its fields."),
        discussion: said(
            """
            Example:
              fieldbook record show 3f2a91c0
            """))

    @Argument(
        help: ArgumentHelp(said("An id, the end of one, or a person's name."), valueName: "record"),
        completion: .people)
    var record: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try notebook.findAnyRecord(record)
        guard let entry = try notebook.readRecord(key) else {
            throw NotebookError.noSuchRecord(key.id.shortened)
        }
        try common.show(RecordDocument(entry)) { page in
            let word = FieldWords.kind(key.kind)
            page.line("\(entry.title) (\(word) \(key.id.shortened))", .bold)
            let words = ValueWords(notebook: notebook)
            var table = Table([.fixed(""), .text("")])
            for (field, values) in entry.fields {
                table.row(
                    .init(FieldWords.field(field.name, of: key.kind), .faint),
                    .init(try words.words(values, in: field, of: key.kind)))
            }
            page.table(table)
        }
    }
}
