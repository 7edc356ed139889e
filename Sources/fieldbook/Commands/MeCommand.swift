import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Whose notebook this is.
struct MeCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "me",
        abstract: said("Show whose notebook this is, or correct your own name."),
        discussion: said(
            """
            All that you wrote is shown under the new name, also on others' laptops after a sync.

            Example:
              fieldbook me --name "Ana Reyes"
            """))

    @Option(help: ArgumentHelp(said("Your name, as others will see it."), valueName: "name"))
    var name: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let before = notebook.me
        let new = name.map(Plain.name)
        if let new {
            guard !Folding.name(new).isEmpty else { throw NotebookError.empty(what: "name") }
            if new != before.name { try notebook.rename(to: new) }
        }
        let outcome = Owner(
            member: before.member.description, person: before.person?.description,
            name: new ?? before.name)
        try common.show(outcome) { page in
            guard let new else { return page.line("This notebook is \(before.name)'s.") }
            guard new != before.name else { return page.line("You were called so already.") }
            page.line("You are called \(new) now, no longer \(before.name).")
            try notePerson(called: new, notebook, &page)
        }
    }

    /// Lists show a member who is a person here by the name of that person.
    private func notePerson(
        called name: String, _ notebook: Notebook, _ page: inout Page
    ) throws {
        guard let person = notebook.me.person, let other = try notebook.entry(person)?.name,
            other != name
        else { return }
        page.paragraph(
            """
            Among the people here you are still \(other). To change that too: fieldbook person edit \
            \(person.shortened) --name \(Shell.quoted(name))
            """)
    }

    private struct Owner: Encodable {
        let member: String
        @OrNull var person: String?
        let name: String
    }
}
