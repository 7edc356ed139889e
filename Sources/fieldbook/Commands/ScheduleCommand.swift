import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Arranges a one-to-one.
struct ScheduleCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: said("Arrange a one-to-one."),
        usage: "fieldbook schedule <who> --on <date> [<options>]",
        discussion: said(
            """
            "fieldbook today" and "plan" show it; "met" on that day completes it, and "missed" or \
            "cancel" settles it. For the same day again, it changes the time or the place.

            Example:
              fieldbook schedule Rosa --on "next friday" --at 18:30 --place "her kitchen"
            """))

    @Argument(
        help: ArgumentHelp(said("The person you will meet."), valueName: "who"),
        completion: .people)
    var who: String

    @Option(help: ArgumentHelp(said("The day, today or later."), valueName: "date"))
    var on: String

    @Option(
        help: ArgumentHelp(
            said("The time, like 18:30 or 6:30pm; 6 is in the evening."), valueName: "time"))
    var at: String?

    @Option(help: ArgumentHelp(said("Where it is."), valueName: "place"))
    var place: String?

    @Option(
        help: ArgumentHelp(
            said("introductory, maintenance or escalation."), valueName: "kind"))
    var kind: String?

    @Flag(help: .said("Move the one that is arranged with them, or has this id, to this day."))
    var instead = false

    @Flag(help: .said("Add the person, whom the notebook does not know yet."))
    var new = false

    @OptionGroup var regard: AnywayOption
    @OptionGroup var common: Common

    func validate() throws {
        guard !(instead && new) else {
            throw ValidationError(
                said("With somebody new nothing is arranged yet. Leave --new out."))
        }
    }

    func run(in notebook: Notebook) throws {
        let plan = OneToOnePlan(
            on: try notebook.day(on, looking: .coming), at: at.flatMap(MetCommand.filled),
            place: place.flatMap(MetCommand.filled), sort: kind.flatMap(MetCommand.filled))
        let (meeting, person) = try schedule(plan, notebook)
        let outcome = Scheduled(
            id: meeting.description, person: person.description, on: plan.on.description)
        try common.show(outcome) { page in
            let name = try notebook.name(of: person)
            let arranged = try notebook.arranged(with: person).first { $0.id == meeting }
            let words = arranged?.words(today: notebook.today) ?? ""
            page.line("Arranged: \(name), \(words) (\(meeting.shortened)).")
        }
    }

    private func schedule(
        _ plan: OneToOnePlan, _ notebook: Notebook
    ) throws -> (meeting: RecordID, person: RecordID) {
        let mayAsk = !common.json
        if instead { return try move(to: plan, notebook) }
        let known =
            new
            ? try Namesakes(notebook).ask(
                about: LinkagePerson(name: Plain.name(who)), mayAsk: mayAsk)
            : try People(notebook).find(who, mayAsk: mayAsk)
        if let known {
            try regard.check([known], notebook, common)
            let meeting = try notebook.schedule(plan, with: known)
            try note(arrangedWith: known, besides: plan.on, notebook)
            return (meeting, known)
        }
        let details = PersonDetails(name: Plain.name(who))
        let (meeting, person) = try notebook.schedule(plan, withNew: details)
        try Namesakes(notebook).warn(about: person)
        return (meeting, person)
    }

    /// Says what the member has arranged with them for another day: it may be meant instead.
    private func note(
        arrangedWith person: RecordID, besides day: Day, _ notebook: Notebook
    ) throws {
        let others = try notebook.arranged(with: person, onlyMine: true).filter { other in
            other.on.map { $0 >= notebook.today && $0 != day } ?? false
        }
        guard !others.isEmpty else { return }
        let days = others.map { $0.words(today: notebook.today) }.joined(separator: "; ")
        Screen.note(
            """
            You have arranged a one-to-one with \(try notebook.name(of: person)) already: \(days). If \
            this one is in its place: "fieldbook undo", then the same with --instead.
            """)
    }

    /// Moves one that is arranged, by its id or with somebody.
    private func move(
        to plan: OneToOnePlan, _ notebook: Notebook
    ) throws -> (meeting: RecordID, person: RecordID) {
        let meeting = try common.arranged(who) { try notebook.findArranged($0) }
        guard let person = try notebook.oneToOne(meeting)?.person else {
            throw NotebookError.noSuchRecord(who)
        }
        try regard.check([person], notebook, common)
        return (try notebook.schedule(plan, with: person, instead: meeting), person)
    }

    private struct Scheduled: Encodable {
        let id: String
        let person: String
        let on: String
    }
}
