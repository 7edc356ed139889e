import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Actions, and who comes to them.
struct ActionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "action",
        abstract: said("Prepare actions: who pledges, confirms and comes; and evaluate them."),
        discussion: said(
            """
            Without a verb, all actions are listed.

            Example:
              fieldbook action pledge Assembly Rosa 12
            """),
        subcommands: [
            ActionListCommand.self, AddCommand<Actions>.self, ActionShowCommand.self,
            ActionPledgeCommand.self, ActionInviteCommand.self, ActionConfirmCommand.self,
            ActionCameCommand.self, ActionNoShowCommand.self, EvaluateCommand<Actions>.self,
        ],
        defaultSubcommand: ActionListCommand.self)
}

enum Actions: Noun {
    static let kind = Action.kind
    static let word = "action"
    static let sample = "assembly"
    static let usage = "fieldbook action add <name> --on <date> [<options>]"
    static let example: Phrase = """
        Example:
          fieldbook action add "Assembly at St. Mark" --on "in 3 weeks" --goal 200
        """

    struct Details: RecordDetails {
        @Option(
            help: ArgumentHelp(said("The day; without a year, the coming one."), valueName: "date"))
        var on: String

        @Option(
            help: ArgumentHelp(
                said("public meeting, delegation, hearing, vigil, march or other."),
                valueName: "kind"))
        var kind: String?

        @Option(help: ArgumentHelp(said("Where it is."), valueName: "place"))
        var place: String?

        @Option(help: ArgumentHelp(said("How many people should come."), valueName: "n"))
        var goal: Int?

        @Option(
            help: ArgumentHelp(said("Who chairs it."), valueName: "who"), completion: .people)
        var chair: String?

        @Option(
            help: ArgumentHelp(said("The campaign that it belongs to."), valueName: "campaign"),
            completion: .records(Campaign.kind))
        var campaign: String?

        @Option(
            help: ArgumentHelp(said("Whom it is aimed at, with commas."), valueName: "a,b"))
        var targets: [String] = []

        @Option(help: ArgumentHelp(said("The agenda."), valueName: "text"))
        var agenda: String?

        var facts: [Fact] {
            [
                Fact(Action.on, on, looking: .coming), Fact(Action.sort, kind),
                Fact(Action.place, place), Fact(Action.goal, goal), Fact(Action.chair, chair),
                Fact(Action.campaign, campaign), Fact(Action.targets, targets),
                Fact(Action.agenda, agenda), Fact(Action.status, "planned"),
            ]
        }
    }
}

extension CompletionKind {
    static var actions: CompletionKind { .records(Action.kind) }
}

/// Every action with its turnout.
struct ActionListCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: said("List actions with their turnout, the latest first."),
        discussion: said(
            """
            Example:
              fieldbook action list
            """))

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let actions = try notebook.actions()
        try common.show(List(actions: actions.map(ActionDocument.init))) { page in
            guard !actions.isEmpty else {
                return page.line(
                    "No action here yet. To add one: fieldbook action add NAME --on DATE")
            }
            var table = Table([
                .fixed("Day"), .name("Action"), .fixed("Id"), .number("Pledged"),
                .number("Conf."), .number("Came"), .number("Goal"), .text(""),
            ])
            for action in actions {
                table.row(
                    .init(action.on?.short(today: notebook.today) ?? ""), .init(action.title),
                    .init(action.id.shortened, .faint), .init("\(action.turnout.pledged)"),
                    .init("\(action.turnout.confirmed)"), .init("\(action.turnout.all)"),
                    .init(action.goal.map { "\($0)" }),
                    .init(action.isCancelled ? said("cancelled") : action.place ?? ""))
            }
            page.table(table)
        }
    }

    private struct List: Encodable {
        let actions: [ActionDocument]
    }
}

extension TurnoutCount {
    /// Everybody who came, whether or not they had said so.
    var all: Int { came + walkIns }

    /// "12 pledged, 8 confirmed, 5 came, of whom 1 walked in"
    var words: Phrase {
        let numbers: Phrase = "\(pledged) pledged, \(confirmed) confirmed, \(all) came"
        return walkIns > 0 ? "\(numbers), of whom \(walkIns) walked in" : numbers
    }
}

/// How many were promised, confirmed and came, as JSON has it.
struct TurnoutDocument: Encodable {
    let pledged: Int
    let confirmed: Int
    let came: Int
    let walkIns: Int
    let noShows: Int

    init(_ count: TurnoutCount) {
        pledged = count.pledged
        confirmed = count.confirmed
        came = count.came
        walkIns = count.walkIns
        noShows = count.noShows
    }
}

/// An action in short, as JSON has it.
struct ActionDocument: Encodable {
    let id: String
    let title: String
    @OrNull var on: String?
    @OrNull var place: String?
    @OrNull var goal: Int?
    let cancelled: Bool
    let turnout: TurnoutDocument

    init(_ action: ActionSummary) {
        id = action.id.description
        title = action.title
        on = action.on?.description
        place = action.place
        goal = action.goal
        cancelled = action.isCancelled
        turnout = TurnoutDocument(action.turnout)
    }
}
