import ArgumentParser
import Notebook
import Replication
import Store
import Wording

/// Trainings.
struct TrainingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "training",
        abstract: said("Write down trainings, and who came."),
        discussion: said(Trainings.example),
        subcommands: [
            ListCommand<Trainings>.self, AddCommand<Trainings>.self, ShowCommand<Trainings>.self,
        ],
        defaultSubcommand: ListCommand<Trainings>.self)
}

enum Trainings: Noun {
    static let kind = Training.kind
    static let word = "training"
    static let sample = "listen"
    static let example: Phrase = """
        Example:
          fieldbook training add "How to listen" --attended Rosa,Bo
        """

    struct Details: RecordDetails {
        @Option(help: ArgumentHelp(said("The day. Default: today."), valueName: "date"))
        var on: String?

        @Option(help: ArgumentHelp(said("Who trains."), valueName: "who"), completion: .people)
        var trainer: String?

        @Option(help: ArgumentHelp(said("Where it is."), valueName: "place"))
        var place: String?

        @Option(help: ArgumentHelp(said("What is learned, with commas."), valueName: "a,b"))
        var skills: [String] = []

        @OptionGroup var attendees: Attendees

        var facts: [Fact] {
            [
                Fact(Training.on, on ?? "today"), Fact(Training.trainer, trainer),
                Fact(Training.place, place), Fact(Training.skills, skills),
            ]
        }
    }

    static func add(
        _ assignments: [Assignment], _ details: Details, _ notebook: Notebook, mayAsk: Bool
    ) throws -> RecordKey {
        try details.attendees.add(kind.name, assignments, notebook, mayAsk: mayAsk)
    }
}
