import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Campaigns, and whom they are aimed at.
struct CampaignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "campaign",
        abstract: said("Plan campaigns: goals, targets, and what belongs to them."),
        discussion: said(
            """
            Example:
              fieldbook campaign target "Stops for all" "Karin Olsen" --why "Chairs the council."
            """),
        subcommands: [
            ListCommand<Campaigns>.self, AddCommand<Campaigns>.self,
            ShowCommand<Campaigns>.self, CampaignTargetCommand.self,
            EvaluateCommand<Campaigns>.self,
        ],
        defaultSubcommand: ListCommand<Campaigns>.self)
}

enum Campaigns: Noun {
    static let kind = Campaign.kind
    static let word = "campaign"
    static let sample = "stops"
    static let example: Phrase = """
        Example:
          fieldbook campaign add "Stops for all" --issue "Bus stops"
        """

    struct Details: RecordDetails {
        @Option(
            help: ArgumentHelp(said("The issue that it is about."), valueName: "issue"),
            completion: .records(Issue.kind))
        var issue: String?

        @Option(help: ArgumentHelp(said("What we want in the end."), valueName: "text"))
        var longGoal: String?

        @Option(help: ArgumentHelp(said("What we want on the way."), valueName: "text"))
        var intermediateGoal: String?

        @Option(help: ArgumentHelp(said("What we want first."), valueName: "text"))
        var shortGoal: String?

        @Option(help: ArgumentHelp(said("Who goes with us, with commas."), valueName: "a,b"))
        var partners: [String] = []

        @Option(help: ArgumentHelp(said("The first day. Default: today."), valueName: "date"))
        var start: String?

        @Option(help: ArgumentHelp(said("The last day."), valueName: "date"))
        var end: String?

        var facts: [Fact] {
            [
                Fact(Campaign.issue, issue), Fact(Campaign.longGoal, longGoal),
                Fact(Campaign.intermediateGoal, intermediateGoal),
                Fact(Campaign.shortGoal, shortGoal), Fact(Campaign.partners, partners),
                Fact(Campaign.start, start ?? "today"), Fact(Campaign.end, end),
                Fact(Campaign.status, "active"),
            ]
        }
    }
}

/// Aims a campaign at somebody.
struct CampaignTargetCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "target",
        abstract: said("Aim a campaign at a person, and say why."),
        usage: "fieldbook campaign target <campaign> <who> --why <text> [<options>]",
        discussion: said(
            """
            A primary target can say yes; a secondary one has power over them. A new primary \
            target takes the place of the one before, which stays in the history.

            Example:
              fieldbook campaign target "Stops for all" "Karin Olsen" --why "Chairs the council."
            """))

    @Argument(
        help: ArgumentHelp(said("The campaign."), valueName: "campaign"),
        completion: .records(Campaign.kind))
    var campaign: String

    @Argument(help: ArgumentHelp(said("The person."), valueName: "who"), completion: .people)
    var who: String

    @Option(help: ArgumentHelp(said("Why they, or why now."), valueName: "text"))
    var why: String

    @Option(help: ArgumentHelp(said("Which kind of target."), valueName: "primary|secondary"))
    var kind: String = said("primary")

    @Option(help: ArgumentHelp(said("From which day on. Default: today."), valueName: "date"))
    var on: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let campaign = try Campaigns.find(campaign, notebook, common)
        let day = try on.map { try notebook.day($0, looking: .past) } ?? notebook.today
        let id = try notebook.aim(
            campaign.id, at: who, as: kind, from: day, because: Plain.trimmed(why))
        try common.show(RecordOutcome(Target.key(id), notebook)) { page in
            let title = try notebook.title(of: campaign) ?? Campaigns.word
            let actor = try notebook.readRecord(Target.key(id))?.state
                .value(of: Target.actor.number)?.id
            page.line("Aimed: \(title), at \(try notebook.name(of: actor)) (\(id.shortened)).")
        }
    }
}
