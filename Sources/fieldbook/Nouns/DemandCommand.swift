import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Demands, their answers, and whether those were kept.
struct DemandCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demand",
        abstract: said("Write down demands, what was answered, and whether it was kept."),
        discussion: said(
            """
            Example:
              fieldbook demand answer "three stops" partial --words "We will look at it."
            """),
        subcommands: [
            ListCommand<Demands>.self, AddCommand<Demands>.self, ShowCommand<Demands>.self,
            DemandAskedCommand.self, DemandAnswerCommand.self, DemandKeptCommand.self,
        ],
        defaultSubcommand: ListCommand<Demands>.self)
}

enum Demands: Noun {
    static let kind = Demand.kind
    static let word = "demand"
    static let sample = "stops"
    static let usage = "fieldbook demand add <name> --to <who> [<options>]"
    static let example: Phrase = """
        Example:
          fieldbook demand add "Will you bring back the three stops?" --to Olsen
        """

    struct Details: RecordDetails {
        @Option(
            help: ArgumentHelp(said("The person who can say yes."), valueName: "who"),
            completion: .people)
        var to: String

        @Option(
            help: ArgumentHelp(said("The campaign that it belongs to."), valueName: "campaign"),
            completion: .records(Campaign.kind))
        var campaign: String?

        @Option(help: ArgumentHelp(said("By when it is to be done."), valueName: "date"))
        var by: String?

        @Option(help: ArgumentHelp(said("What they are to do, in short."), valueName: "text"))
        var wanted: String?

        @Option(help: ArgumentHelp(said("Why it is in their interest."), valueName: "text"))
        var interest: String?

        var facts: [Fact] {
            [
                Fact(Demand.campaign, campaign), Fact(Demand.by, by),
                Fact(Demand.wanted, wanted), Fact(Demand.interest, interest),
            ]
        }
    }

    static func add(
        _ assignments: [Assignment], _ details: Details, _ notebook: Notebook, mayAsk: Bool
    ) throws -> RecordKey {
        try notebook.addDemand(assignments, to: details.to)
    }
}

/// Which demand is meant.
struct DemandOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            said("The demand, by some of its words or its id."), valueName: "demand"),
        completion: .records(Demand.kind))
    var demand: String

    /// Says what was written down.
    static func show(
        _ key: RecordKey, _ word: Phrase, _ notebook: Notebook, _ common: Common
    ) throws {
        let outcome = try RecordOutcome(key, notebook)
        try common.show(outcome) { page in
            page.line("\(word): \(outcome.title) (\(key.id.shortened)).")
        }
    }
}

/// Says that a demand was put.
struct DemandAskedCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "asked",
        abstract: said("Say when, where and by whom a demand was put."),
        usage: "fieldbook demand asked <demand> [<options>]",
        discussion: said(
            """
            Example:
              fieldbook demand asked "three stops" --at Assembly --by Rosa
            """))

    @OptionGroup var options: DemandOptions

    @Option(
        help: ArgumentHelp(said("The action at which it was."), valueName: "action"),
        completion: .actions)
    var at: String?

    @Option(
        help: ArgumentHelp(
            said("The day it was. Default: the action's, or today."), valueName: "date"))
    var on: String?

    @Option(help: ArgumentHelp(said("Who put it."), valueName: "who"), completion: .people)
    var by: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try Demands.find(options.demand, notebook, common)
        let facts = [
            Fact(Demand.askedAt, at), Fact(Demand.askedOn, try on ?? day(notebook)),
            Fact(Demand.askedBy, by),
        ]
        try notebook.edit(key, facts.assignments(notebook))
        try DemandOptions.show(key, "Asked", notebook, common)
    }

    /// The day of the action at which it was, unless that is yet to come; else today.
    private func day(_ notebook: Notebook) throws -> String {
        guard let at else { return notebook.today.description }
        let action = try notebook.readRecord(Actions.find(at, notebook, common))
        return min(action?.day ?? notebook.today, notebook.today).description
    }
}

/// Writes the answer down.
struct DemandAnswerCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer",
        abstract: said("Write down what was answered to a demand, word by word."),
        usage: "fieldbook demand answer <demand> <answer> [<options>]",
        discussion: said(
            """
            The answer is yes, partial, no, evaded or absent.

            Example:
              fieldbook demand answer "three stops" partial --words "We will look at it."
            """))

    @OptionGroup var options: DemandOptions

    @Argument(
        help: ArgumentHelp(said("The answer."), valueName: "yes|partial|no|evaded|absent"))
    var answer: String

    @Option(
        help: ArgumentHelp(
            said("What they said; - reads it from standard input."), valueName: "text"))
    var words: String?

    @Option(
        help: ArgumentHelp(said("The action at which it was."), valueName: "action"),
        completion: .actions)
    var at: String?

    @Option(help: ArgumentHelp(said("The day it was. Default: today."), valueName: "date"))
    var on: String?

    @Option(help: ArgumentHelp(said("By when they promised it."), valueName: "date"))
    var due: String?

    @Option(help: ArgumentHelp(said("Who heard it."), valueName: "who"), completion: .people)
    var witness: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try Demands.find(options.demand, notebook, common)
        let facts = [
            Fact(Demand.answer, answer), Fact(Demand.verbatim, words), Fact(Demand.askedAt, at),
            Fact(Demand.promiseDue, due), Fact(Demand.witness, witness),
        ]
        let day = try on.map { try notebook.day($0, looking: .past) } ?? notebook.today
        try notebook.answer(key.id, on: day, facts.assignments(notebook))
        try DemandOptions.show(key, "Answered", notebook, common)
    }
}

/// Writes down whether what was promised was kept.
struct DemandKeptCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "kept",
        abstract: said("Say whether what was promised in answer to a demand was kept."),
        usage: "fieldbook demand kept <demand> <yes|no|partly> [--win <text>]",
        discussion: said(
            """
            Example:
              fieldbook demand kept "three stops" partly --win "Two of three stops are back."
            """))

    @OptionGroup var options: DemandOptions

    @Argument(help: ArgumentHelp(said("Whether it was kept."), valueName: "yes|no|partly"))
    var kept: String

    @Option(help: ArgumentHelp(said("What was won."), valueName: "text"))
    var win: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try Demands.find(options.demand, notebook, common)
        let facts = [Fact(Demand.kept, kept), Fact(Demand.win, win)]
        try notebook.settleDemand(key.id, facts.assignments(notebook))
        try DemandOptions.show(key, "Settled", notebook, common)
    }
}
