import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Adds a person.
struct PersonAddCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: said("Add a person."),
        usage: "fieldbook person add <name> [<options>]",
        discussion: said(
            """
            You become their point person.

            Example:
              fieldbook person add "Rosa Alvarez" --phone 612-555-0100 --institution "St. Mark"
            """))

    @Argument(help: ArgumentHelp(said("Their full name."), valueName: "name"))
    var name: String

    @OptionGroup var options: PersonOptions
    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let name = Plain.name(name)
        // Before the institution, which may be added on the way.
        guard !Folding.name(name).isEmpty else { throw NotebookError.empty(what: "name") }
        let person = LinkagePerson(
            name: name, phones: [options.phone].compactMap { $0 },
            emails: [options.email].compactMap { $0 }, address: options.address)
        if let known = try Namesakes(notebook).ask(about: person, mayAsk: !common.json) {
            return try showKnown(known, notebook)
        }
        let details = try options.details(name: name, notebook)
        let id = try notebook.add(details)
        PersonOptions.noteNew(details)
        options.noteOdd()
        try Namesakes(notebook).warn(about: id)
        try common.show(IDDocument(id)) { page in
            let turf: Phrase = try details.turf.map { " to \(try notebook.name(of: $0))" } ?? ""
            page.line("Added \(name)\(turf) (\(id.shortened)).")
        }
    }

    private func showKnown(_ known: RecordID, _ notebook: Notebook) throws {
        try common.show(IDDocument(known)) { page in
            page.line("\(try notebook.name(of: known)) is here. Nothing was added.")
            page.line("To change what is written: fieldbook person edit \(known.shortened)")
        }
    }
}
