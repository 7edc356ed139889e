import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Research actions.
struct ResearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "research",
        abstract: said("Write down research actions: whom you asked, and what you learned."),
        discussion: said(ResearchActions.example),
        subcommands: [
            ListCommand<ResearchActions>.self, AddCommand<ResearchActions>.self,
            ShowCommand<ResearchActions>.self, EvaluateCommand<ResearchActions>.self,
        ],
        defaultSubcommand: ListCommand<ResearchActions>.self)
}

enum ResearchActions: Noun {
    static let kind = ResearchAction.kind
    static let word = "research"
    static let sample = "planner"
    static let example: Phrase = """
        Example:
          fieldbook research add "Visit to the planner" --issue bus --attended Rosa,Bo
        """

    struct Details: RecordDetails {
        @Option(
            help: ArgumentHelp(said("The issue that it is about."), valueName: "issue"),
            completion: .records(Issue.kind))
        var issue: String?

        @Option(
            help: ArgumentHelp(said("Whom you asked, from the power map."), valueName: "actor"),
            completion: .records(Actor.kind))
        var with: String?

        @Option(help: ArgumentHelp(said("The day. Default: today."), valueName: "date"))
        var on: String?

        @Option(help: ArgumentHelp(said("What you wanted to know."), valueName: "text"))
        var questions: String?

        @Option(
            help: ArgumentHelp(
                said("Cause and solution, as you heard them."), valueName: "text"))
        var learned: String?

        @Option(help: ArgumentHelp(said("Who has power over it."), valueName: "text"))
        var power: String?

        @Option(help: ArgumentHelp(said("What moves the one you asked."), valueName: "text"))
        var selfInterest: String?

        @Option(help: ArgumentHelp(said("Whom they named, with commas."), valueName: "a,b"))
        var names: [String] = []

        @Option(help: ArgumentHelp(said("What is next."), valueName: "text"))
        var followUp: String?

        @OptionGroup var attendees: Attendees

        var facts: [Fact] {
            [
                Fact(ResearchAction.issue, issue), Fact(ResearchAction.interviewee, with),
                Fact(ResearchAction.on, on ?? "today"),
                Fact(ResearchAction.questions, questions),
                Fact(ResearchAction.learned, learned), Fact(ResearchAction.power, power),
                Fact(ResearchAction.selfInterest, selfInterest),
                Fact(ResearchAction.names, names), Fact(ResearchAction.followUp, followUp),
            ]
        }
    }

    static func add(
        _ assignments: [Assignment], _ details: Details, _ notebook: Notebook, mayAsk: Bool
    ) throws -> RecordKey {
        try details.attendees.add(kind.name, assignments, notebook, mayAsk: mayAsk)
    }
}

/// Who came to something that is written down.
struct Attendees: ParsableArguments {
    @Option(help: ArgumentHelp(said("Who was there, with commas between."), valueName: "a,b"))
    var attended: [String] = []

    @Flag(help: .said("Add those whom the notebook does not know yet."))
    var new = false

    /// Writes something down with who came to it, new people among them.
    func add(
        _ kind: String, _ assignments: [Assignment], _ notebook: Notebook, mayAsk: Bool
    ) throws -> RecordKey {
        let people = try People(notebook).all(
            MetCommand.list(attended), newcomers: new ? .all : .asked, mayAsk: mayAsk)
        let (key, newcomers) = try notebook.addOccasion(
            kind, assignments, attendedBy: people.known, and: people.new)
        for person in newcomers {
            let name = try notebook.name(of: person)
            Screen.note("Added \(name) (\(person.shortened)), who is new here.")
            try Namesakes(notebook).warn(about: person)
        }
        return key
    }
}
