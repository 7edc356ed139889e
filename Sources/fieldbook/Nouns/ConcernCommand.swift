import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// What people are concerned about, in their own words.
struct ConcernCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "concern",
        abstract: said("Write down what people are concerned about, and of which issue it is."),
        discussion: said(Concerns.example),
        subcommands: [
            ListCommand<Concerns>.self, AddCommand<Concerns>.self, ShowCommand<Concerns>.self,
            ConcernLinkCommand.self,
        ],
        defaultSubcommand: ListCommand<Concerns>.self)
}

enum Concerns: Noun {
    static let kind = Concern.kind
    static let word = "concern"
    static let hasOneOfAName = false
    static let sample = "bus"
    static let usage = "fieldbook concern add <name> --from <who> [<options>]"
    static let example: Phrase = """
        Example:
          fieldbook concern add "The 14 stopped" --from Rosa --intensity 5
        """

    struct Details: RecordDetails {
        @Option(help: ArgumentHelp(said("Who said it."), valueName: "who"), completion: .people)
        var from: String

        @Option(help: ArgumentHelp(said("How much it matters to them, 1 to 5."), valueName: "n"))
        var intensity: Int?

        @Option(
            help: ArgumentHelp(said("The issue that it is of."), valueName: "issue"),
            completion: .records(Issue.kind))
        var issue: String?

        @Option(help: ArgumentHelp(said("The neighbourhood."), valueName: "place"))
        var neighbourhood: String?

        @Option(help: ArgumentHelp(said("The day. Default: today."), valueName: "date"))
        var on: String?

        var facts: [Fact] {
            [
                Fact(Concern.person, from), Fact(Concern.intensity, intensity),
                Fact(Concern.issue, issue), Fact(Concern.neighbourhood, neighbourhood),
                Fact(Concern.on, on ?? "today"),
            ]
        }
    }
}

/// Says of which issue concerns are.
struct ConcernLinkCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: said("Say which issue concerns belong to."),
        usage: "fieldbook concern link <words> ... --issue <issue>",
        discussion: said(
            """
            A concern is named by its words or its id. Whoever said exactly these words, all of \
            them are linked; what was only heard in one-to-ones is written down as concerns.

            Example:
              fieldbook concern link "bus stops" "The 14 stopped" --issue "Bus stops"
            """))

    @Argument(
        help: ArgumentHelp(said("The concerns."), valueName: "words"),
        completion: .records(Concern.kind))
    var concerns: [String]

    @Option(
        help: ArgumentHelp(said("The issue."), valueName: "issue"),
        completion: .records(Issue.kind))
    var issue: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let issue = try Issues.find(issue, notebook, common)
        var (known, heard): ([RecordID], [HeardConcern]) = ([], [])
        for words in concerns {
            let (written, said) = try find(words, notebook)
            known += written.filter { !known.contains($0) }
            heard += said.filter { !heard.contains($0) }
        }
        let ids = try notebook.link(known, heard: heard, to: issue.id)
        let document = Linked(
            issue: issue.id.description, concerns: ids.map(\.description), written: heard.count)
        try common.show(document) { page in
            let count = counted(ids.count, "concern", "concerns")
            page.line("Linked: \(count), with \(try notebook.title(of: issue) ?? Issues.word).")
            guard !heard.isEmpty else { return }
            page.line("Heard in one-to-ones, and written down as concerns now: \(heard.count).")
        }
    }

    /// Those in exactly these words, written down or only heard; or else the one that is meant by a
    /// part of them or by its id.
    private func find(
        _ words: String, _ notebook: Notebook
    ) throws -> (written: [RecordID], heard: [HeardConcern]) {
        let written = try notebook.concerns(words)
        let heard = try notebook.heardConcerns(words)
        guard written.isEmpty && heard.isEmpty else { return (written, heard) }
        return ([try Concerns.find(words, notebook, common).id], [])
    }

    private struct Linked: Encodable {
        let issue: String
        let concerns: [String]
        /// How many of them were only heard before.
        let written: Int
    }
}
