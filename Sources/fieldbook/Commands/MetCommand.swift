import ArgumentParser
import Notebook
import Replication
import Terminal

/// Logs a one-to-one: the command of every evening.
struct MetCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "met",
        abstract: "Log a one-to-one that you held.",
        usage: "fieldbook met <who> [<options>]",
        discussion: """
            Notes can come from standard input, so that no shell keeps them: --summary -

            Example:
              fieldbook met Rosa --heard "bus stops,asthma" --next "call" --due friday
            """)

    @Argument(help: ArgumentHelp("The person you met.", valueName: "who"))
    var who: String

    @Option(help: ArgumentHelp("The day it was. Default: today.", valueName: "date"))
    var on: String?

    @Option(help: ArgumentHelp("How long it took, 1 to 1440.", valueName: "n"))
    var minutes: Int?

    @Option(help: ArgumentHelp("Where it was.", valueName: "place"))
    var place: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "What you talked about; - reads it from standard input.", valueName: "text"))
    var summary: String?

    @Option(help: ArgumentHelp("Concerns you heard, with commas between them.", valueName: "a,b"))
    var heard: [String] = []

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Your own next step.", valueName: "text"))
    var next: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The day the next step is due.", valueName: "date"))
    var due: String?

    @Flag(help: "Add the person, whom the notebook does not know yet.")
    var new = false

    @OptionGroup var common: Common

    func validate() throws {
        if let minutes, !(1...1440).contains(minutes) {
            throw ValidationError("--minutes is \(minutes). A meeting takes 1 to 1440 minutes.")
        }
        guard due == nil || next.map({ !Plain.trimmed($0).isEmpty }) ?? false else {
            throw ValidationError("--due is the day of a next step. Say the step with --next.")
        }
    }

    func run(in notebook: Notebook) throws {
        let known = new ? nil : try find(notebook)
        let notes = try notes(notebook)
        let (id, person) =
            try known.map { (try notebook.log(notes, with: $0), $0) } ?? logNew(notes, notebook)
        let logged = Logged(id: id.description, person: person.description, isNew: known == nil)
        try common.show(logged) { page in
            let name = try notebook.name(of: person)
            if logged.isNew { page.line("Added \(name) (\(person.shortened)).") }
            page.line("Logged: \(sentence(notes, name, notebook)) (\(id.shortened)).")
            guard let next = notes.next else { return }
            let due = notes.due.map { ", due \($0.short(today: notebook.today))" } ?? ""
            page.line("Next: \(next)\(due).")
        }
    }

    /// The person; nil for somebody new whom a person at the terminal says yes to.
    private func find(_ notebook: Notebook) throws -> RecordID? {
        do {
            return try notebook.findPerson(who)
        } catch let error as NotebookError {
            guard case .unknown = error, !common.json, !Plain.name(who).isEmpty else { throw error }
            let question = "Nobody here is called \"\(Plain.name(who))\" yet. Add them?"
            switch Input.confirm(question) {
            case true?: return nil
            case false?: throw Complaint("Nothing was saved.")
            case nil: throw error
            }
        }
    }

    private func logNew(
        _ notes: OneToOneNotes, _ notebook: Notebook
    ) throws -> (RecordID, RecordID) {
        let name = Plain.name(who)
        let made = try notebook.log(notes, withNew: PersonDetails(name: name))
        try Namesakes.warn(about: made.person, called: name, notebook)
        return (made.id, made.person)
    }

    private func notes(_ notebook: Notebook) throws -> OneToOneNotes {
        OneToOneNotes(
            on: try on.map { try notebook.day($0, looking: .past) } ?? notebook.today,
            minutes: minutes.map(Int64.init), place: place.flatMap(Self.filled),
            summary: try summary.map { try Input.text($0, what: "summary") }.flatMap(Self.filled),
            heard: heard.flatMap { $0.split(separator: ",").map(Plain.trimmed) },
            next: next.flatMap(Self.filled),
            due: try due.map { try notebook.day($0, looking: .coming) })
    }

    private static func filled(_ text: String) -> String? {
        let text = Plain.trimmed(text)
        return text.isEmpty ? nil : text
    }

    private func sentence(_ notes: OneToOneNotes, _ name: String, _ notebook: Notebook) -> String {
        let minutes = notes.minutes.map { ", " + counted(Int($0), "minute", "minutes") } ?? ""
        let day = notes.on == notebook.today ? "today" : notes.on.short(today: notebook.today)
        return "one-to-one with \(name), \(day)\(minutes)"
    }

    private struct Logged: Encodable {
        let id: String
        let person: String
        let isNew: Bool

        enum CodingKeys: String, CodingKey {
            case id, person
            case isNew = "new"
        }
    }
}
