import ArgumentParser
import Notebook
import Terminal
import Wording

/// Deletes a person's record.
struct PersonDeleteCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: said("Delete a person's record."),
        discussion: said(
            """
            It can be restored. What somebody else wrote meanwhile keeps the record, as a conflict \
            to settle.

            Example:
              fieldbook person delete "Rosa Alvarez"
            """))

    @Argument(help: ArgumentHelp(said("The person."), valueName: "who"), completion: .people)
    var who: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let id = try People(notebook).surely(who, mayAsk: !common.json)
        let name = try notebook.entry(id)?.name ?? said("somebody")
        try notebook.deletePerson(id)
        try common.show(IDDocument(id)) { page in
            page.line("Deleted \(name).")
            try notebook.note(besides: [id], &page)
            page.line("To undo it: fieldbook person restore \(id.shortened)")
        }
    }
}
