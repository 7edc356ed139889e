import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Writes down what those who were there make of something.
struct EvaluateCommand<N: Noun>: NotebookCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "evaluate",
            abstract: said("Write the evaluation down: feelings first, then what it did."),
            usage: "fieldbook \(N.word) evaluate <name> [<options>]",
            discussion: said(
                """
                Feelings, and who stepped up, come to those of the time before; a text takes the place of \
                the one before, which "fieldbook history" shows. A text can come from standard input: \
                --lessons -

                Example:
                  fieldbook \(N.word) evaluate \(N.sample) --feelings proud,tired --power more
                """))
    }

    @Argument(
        help: ArgumentHelp(said("Its name, a part of it, or its id."), valueName: "name"),
        completion: .records(N.kind))
    var name: String

    @OptionGroup var details: EvaluationDetails
    @OptionGroup var common: Common

    func validate() throws { try details.validate() }

    func run(in notebook: Notebook) throws {
        let key = try N.find(name, notebook, common)
        let evaluation = try notebook.evaluate(key, details.facts.assignments(notebook))
        let outcome = try RecordOutcome(evaluation, notebook)
        try common.show(outcome) { page in
            let title = try notebook.title(of: key) ?? N.word
            page.line("Written down: the evaluation of \(title) (\(evaluation.id.shortened)).")
        }
    }
}

struct EvaluationDetails: RecordDetails {
    @Option(
        help: ArgumentHelp(said("How people feel, a word each, with commas."), valueName: "a,b"))
    var feelings: [String] = []

    @Option(help: ArgumentHelp(said("What the other side did."), valueName: "text"))
    var reaction: String?

    @Option(
        help: ArgumentHelp(said("Whether we have more power now."), valueName: "more|same|less"))
    var power: String?

    @Option(help: ArgumentHelp(said("Whether we reached our goals."), valueName: "yes|partly|no"))
    var goalsMet: String?

    @Option(help: ArgumentHelp(said("How the roles went, and how we prepared."), valueName: "text"))
    var roles: String?

    @Option(help: ArgumentHelp(said("Who recognized us, and how."), valueName: "text"))
    var recognition: String?

    @Option(help: ArgumentHelp(said("Relationships that we built."), valueName: "text"))
    var relationships: String?

    @Option(help: ArgumentHelp(said("Where there was tension."), valueName: "text"))
    var tension: String?

    @Option(help: ArgumentHelp(said("What we learned."), valueName: "text"))
    var lessons: String?

    @Option(help: ArgumentHelp(said("Who stepped up, with commas between."), valueName: "a,b"))
    var steppedUp: [String] = []

    @Option(help: ArgumentHelp(said("What is next, and who does it."), valueName: "text"))
    var next: String?

    @Option(help: ArgumentHelp(said("How many were there to evaluate."), valueName: "n"))
    var present: Int?

    @Option(
        help: ArgumentHelp(said("Who led the evaluation."), valueName: "who"), completion: .people)
    var chair: String?

    @Option(help: ArgumentHelp(said("The day it was. Default: today."), valueName: "date"))
    var on: String?

    var facts: [Fact] {
        [
            Fact(Evaluation.feelings, feelings), Fact(Evaluation.reaction, reaction),
            Fact(Evaluation.power, power), Fact(Evaluation.goalsMet, goalsMet),
            Fact(Evaluation.roles, roles), Fact(Evaluation.recognition, recognition),
            Fact(Evaluation.relationships, relationships), Fact(Evaluation.tension, tension),
            Fact(Evaluation.lessons, lessons), Fact(Evaluation.steppedUp, steppedUp),
            Fact(Evaluation.next, next), Fact(Evaluation.present, present),
            Fact(Evaluation.chair, chair), Fact(Evaluation.on, on),
        ]
    }

    func validate() throws {
        guard facts.contains(where: \.isSaid) else {
            throw ValidationError(said("Nothing to write down. Example: --feelings proud,tired"))
        }
    }
}
