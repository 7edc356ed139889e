import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Issues, and the test by which they are cut.
struct IssueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: said("Write down issues, and cut them from what people are concerned about."),
        discussion: said(
            """
            Example:
              fieldbook issue cut "Bus stops" --scores 5,4,3,4,5,5
            """),
        subcommands: [
            ListCommand<Issues>.self, AddCommand<Issues>.self, ShowCommand<Issues>.self,
            IssueCutCommand.self,
        ],
        defaultSubcommand: ListCommand<Issues>.self)
}

enum Issues: Noun {
    static let kind = Issue.kind
    static let word = "issue"
    static let sample = "bus"
    static let example: Phrase = """
        Example:
          fieldbook issue add "Bus stops" --category transit
        """

    struct Details: RecordDetails {
        @Option(help: ArgumentHelp(said("What it is about: transit, rent."), valueName: "word"))
        var category: String?

        @Option(
            help: ArgumentHelp(
                said("heard, exploring, cut, campaign or dropped. Default: heard."),
                valueName: "status"))
        var status: String?

        @Option(help: ArgumentHelp(said("What we need to find out."), valueName: "text"))
        var question: String?

        @Option(help: ArgumentHelp(said("Notes."), valueName: "text"))
        var notes: String?

        var facts: [Fact] {
            [
                Fact(Issue.category, category), Fact(Issue.status, status ?? "heard"),
                Fact(Issue.question, question), Fact(Issue.notes, notes),
            ]
        }
    }
}

/// Tests an issue, and says that it is cut.
struct IssueCutCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "cut",
        abstract: said("Cut an issue: score it by the test, 0 to 5 each."),
        usage: "fieldbook issue cut <issue> [<options>]",
        discussion: said(
            """
            The test, in this order: does it inspire passion, is it rooted in people's stories, \
            anchored in institutions, winnable, non-divisive, specific? Name the tests to score \
            some of them: --scores passion=5,winnable=4

            Example:
              fieldbook issue cut "Bus stops" --scores 5,4,3,4,5,5
            """))

    @Argument(
        help: ArgumentHelp(said("The issue."), valueName: "issue"),
        completion: .records(Issue.kind))
    var issue: String

    @Option(help: ArgumentHelp(said("The scores, with commas between."), valueName: "n,n"))
    var scores: String?

    @Option(help: ArgumentHelp(said("How many voted for it."), valueName: "n"))
    var votes: Int?

    @Option(help: ArgumentHelp(said("Who cut it."), valueName: "who"), completion: .people)
    var by: String?

    @Option(help: ArgumentHelp(said("The day it was. Default: today."), valueName: "date"))
    var on: String?

    @Option(
        help: ArgumentHelp(said("Why; - reads it from standard input."), valueName: "text"))
    var notes: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try Issues.find(issue, notebook, common)
        let facts = [
            Fact(Issue.votes, votes), Fact(Issue.cutBy, by), Fact(Issue.cutOn, on),
            Fact(Issue.notes, notes),
        ]
        let tested = try scores.map { try Notebook.scores($0) } ?? []
        try notebook.cut(key.id, tested + facts.assignments(notebook))
        guard let record = try notebook.readRecord(key) else { return }
        let document = RecordDocument(record)
        try common.show(document) { page in
            page.line("Cut: \(record.title) (\(key.id.shortened)).")
            var table = Table([.fixed(""), .number("")], indent: 2)
            for test in Issue.tests {
                let score = record.state.value(of: test.number)?.int
                table.row(
                    .init(FieldWords.field(test.name, of: key.kind)),
                    .init(score.map { "\($0)" } ?? "–"))
            }
            page.table(table)
        }
    }
}
