import ArgumentParser
import Notebook
import Terminal
import Wording

/// Brings a deleted person back.
struct PersonRestoreCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: said("Restore a person who was deleted."),
        discussion: said(
            """
            Example:
              fieldbook person restore "Rosa Alvarez"
            """))

    @Argument(help: ArgumentHelp(said("The person, by name or id."), valueName: "who"))
    var who: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let id = try notebook.findDeletedPerson(who)
        try notebook.restorePerson(id)
        try common.show(IDDocument(id)) { page in
            page.line("Restored \(try notebook.name(of: id)) (\(id.shortened)).")
        }
    }
}
