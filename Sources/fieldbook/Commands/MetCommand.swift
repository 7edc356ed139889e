import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Logs a one-to-one: the command of every evening.
struct MetCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "met",
        abstract: said("Log a one-to-one that you held."),
        usage: "fieldbook met [<who>] [<options>]",
        discussion: said(
            """
            Without a name it asks, line by line. Notes can come from standard input, so that no \
            shell keeps them: --summary -

            Example:
              fieldbook met Rosa --heard "bus stops,asthma" --next "call" --due friday
            """))

    @Argument(
        help: ArgumentHelp(said("The person you met."), valueName: "who"), completion: .people)
    var who: String?

    @Option(help: ArgumentHelp(said("The day it was. Default: today."), valueName: "date"))
    var on: String?

    @Option(help: ArgumentHelp(said("How long it took, 1 to 1440."), valueName: "n"))
    var minutes: Int?

    @Option(help: ArgumentHelp(said("Where it was."), valueName: "place"))
    var place: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            said("What you talked about; - reads it from standard input."), valueName: "text"))
    var summary: String?

    @Option(
        help: ArgumentHelp(said("Concerns you heard, with commas between them."), valueName: "a,b"))
    var heard: [String] = []

    @Option(
        name: .shortAndLong, help: ArgumentHelp(said("Your own next step."), valueName: "text"))
    var next: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(said("The day the next step is due."), valueName: "date"))
    var due: String?

    @Option(help: ArgumentHelp(said("What you asked of them."), valueName: "text"))
    var ask: String?

    @Option(help: ArgumentHelp(said("What they promised you."), valueName: "text"))
    var promised: [String] = []

    @Option(help: ArgumentHelp(said("What you promised them."), valueName: "text"))
    var wePromised: [String] = []

    @Option(help: ArgumentHelp(said("The day by which that was promised."), valueName: "date"))
    var by: String?

    @Option(
        help: ArgumentHelp(
            said("Whom they said you should meet, with commas between."), valueName: "a,b"))
    var referred: [String] = []

    @Option(
        help: ArgumentHelp(said("The listening campaign it was part of."), valueName: "campaign"),
        completion: .records(ListeningCampaign.kind))
    var campaign: String?

    @Flag(help: .said("Add the person, whom the notebook does not know yet."))
    var new = false

    @Flag(
        help: .said(
            "Go on, even if they have died or asked to be removed. A meeting that is written down already is logged a second time, without asking."
        ))
    var anyway = false

    @OptionGroup var common: Common

    func validate() throws {
        if let minutes, !(1...1440).contains(minutes) {
            throw ValidationError(
                said("--minutes is \(minutes). A meeting takes 1 to 1440 minutes."))
        }
        guard due == nil || next.map({ !Plain.trimmed($0).isEmpty }) ?? false else {
            throw ValidationError(
                said("--due is the day of a next step. Say the step with --next."))
        }
        guard by == nil || !(promised + wePromised).isEmpty else {
            throw ValidationError(
                said("--by is the day of a promise. Say it with --promised or --we-promised."))
        }
        guard who != nil || Asking.isInTerminal && !common.json else {
            throw ValidationError(said("Say whom you met. Example: fieldbook met Rosa"))
        }
    }

    func run(in notebook: Notebook) throws {
        guard let who else { return try MetPrompts(notebook: notebook).run() }
        let mayAsk = !common.json
        let known =
            new
            ? try Namesakes(notebook).ask(
                about: LinkagePerson(name: Plain.name(who)), mayAsk: mayAsk)
            : try People(notebook).find(who, mayAsk: mayAsk)
        let regard = Regard(notebook: notebook)
        if let known { try regard.check([known], anyway: anyway, common) }
        let notes = try notes(notebook)
        let twin = anyway ? nil : try known.flatMap { try notebook.anyTwin(of: notes, with: $0) }
        let isMeant = mayAsk ? twin.flatMap { Asking.confirm($0.question) } : nil
        if let twin, isMeant == false { throw Complaint("Nothing was saved. \(twin.advice)") }
        let logged = try LoggedMeeting(notes, with: known, called: who, notebook)
        if let twin, isMeant == nil { Screen.note(twin.note) }
        try common.show(logged) { try logged.describe(on: &$0) }
    }

    private func notes(_ notebook: Notebook) throws -> OneToOneNotes {
        var notes = OneToOneNotes(
            on: try on.map { try notebook.day($0, looking: .past) } ?? notebook.today,
            minutes: minutes.map(Int64.init), place: place.flatMap(Self.filled),
            summary: try summary.map { try Input.text($0, what: "summary") }.flatMap(Self.filled),
            heard: Self.list(heard), next: next.flatMap(Self.filled),
            due: try due.map { try notebook.day($0, looking: .coming) })
        let promiseDue = try by.map { try notebook.day($0, looking: .coming) }
        notes.ask = ask.flatMap(Self.filled)
        notes.promises =
            promised.map { .init(Plain.trimmed($0), isTheirs: true, due: promiseDue) }
            + wePromised.map { .init(Plain.trimmed($0), isTheirs: false, due: promiseDue) }
        notes.campaign = try campaign.map { try ListeningCampaigns.find($0, notebook, common).id }
        notes.referrals = try Self.list(referred).map(People(notebook).referral)
        return notes
    }

    static func list(_ texts: [String]) -> [String] {
        texts.flatMap { $0.split(separator: ",").map(Plain.trimmed) }.filter { !$0.isEmpty }
    }

    static func filled(_ text: String) -> String? {
        let text = Plain.trimmed(text)
        return text.isEmpty ? nil : text
    }
}
