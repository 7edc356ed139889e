import ArgumentParser
import Notebook
import Replication
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
        let id = try deleted(notebook)
        try notebook.restorePerson(id)
        try common.show(IDDocument(id)) { page in
            page.line("Restored \(try notebook.name(of: id)) (\(id.shortened)).")
        }
    }

    private func deleted(_ notebook: Notebook) throws -> RecordID {
        do {
            return try common.choosing { try notebook.findDeletedPerson(who) }
        } catch let error as NotebookError {
            guard case .unknown = error, let here = try? notebook.findPerson(who) else {
                throw error
            }
            let name = try notebook.name(of: here)
            throw Complaint(
                """
                There is no deleted person called "\(Plain.name(who))". \(name) (\(here.shortened)) is \
                here, and was not deleted.
                """)
        }
    }
}
