import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Adds a turf.
struct TurfAddCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: said("Add a turf."),
        discussion: said(
            """
            A leader's name here is a note; to read the turf, the leader needs an invitation.

            Example:
              fieldbook turf add "North Side" --leader "Luis Ortiz"
            """))

    @Argument(help: ArgumentHelp(said("The turf's name."), valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp(said("The person who leads it."), valueName: "who"))
    var leader: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let name = Plain.name(name)
        let leader = try leader.map { try common.person($0, notebook) }
        let id = try notebook.addTurf(name, leader: leader)
        try common.show(IDDocument(id)) { page in
            page.line("Added the turf \(name) (\(id.shortened)).")
            page.line("Put people into it: fieldbook turf assign \"\(name)\" WHO…")
        }
    }
}
