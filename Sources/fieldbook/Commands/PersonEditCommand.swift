import ArgumentParser
import Notebook

/// Changes what is written about a person.
struct PersonEditCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Change a person's name, phone number, turf and so on.",
        usage: "fieldbook person edit <who> [<options>]",
        discussion: """
            An empty text clears a field. Another turf takes their meetings and promises along.

            Example:
              fieldbook person edit Rosa --phone 612-555-0199 --turf "North Side"
            """)

    @Argument(help: ArgumentHelp("The person.", valueName: "who"))
    var who: String

    @Option(help: ArgumentHelp("Their new name.", valueName: "name"))
    var name: String?

    @OptionGroup var options: PersonOptions
    @OptionGroup var common: Common

    func validate() throws {
        guard name != nil || !options.isEmpty else {
            throw ValidationError("Say what to change, for example --phone 612-555-0199.")
        }
    }

    func run(in notebook: Notebook) throws {
        let id = try notebook.findPerson(who)
        if let name, Folding.name(name).isEmpty { throw NotebookError.empty(what: "name") }
        let before = try notebook.person(id)
        try notebook.edit(id, try options.details(name: name.map(Plain.name), notebook))
        let after = try notebook.person(id)
        try common.show(IDDocument(id)) { page in
            let name = try notebook.name(of: id)
            page.line(before == after ? "\(name) was so already." : "Changed \(name).")
        }
    }
}
