import ArgumentParser
import Notebook
import Store
import Wording

/// Member bodies.
struct InstitutionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "institution",
        abstract: said("Write down congregations, schools, unions and associations."),
        discussion: said(Institutions.example),
        subcommands: [
            ListCommand<Institutions>.self, AddCommand<Institutions>.self,
            ShowCommand<Institutions>.self,
        ],
        defaultSubcommand: ListCommand<Institutions>.self)
}

enum Institutions: Noun {
    static let kind = Institution.kind
    static let word = "institution"
    static let sample = "mark"
    static let example: Phrase = """
        Example:
          fieldbook institution add "St. Mark" --kind congregation
        """

    struct Details: RecordDetails {
        @Option(
            help: ArgumentHelp(
                said("congregation, school, union, association, service or other."),
                valueName: "kind"))
        var kind: String?

        @Option(help: ArgumentHelp(said("The city."), valueName: "city"))
        var city: String?

        @Option(help: ArgumentHelp(said("The address."), valueName: "address"))
        var address: String?

        @Option(help: ArgumentHelp(said("How many people belong to it."), valueName: "n"))
        var size: Int?

        @Option(
            help: ArgumentHelp(
                said("prospect, associate, member or lapsed."), valueName: "membership"))
        var membership: String?

        @Option(help: ArgumentHelp(said("Who heads it."), valueName: "who"), completion: .people)
        var head: String?

        @Option(
            help: ArgumentHelp(said("The organizer who works with it."), valueName: "who"),
            completion: .people)
        var organizer: String?

        var facts: [Fact] {
            [
                Fact(Institution.sort, kind), Fact(Institution.city, city),
                Fact(Institution.address, address), Fact(Institution.size, size),
                Fact(Institution.membership, membership), Fact(Institution.head, head),
                Fact(Institution.organizer, organizer),
            ]
        }
    }
}
