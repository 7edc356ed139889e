import ArgumentParser
import Notebook
import Terminal
import Wording

/// The root command: what an organizer does with a notebook.
struct Fieldbook: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fieldbook",
        abstract: said("Keep track of relational meetings, with or without a network."),
        discussion: said(
            """
            A first day:
              fieldbook init --name "Ana Reyes"
              fieldbook met "Rosa Alvarez" --new --next "call her" --due friday
              fieldbook due

            A person is named by a name, a part of one, or the end of an id. Dates are written like \
            2026-11-20, yesterday, "last friday", "in 2 weeks" or "nov 20".

            With --json, the result is one JSON document. What fails prints none: the reason is on \
            standard error, and the exit code is 1, or 64 for wrong usage, or 75 when the hub cannot \
            be reached now.

            For completion in your shell (bash, zsh or fish), put into its start file:
              source <(fieldbook --generate-completion-script bash)
            """),
        version: Version.current,
        groupedSubcommands: named(by: CommandLine.arguments.dropFirst().first ?? ""))

    /// Of all commands the one that a word names, or all where it names none: to learn what each can do
    /// takes as long as to log a meeting. Each command is the type that is called like it.
    private static func named(by word: String) -> [CommandGroup] {
        let name = word.replacing("-", with: "") + "command"
        let command = groups.flatMap(\.subcommands).first { "\($0)".lowercased() == name }
        return command.map { [CommandGroup(name: "", subcommands: [$0])] } ?? groups
    }

    private static let groups = [
        CommandGroup(
            name: said("Every day"),
            subcommands: [
                MetCommand.self, ScheduleCommand.self, MissedCommand.self, CancelCommand.self,
                TouchCommand.self, TodayCommand.self, DueCommand.self, PlanCommand.self,
                TurfCommand.self, FindCommand.self, ReportCommand.self,
            ]),
        CommandGroup(
            name: said("People and promises"),
            subcommands: [
                PersonCommand.self, CommitmentCommand.self, AssessCommand.self,
                RelateCommand.self,
            ]),
        CommandGroup(
            name: said("From listening to action"),
            subcommands: [
                ListeningCommand.self, HouseMeetingCommand.self, TrainingCommand.self,
                ConcernCommand.self, IssueCommand.self, ResearchCommand.self,
                CampaignCommand.self, DemandCommand.self, ActionCommand.self,
            ]),
        CommandGroup(
            name: said("The organization"),
            subcommands: [
                InstitutionCommand.self, TeamCommand.self, GoalCommand.self,
            ]),
        CommandGroup(
            name: said("Records of every kind"),
            subcommands: [
                RecordCommand.self, EditCommand.self, HistoryCommand.self,
                UndoCommand.self,
            ]),
        CommandGroup(
            name: said("With a hub"),
            subcommands: [
                JoinCommand.self, SyncCommand.self, ConflictsCommand.self, RefusedCommand.self,
            ]),
        CommandGroup(
            name: said("The notebook"),
            subcommands: [
                InitCommand.self, MeCommand.self, OpenCommand.self, StatusCommand.self,
                ImportCommand.self,
                ExportCommand.self,
                BackupCommand.self, RestoreCommand.self, VerifyCommand.self,
                DecodeCommand.self, DemoCommand.self, GuideCommand.self,
            ]),
    ]

    /// Without a verb: what fits on a screen.
    func run() throws {
        var page = Page()
        page.line("Keep track of relational meetings, with or without a network.")
        page.line()
        for line in Self.firstDay.text.split(separator: "\n") { page.line(line) }
        page.line()
        page.line("Every day:")
        var table = Table([.fixed(""), .text("")], indent: 2)
        for verb in Self.everyDay {
            let name = ["fieldbook", verb.configuration.commandName ?? ""]
            table.row(
                .init(name.joined(separator: " ")), .init(verb.configuration.abstract))
        }
        page.table(table)
        page.line()
        page.line("All commands: fieldbook --help")
        page.line("How a piece of work is done: fieldbook guide")
        try page.show()
    }

    private static let firstDay: Phrase = """
        A first day:
          fieldbook init --name "Ana Reyes"
          fieldbook met "Rosa Alvarez" --new --next "call her" --due friday
          fieldbook due
        """

    private static let everyDay: [any ParsableCommand.Type] = [
        TodayCommand.self, MetCommand.self, ScheduleCommand.self, TouchCommand.self,
        DueCommand.self,
    ]
}
