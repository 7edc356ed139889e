import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Teams, and who belongs to them.
struct TeamCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "team",
        abstract: said("Write down teams, and who joins and leaves them."),
        discussion: said(
            """
            Example:
              fieldbook team join "Core team" Rosa --role chair
            """),
        subcommands: [
            ListCommand<Teams>.self, AddCommand<Teams>.self, ShowCommand<Teams>.self,
            TeamJoinCommand.self, TeamLeaveCommand.self,
        ],
        defaultSubcommand: ListCommand<Teams>.self)
}

enum Teams: Noun {
    static let kind = Team.kind
    static let word = "team"
    static let sample = "core"
    static let example: Phrase = """
        Example:
          fieldbook team add "Core team" --institution "St. Mark" --kind core
        """

    struct Details: RecordDetails {
        @Option(
            help: ArgumentHelp(said("The institution whose team it is."), valueName: "institution"),
            completion: .records(Institution.kind))
        var institution: String?

        @Option(
            help: ArgumentHelp(
                said("core, research, clergy caucus, listening, turnout or leadership."),
                valueName: "kind"))
        var kind: String?

        @Option(help: ArgumentHelp(said("Who chairs it."), valueName: "who"), completion: .people)
        var chair: String?

        @Option(help: ArgumentHelp(said("How often it meets."), valueName: "text"))
        var rhythm: String?

        @Option(help: ArgumentHelp(said("How many should belong to it."), valueName: "n"))
        var goal: Int?

        var facts: [Fact] {
            [
                Fact(Team.institution, institution), Fact(Team.sort, kind),
                Fact(Team.chair, chair), Fact(Team.rhythm, rhythm), Fact(Team.goal, goal),
            ]
        }
    }
}

/// Says that people join a team.
struct TeamJoinCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "join",
        abstract: said("Say who joins a team, and as what."),
        usage: "fieldbook team join <team> <who> ... [<options>]",
        discussion: said(
            """
            Of who belongs to it already, the role is changed.

            Example:
              fieldbook team join "Core team" Rosa --role chair
            """))

    @OptionGroup var membership: TeamOptions

    @Option(help: ArgumentHelp(said("What they do in it."), valueName: "role"))
    var role: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let team = try Teams.find(membership.team, notebook, common)
        let people = try People(notebook).all(membership.people, mayAsk: !common.json).known
        try Regard(notebook: notebook).mind(people)
        let ids = try notebook.join(
            team.id, people, as: role.flatMap(MetCommand.filled), from: membership.day(notebook))
        try membership.show(Belonging(ids, people, to: team.id), "Joined", notebook, common)
    }
}

/// Says that people leave a team.
struct TeamLeaveCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "leave",
        abstract: said("Say who leaves a team. That they belonged to it stays."),
        usage: "fieldbook team leave <team> <who> ... [--on <date>]",
        discussion: said(
            """
            Example:
              fieldbook team leave "Core team" Rosa --on yesterday
            """))

    @OptionGroup var membership: TeamOptions
    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let team = try Teams.find(membership.team, notebook, common)
        let people = try People(notebook).all(membership.people, mayAsk: !common.json).known
        let ids = try notebook.leave(team.id, people, on: membership.day(notebook))
        try membership.show(Belonging(ids, people, to: team.id), "Left", notebook, common)
    }
}

/// Which team and people are meant, and when.
struct TeamOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(said("The team."), valueName: "team"), completion: .records(Team.kind))
    var team: String

    @Argument(help: ArgumentHelp(said("The people."), valueName: "who"), completion: .people)
    var people: [String]

    @Option(help: ArgumentHelp(said("The day. Default: today."), valueName: "date"))
    var on: String?

    func day(_ notebook: Notebook) throws -> Day {
        try on.map { try notebook.day($0, looking: .past) } ?? notebook.today
    }

    func show(
        _ outcome: Belonging, _ word: Phrase, _ notebook: Notebook, _ common: Common
    ) throws {
        try common.show(outcome) { page in
            let ids = outcome.people.compactMap { RecordID($0.person) }
            let names = try ids.map { try notebook.name(of: $0) }.listed("and")
            let title = try RecordID(outcome.to).flatMap { try notebook.title(of: $0) } ?? team
            let day: Phrase =
                try on == nil ? "" : ", \(self.day(notebook).short(today: notebook.today))"
            page.paragraph("\(word) (\(title)): \(names)\(day).")
        }
    }
}
