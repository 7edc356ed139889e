import ArgumentParser
import Notebook
import Replication
import Store
import Wording

/// House meetings.
struct HouseMeetingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "house-meeting",
        abstract: said("Write down house meetings, and who came."),
        discussion: said(HouseMeetings.example),
        subcommands: [
            ListCommand<HouseMeetings>.self, AddCommand<HouseMeetings>.self,
            ShowCommand<HouseMeetings>.self, EvaluateCommand<HouseMeetings>.self,
        ],
        defaultSubcommand: ListCommand<HouseMeetings>.self)
}

enum HouseMeetings: Noun {
    static let kind = HouseMeeting.kind
    static let word = "house-meeting"
    static let sample = "rosa"
    static let example: Phrase = """
        Example:
          fieldbook house-meeting add "At Rosa's" --host Rosa --attended Bo,Sara
        """

    struct Details: RecordDetails {
        @Option(
            help: ArgumentHelp(said("Whose home it is."), valueName: "who"), completion: .people)
        var host: String?

        @Option(help: ArgumentHelp(said("The day. Default: today."), valueName: "date"))
        var on: String?

        @Option(help: ArgumentHelp(said("Where it is."), valueName: "place"))
        var place: String?

        @Option(help: ArgumentHelp(said("Who leads it."), valueName: "who"), completion: .people)
        var facilitator: String?

        @Option(
            help: ArgumentHelp(said("The listening campaign."), valueName: "campaign"),
            completion: .records(ListeningCampaign.kind))
        var campaign: String?

        @Option(help: ArgumentHelp(said("How many were invited."), valueName: "n"))
        var invited: Int?

        @Option(help: ArgumentHelp(said("How many came whom nobody named."), valueName: "n"))
        var unnamed: Int?

        @Option(
            help: ArgumentHelp(
                said("The stories told; - reads them from standard input."), valueName: "text"))
        var stories: String?

        @OptionGroup var attendees: Attendees

        var facts: [Fact] {
            [
                Fact(HouseMeeting.host, host), Fact(HouseMeeting.on, on ?? "today"),
                Fact(HouseMeeting.place, place), Fact(HouseMeeting.facilitator, facilitator),
                Fact(HouseMeeting.campaign, campaign), Fact(HouseMeeting.invited, invited),
                Fact(HouseMeeting.unnamed, unnamed), Fact(HouseMeeting.stories, stories),
            ]
        }
    }

    static func add(
        _ assignments: [Assignment], _ details: Details, _ notebook: Notebook, mayAsk: Bool
    ) throws -> RecordKey {
        try details.attendees.add(kind.name, assignments, notebook, mayAsk: mayAsk)
    }
}
