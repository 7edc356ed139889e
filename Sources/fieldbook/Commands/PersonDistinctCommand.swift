import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Says that two entries are two people.
struct PersonDistinctCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "distinct",
        abstract: said("Say that two entries are two people."),
        usage: "fieldbook person distinct <a> <b>",
        discussion: said(
            """
            They are not proposed any more, on no laptop and in no night's report.

            Example:
              fieldbook person distinct 1b7c20aa 9cd04f1e
            """))

    @Argument(help: ArgumentHelp(said("One entry."), valueName: "a"))
    var one: String

    @Argument(help: ArgumentHelp(said("The other."), valueName: "b"))
    var other: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let (a, b) = (try common.person(one, notebook), try common.person(other, notebook))
        try notebook.dismiss(a, b)
        try common.show(Distinct(a: a.description, b: b.description)) { page in
            let names = try [a, b].map(notebook.entryName).listed("and")
            page.paragraph("\(names) are two people, and are not proposed any more.")
        }
    }

    private struct Distinct: Encodable {
        let a: String
        let b: String
    }
}
