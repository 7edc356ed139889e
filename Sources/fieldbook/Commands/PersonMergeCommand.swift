import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Links two entries as one person.
struct PersonMergeCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: said("Say that two entries are one person."),
        usage: "fieldbook person merge <a> <b> [--yes] [--preview]",
        discussion: said(
            """
            Lists show them as one from now on, by the name of one of them. Neither is changed: \
            "fieldbook person unmerge" takes it back. --preview shows both side by side, and what they \
            would be together, with the name.

            Example:
              fieldbook person merge 1b7c20aa 9cd04f1e
            """))

    @Argument(help: ArgumentHelp(said("One entry."), valueName: "a"))
    var one: String

    @Argument(help: ArgumentHelp(said("The other."), valueName: "b"))
    var other: String

    @Flag(help: .said("Do not ask in a terminal."))
    var yes = false

    @Flag(help: .said("Show what both hold and would be together, and change nothing."))
    var preview = false

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let (a, b) = (try common.person(one, notebook), try common.person(other, notebook))
        try notebook.checkLink(a, b)
        guard !preview else { return try showPreview(a, b, notebook) }
        if try notebook.samePeople().isCalledDifferent(PersonPair(a, b)) {
            Screen.note("Somebody said that they are two people. To merge them overrules that.")
        }
        guard try yes || isConfirmed(a, b, notebook) else {
            throw Complaint("Nothing was changed.")
        }
        try notebook.link(a, b)
        let same = try notebook.samePeople()
        let document = Merged(
            id: same.canonical(of: a).description, entries: same.all(of: a).map(\.description))
        try common.show(document) { page in
            let names = try [a, b].map(notebook.entryName).listed("and")
            page.paragraph("\(names) are one person now, called \(try notebook.name(of: a)).")
            page.line("To undo it: fieldbook person unmerge \(a.shortened) \(b.shortened)")
        }
    }

    private func showPreview(_ a: RecordID, _ b: RecordID, _ notebook: Notebook) throws {
        guard let one = try notebook.person(a), let other = try notebook.person(b) else { return }
        let entries = ([one] + one.others + [other] + other.others).sorted { $0.id < $1.id }
        let document = Merged(
            id: entries[0].id.description, entries: entries.map(\.id.description))
        try common.show(document) { page in
            let facts = PersonFacts(notebook: notebook)
            page.table(try facts.comparison(of: one, with: other))
            page.line()
            page.line("As one person they would be called \(entries[0].name):")
            page.table(try facts.table(of: entries))
            page.line()
            page.line("Nothing was changed.")
        }
    }

    /// Shows what both hold, and asks; where there is no terminal, nobody is asked.
    private func isConfirmed(_ a: RecordID, _ b: RecordID, _ notebook: Notebook) throws -> Bool {
        guard Asking.isInTerminal, !common.json, let one = try notebook.person(a),
            let other = try notebook.person(b)
        else { return true }
        var page = Page()
        page.table(try PersonFacts(notebook: notebook).comparison(of: one, with: other))
        try page.show()
        return Asking.confirm("Are these one person?") ?? true
    }

    private struct Merged: Encodable {
        /// The entry by which lists show the person.
        let id: String
        let entries: [String]
    }
}
