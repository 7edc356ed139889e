import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Writes down a promise.
struct CommitmentAddCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: said("Write down what somebody promised, and by when."),
        usage: "fieldbook commitment add <who> --what <text> --due <date> [--ours]",
        discussion: said(
            """
            Example:
              fieldbook commitment add Rosa --what "bring five neighbors" --due "dec 4"
            """))

    @Argument(help: ArgumentHelp(said("The person."), valueName: "who"), completion: .people)
    var who: String

    @Option(help: ArgumentHelp(said("What was promised."), valueName: "text"))
    var what: String

    @Option(help: ArgumentHelp(said("The day it is due."), valueName: "date"))
    var due: String

    @Flag(help: .said("We promised it to them."))
    var ours = false

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let person = try People(notebook).one(who, mayAsk: !common.json)
        let day = try notebook.day(due, looking: .coming)
        let what = Plain.trimmed(what)
        let twin = try twin(of: what, by: person, due: day, notebook)
        let isMeant = common.json ? nil : twin.flatMap { Asking.confirm("\($0) Add it once more?") }
        guard isMeant ?? true else { throw Complaint("Nothing was added.") }
        if let twin, isMeant == nil { Screen.note("\(twin) Now it is there twice.") }
        let id = try notebook.promise(what, by: person, due: day, theirs: !ours)
        Regard(notebook: notebook).note(past: day, of: "the promise")
        try common.show(IDDocument(id)) { page in
            let name = try notebook.name(of: person)
            let promise: Phrase = ours ? "We promised \(name)" : "\(name) promised"
            page.line(
                "\(promise): \(what), by \(day.short(today: notebook.today)) (\(id.shortened)).")
        }
    }

    /// Says that the same is promised already, and open; nil for most.
    private func twin(
        of what: String, by person: RecordID, due: Day, _ notebook: Notebook
    ) throws -> Phrase? {
        let same = try notebook.commitments(of: person, openOnly: true).first {
            Folding.name($0.what) == Folding.name(what) && $0.due == due
                && ($0.direction == "we") == ours
        }
        return same.map {
            "The same is written down already, for the same day, and open (\($0.id.shortened))."
        }
    }
}
