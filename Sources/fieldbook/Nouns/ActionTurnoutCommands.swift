import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Writes a leader's promise to bring people down.
struct ActionPledgeCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "pledge",
        abstract: said("Write down how many people a leader promises to bring."),
        usage: "fieldbook action pledge <action> <leader> <n> [--names <a,b>]",
        discussion: said(
            """
            A number that the leader gave before is changed. Those who are named and are here have \
            said yes; confirm them later.

            Example:
              fieldbook action pledge Assembly Rosa 12 --names "Bo,Sara Yusuf"
            """))

    @Argument(
        help: ArgumentHelp(said("The action."), valueName: "action"), completion: .actions)
    var action: String

    @Argument(help: ArgumentHelp(said("The leader."), valueName: "leader"), completion: .people)
    var leader: String

    @Argument(help: ArgumentHelp(said("How many people."), valueName: "n"))
    var number: Int

    @Option(help: ArgumentHelp(said("Whom, with commas between."), valueName: "a,b"))
    var names: [String] = []

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let action = try Actions.find(action, notebook, common).id
        let leader = try common.person(leader, notebook)
        let named = try MetCommand.list(names).map(People(notebook).referral)
        try Regard(notebook: notebook).mind([leader] + named.compactMap(\.known))
        let id = try notebook.pledge(Int64(number), by: leader, for: action, naming: named)
        let sheet = try notebook.actionSheet(action)
        let called = try named.map { person in
            switch person {
            case .known(let id): try notebook.name(of: id)
            case .new(let name): name
            }
        }
        let document = Pledged(
            id: id.description, action: action.description, leader: leader.description,
            leaderName: try notebook.name(of: leader), names: called,
            turnout: TurnoutDocument(sheet.action.turnout))
        try common.show(document) { page in
            let name = try notebook.name(of: leader)
            page.line(
                "\(name) brings \(number) to \(sheet.action.title) (\(id.shortened)).")
            if !called.isEmpty { page.paragraph("By name: \(called.listed("and")).") }
            sheet.action.fillSum(&page)
        }
    }

    private struct Pledged: Encodable {
        let id: String
        let action: String
        let leader: String
        let leaderName: String
        /// Those who were named now.
        let names: [String]
        let turnout: TurnoutDocument
    }
}

/// Says that people were asked to come.
struct ActionInviteCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: said("Write down who was asked to come to an action."),
        usage: "fieldbook action invite <action> <who> ... [--brought-by <leader>]",
        discussion: said(
            """
            Example:
              fieldbook action invite Assembly Bo "Sara Yusuf" --brought-by Rosa
            """))

    @OptionGroup var turnout: TurnoutOptions
    @OptionGroup var common: Common

    func validate() throws { try turnout.checkNamesSomebody() }

    func run(in notebook: Notebook) throws {
        try turnout.note(.invited, notebook, common)
    }
}

/// Says that people say that they will come.
struct ActionConfirmCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm",
        abstract: said("Write down who says that they will come to an action."),
        usage: "fieldbook action confirm <action> <who> ... [<options>]",
        discussion: said(
            """
            Call twice; --double is the second time.

            Example:
              fieldbook action confirm Assembly Bo "Sara Yusuf" --brought-by Rosa
            """))

    @Flag(help: .said("They have said it a second time."))
    var double = false

    @Option(help: ArgumentHelp(said("What they do there: chair, testimony."), valueName: "role"))
    var role: String?

    @OptionGroup var turnout: TurnoutOptions
    @OptionGroup var common: Common

    func validate() throws { try turnout.checkNamesSomebody() }

    func run(in notebook: Notebook) throws {
        try turnout.note(double ? .doubleConfirmed : .confirmed, role: role, notebook, common)
    }
}

/// Says that people came.
struct ActionCameCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "came",
        abstract: said("Write down who came to an action, by name or by number."),
        usage: "fieldbook action came <action> [<who> ...] [<options>]",
        discussion: said(
            """
            Who had said yes, or was brought by a leader who pledged, came as promised; anybody else \
            walked in. --count is how many came whom nobody named, of each leader and without one; \
            a number that was given before is changed.

            Example:
              fieldbook action came Assembly Bo --count 8 --brought-by Rosa
            """))

    @Option(help: ArgumentHelp(said("How many came whom nobody named."), valueName: "n"))
    var count: Int?

    @Flag(help: .said("Add those whom the notebook does not know yet."))
    var new = false

    @OptionGroup var turnout: TurnoutOptions
    @OptionGroup var common: Common

    func validate() throws {
        guard count != nil || !turnout.people.isEmpty else {
            throw ValidationError(
                said("Say who came. Example: fieldbook action came Assembly Bo --count 8"))
        }
    }

    func run(in notebook: Notebook) throws {
        try turnout.note(
            .came, unnamed: count.map(Int64.init), newcomers: new ? .all : .asked, notebook,
            common)
    }
}

/// Says that people did not come who had said yes.
struct ActionNoShowCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "noshow",
        abstract: said("Write down who did not come to an action, and had said yes."),
        usage: "fieldbook action noshow <action> <who> ...",
        discussion: said(
            """
            Example:
              fieldbook action noshow Assembly "Sara Yusuf"
            """),
        aliases: ["no-show"])

    @OptionGroup var turnout: TurnoutOptions
    @OptionGroup var common: Common

    func validate() throws { try turnout.checkNamesSomebody() }

    func run(in notebook: Notebook) throws {
        try turnout.note(.noShow, notebook, common)
    }
}

/// Of which action and people something is said.
struct TurnoutOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(said("The action."), valueName: "action"), completion: .actions)
    var action: String

    @Argument(help: ArgumentHelp(said("The people."), valueName: "who"), completion: .people)
    var people: [String] = []

    @Option(
        help: ArgumentHelp(said("The leader who brings them."), valueName: "leader"),
        completion: .people)
    var broughtBy: String?

    func checkNamesSomebody() throws {
        guard !people.isEmpty else {
            throw ValidationError(said("Say whom it is about, by name or id."))
        }
    }

    /// Takes the people to a step, and says so.
    func note(
        _ step: AttendanceNote.Step, role: String? = nil, unnamed: Int64? = nil,
        newcomers: People.Newcomers = .none, _ notebook: Notebook, _ common: Common
    ) throws {
        let action = try Actions.find(action, notebook, common).id
        let (known, new) = try People(notebook).all(
            people, newcomers: newcomers, mayAsk: !common.json)
        if !step.hasHappened { try Regard(notebook: notebook).mind(known) }
        var note = AttendanceNote(step, known)
        note.newcomers = new
        note.unnamed = unnamed
        note.role = role.flatMap(MetCommand.filled)
        note.broughtBy = try broughtBy.map { try common.person($0, notebook) }
        let noted = try notebook.note(note, at: action)
        for newcomer in noted.suffix(from: known.count).prefix(new.count).compactMap(\.person) {
            try Namesakes(notebook).warn(about: newcomer)
        }
        let outcome = try TurnoutOutcome(noted, at: action, notebook)
        try common.show(outcome) { outcome.fill(&$0) }
    }
}

/// What was written down of who comes.
private struct TurnoutOutcome: Encodable {
    let action: String
    let people: [Somebody]
    let turnout: TurnoutDocument
    private let summary: ActionSummary

    private enum CodingKeys: CodingKey { case action, people, turnout }

    struct Somebody: Encodable {
        let id: String
        @OrNull var person: String?
        let name: String
        let status: String
        let count: Int
        /// Of people whom nobody named, the number that was given before.
        @OrNull var before: Int?
        /// Whether it was written down before that they were there.
        let wasThere: Bool
        /// Whether they, or who brings them, had said that they would come.
        let wasExpected: Bool
        /// Whether it was so already.
        let wasSo: Bool

        /// "8 without a name, instead of 5"
        fileprivate var words: Phrase {
            before.map { "\(name), instead of \($0)" } ?? .verbatim(name)
        }
    }

    init(_ noted: [NotedAttendance], at action: RecordID, _ notebook: Notebook) throws {
        self.action = action.description
        summary = try notebook.actionSheet(action).action
        turnout = TurnoutDocument(summary.turnout)
        people = try noted.map { one in
            Somebody(
                id: one.id.description, person: one.person?.description,
                name: try one.person.map { try notebook.name(of: $0) }
                    ?? TurnoutStep.unnamed(one.count).text,
                status: one.status, count: one.count, before: one.before,
                wasThere: one.wasThere, wasExpected: one.wasExpected, wasSo: one.wasSo)
        }
    }

    func fill(_ page: inout Page) {
        var statuses: [String] = []
        for status in people.filter({ !$0.wasSo }).map(\.status) where !statuses.contains(status) {
            statuses.append(status)
        }
        for status in statuses {
            let some = people.filter { !$0.wasSo && $0.status == status }
            let words = TurnoutStep.words(status, of: some.reduce(0) { $0 + $1.count })
            page.paragraph("\(some.map(\.words).listed("and")): \(words).")
        }
        for one in people where one.wasSo {
            page.line("\(one.name): \(TurnoutStep.words(one.status, of: one.count)) already.")
        }
        let absent = people.filter { $0.status == "noShow" && !$0.wasSo }
        let undone = absent.filter(\.wasThere).map(\.name)
        if !undone.isEmpty {
            page.paragraph(
                "Until now it was written down that they came: \(undone.listed("and")). To take this back: fieldbook undo"
            )
        }
        let unexpected = absent.filter { !$0.wasExpected && !$0.wasThere }.map(\.name)
        if !unexpected.isEmpty {
            page.paragraph(
                """
                Nobody had written down that they would come: \(unexpected.listed("and")). They count as \
                no-shows all the same. To take this back: fieldbook undo
                """)
        }
        summary.fillSum(&page)
    }
}

extension ActionSummary {
    /// "In all: 12 pledged, 8 confirmed, 0 came; the goal is 200."
    func fillSum(_ page: inout Page) {
        let goal: Phrase = goal.map { "; the goal is \($0)" } ?? ""
        page.line("In all: \(turnout.words)\(goal).", .faint)
    }
}
