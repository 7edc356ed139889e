import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Takes a link between two entries back.
struct PersonUnmergeCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "unmerge",
        abstract: said("Take back that two entries are one person."),
        usage: "fieldbook person unmerge <a> <b>",
        discussion: said(
            """
            Each is a person of its own again, with all that it had and has got since. They may be \
            proposed again; "fieldbook person distinct" ends that.

            Example:
              fieldbook person unmerge 1b7c20aa 9cd04f1e
            """))

    @Argument(help: ArgumentHelp(said("One entry."), valueName: "a"))
    var one: String

    @Argument(help: ArgumentHelp(said("The other."), valueName: "b"))
    var other: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let (a, b) = (try common.person(one, notebook), try common.person(other, notebook))
        try notebook.unlink(a, b)
        let areOne = try notebook.samePeople().areOne(a, b)
        try common.show(Unmerged(areOne: areOne)) { page in
            let names = try [a, b].map(notebook.entryName).listed("and")
            page.paragraph(
                areOne
                    ? "\(names) are not linked any more, but still one person through other entries."
                    : "\(names) are two people again.")
            page.line("To link them again: fieldbook person merge \(a.shortened) \(b.shortened)")
        }
    }

    private struct Unmerged: Encodable {
        /// Whether other links still make one person of them.
        let areOne: Bool
    }
}
