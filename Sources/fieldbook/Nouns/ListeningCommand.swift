import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Listening campaigns, and who listens.
struct ListeningCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listening",
        abstract: said("Run listening campaigns: their goal, and who listens to how many."),
        discussion: said(
            """
            Example:
              fieldbook listening listener "Spring listening" Rosa --assigned 10
            """),
        subcommands: [
            ListCommand<ListeningCampaigns>.self, AddCommand<ListeningCampaigns>.self,
            ShowCommand<ListeningCampaigns>.self, ListeningListenerCommand.self,
            EvaluateCommand<ListeningCampaigns>.self,
        ],
        defaultSubcommand: ListCommand<ListeningCampaigns>.self)
}

enum ListeningCampaigns: Noun {
    static let kind = ListeningCampaign.kind
    static let word = "listening"
    static let sample = "spring"
    static let example: Phrase = """
        Example:
          fieldbook listening add "Spring listening" --end "in 6 weeks" --goal 150
        """

    struct Details: RecordDetails {
        @Option(help: ArgumentHelp(said("How many one-to-ones."), valueName: "n"))
        var goal: Int?

        @Option(help: ArgumentHelp(said("The first day. Default: today."), valueName: "date"))
        var start: String?

        @Option(help: ArgumentHelp(said("The last day."), valueName: "date"))
        var end: String?

        @Option(
            help: ArgumentHelp(said("Where people are listened to."), valueName: "institution"),
            completion: .records(Institution.kind))
        var institution: String?

        @Option(help: ArgumentHelp(said("What the listeners ask."), valueName: "text"))
        var questions: String?

        var facts: [Fact] {
            [
                Fact(ListeningCampaign.goal, goal),
                Fact(ListeningCampaign.start, start ?? "today"),
                Fact(ListeningCampaign.end, end),
                Fact(ListeningCampaign.institution, institution),
                Fact(ListeningCampaign.questions, questions),
            ]
        }
    }
}

/// Says who listens in a campaign.
struct ListeningListenerCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "listener",
        abstract: said("Say who listens in a campaign, and to how many."),
        usage: "fieldbook listening listener <campaign> <who> ... [<options>]",
        discussion: said(
            """
            Of who listens already, the number is changed. You are "me".

            Example:
              fieldbook listening listener "Spring listening" Rosa Bo --assigned 10
            """))

    @Argument(
        help: ArgumentHelp(said("The listening campaign."), valueName: "campaign"),
        completion: .records(ListeningCampaign.kind))
    var campaign: String

    @Argument(help: ArgumentHelp(said("The people."), valueName: "who"), completion: .people)
    var people: [String]

    @Option(help: ArgumentHelp(said("To how many each listens."), valueName: "n"))
    var assigned: Int?

    @Option(help: ArgumentHelp(said("The day they were trained."), valueName: "date"))
    var trained: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let campaign = try ListeningCampaigns.find(campaign, notebook, common)
        let people = try People(notebook).organizers(people)
        let day = try trained.map { try notebook.day($0, looking: .past) }
        let ids = try notebook.appoint(
            people, to: campaign.id, assigned: assigned.map(Int64.init), trained: day)
        let document = Belonging(ids, people, to: campaign.id)
        try common.show(document) { page in
            let names = try people.map { who in
                let member = who == notebook.me.member ? Member.key(who) : nil
                return try member.flatMap { try notebook.title(of: $0) }
                    ?? notebook.name(of: who)
            }.listed("and")
            let title = try notebook.title(of: campaign) ?? ListeningCampaigns.word
            page.paragraph("Listening in \(title): \(names).")
            if let assigned { page.line("To how many each: \(assigned).") }
            if let day { page.line("Trained: \(day.short(today: notebook.today)).") }
        }
    }
}

/// People who belong to something, each with the record that says so.
struct Belonging: Encodable {
    let to: String
    let people: [Entry]

    struct Entry: Encodable {
        let id: String
        let person: String
    }

    init(_ ids: [RecordID], _ people: [RecordID], to record: RecordID) {
        to = record.description
        self.people = zip(ids, people).map {
            Entry(id: $0.description, person: $1.description)
        }
    }
}
