import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Logs a contact that was no one-to-one.
struct TouchCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "touch",
        abstract: said(
            "Log a contact that was no one-to-one: a call, a text."),
        usage: "fieldbook touch <who> ... --by <how> [<options>]",
        discussion: said(
            """
            Several people can be named, one after the other.

            Example:
              fieldbook touch Rosa "Bo Lind" --by call --note "Both come on Sunday."
            """))

    @Argument(help: ArgumentHelp(said("The people."), valueName: "who"), completion: .people)
    var people: [String]

    @Option(
        help: ArgumentHelp(
            said("call, text, email, visit, event or other."), valueName: "how"),
        completion: .list(Touch.sort.choices))
    var by: String

    @Option(help: ArgumentHelp(said("The day it was. Default: today."), valueName: "date"))
    var on: String?

    @Option(
        help: ArgumentHelp(
            said("What was said; - reads it from standard input."), valueName: "text"))
    var note: String?

    @OptionGroup var regard: AnywayOption
    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let whom = try People(notebook).all(people, mayAsk: !common.json).known
        try regard.check(whom, notebook, common)
        let day = try on.map { try notebook.day($0, looking: .past) } ?? notebook.today
        let note = try note.map { try Input.text($0, what: "note") }.flatMap(MetCommand.filled)
        let ids = try notebook.touch(whom, by: by, on: day, note: note)
        let touches = zip(ids, whom).map { Touched(id: $0.description, person: $1.description) }
        try common.show(Document(touches: touches)) { page in
            let names = try whom.map { try notebook.name(of: $0) }.listed("and")
            let id = ids.map(\.shortened).joined(separator: ", ")
            page.paragraph(
                "Logged: in contact with \(names), \(day.short(today: notebook.today)) (\(id)).")
        }
    }

    private struct Document: Encodable {
        let touches: [Touched]
    }

    private struct Touched: Encodable {
        let id: String
        let person: String
    }
}
