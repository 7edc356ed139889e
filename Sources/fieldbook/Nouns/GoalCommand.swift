import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// What we mean to reach.
struct GoalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "goal",
        abstract: said("Set goals; how far we are: \"fieldbook report goals\"."),
        discussion: said(
            """
            Example:
              fieldbook goal set one-to-ones 15 --period week
            """),
        subcommands: [ListCommand<Goals>.self, GoalSetCommand.self],
        defaultSubcommand: ListCommand<Goals>.self)
}

enum Goals: ListedNoun {
    static let kind = Goal.kind
    static let word = "goal"
}

/// Sets a goal.
struct GoalSetCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: said("Set a goal: your own, somebody's, or everybody's."),
        usage: "fieldbook goal set <measure> <n> [<options>]",
        discussion: said(
            """
            From today on; what was meant before ends. It counts one-to-ones, new people, \
            commitments, turnout or leaders.

            Example:
              fieldbook goal set one-to-ones 15 --period week
            """))

    @Argument(help: ArgumentHelp(said("What is counted."), valueName: "measure"))
    var measure: String

    @Argument(help: ArgumentHelp(said("How many."), valueName: "n"))
    var number: Int

    @Option(help: ArgumentHelp(said("In what time."), valueName: "week|month|quarter|year"))
    var period: String = said("week")

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(said("Whose it is, if not yours."), valueName: "who"),
        completion: .people)
    var owner: String?

    @Flag(help: .said("It is everybody's: each organizer's own, or all together."))
    var everybody = false

    @OptionGroup var common: Common

    func validate() throws {
        guard owner == nil || !everybody else {
            throw ValidationError(said("Say --for or --everybody, not both."))
        }
    }

    func run(in notebook: Notebook) throws {
        let someone = try owner.map { owner in
            try notebook.isMe(owner)
                ? notebook.me.asOrganizer : common.person(owner, notebook)
        }
        let whose = everybody ? nil : someone ?? notebook.me.asOrganizer
        let id = try notebook.setGoal(measure, Int64(number), a: period, for: whose)
        let outcome = try RecordOutcome(Goal.key(id), notebook)
        try common.show(outcome) { page in
            page.line("Goal: \(outcome.title) (\(id.shortened)).")
            page.line("How far you are: fieldbook report goals", .faint)
        }
    }
}
