import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Writes down how somebody judges a person's leadership.
struct AssessCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "assess",
        abstract: said("Write down how you judge somebody's leadership."),
        usage: "fieldbook assess <who> <level> [<options>]",
        discussion: said(
            """
            Organizers alone read it. Every assessment stays: a new one stands beside those before. \
            The levels are those of \
            the scale here ("fieldbook record list scale"), or rise from 1 to 5.

            Example:
              fieldbook assess Rosa 3 --basis "Brought nine neighbors twice."
            """))

    @Argument(help: ArgumentHelp(said("The person."), valueName: "who"), completion: .people)
    var who: String

    @Argument(help: ArgumentHelp(said("The level on the scale."), valueName: "level"))
    var level: Int

    @Option(
        help: ArgumentHelp(
            said("What you saw; - reads it from standard input."), valueName: "text"))
    var basis: String?

    @Option(help: ArgumentHelp(said("The day. Default: today."), valueName: "date"))
    var on: String?

    @Option(
        help: ArgumentHelp(
            said("The tier you see them in: primary, secondary, tertiary."), valueName: "tier"))
    var tier: String?

    @Option(
        help: ArgumentHelp(said("The scale, where there are several."), valueName: "scale"),
        completion: .records(Scale.kind))
    var scale: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let person = try People(notebook).one(who, mayAsk: !common.json)
        let day = try on.map { try notebook.day($0, looking: .past) } ?? notebook.today
        let basis = try basis.map { try Input.text($0, what: "basis") }.flatMap(MetCommand.filled)
        let (id, used) = try notebook.assess(
            person, at: Int64(level), on: day, basis: basis,
            tier: tier.flatMap(MetCommand.filled),
            scale: try scale.map { try notebook.find($0, kind: Scale.kind.name) })
        let document = Assessed(
            id: id.description, person: person.description, level: level,
            scale: used?.id.description, label: used?.label(of: Int64(level)),
            direction: used?.rises ?? true ? "rises" : "falls")
        try common.show(document) { page in
            page.line(
                "Assessed: \(try notebook.name(of: person)), \(words(used)) (\(id.shortened)).")
            if basis == nil {
                page.line("What did you see? fieldbook edit \(id.shortened) \"basis=…\"", .faint)
            }
        }
    }

    /// "level 2, supports (of "Support", where lower is more)"
    private func words(_ scale: KnownScale?) -> Phrase {
        guard let scale else { return "level \(level) (higher is more)" }
        let label = scale.label(of: Int64(level)).map { ", \($0)" } ?? ""
        return scale.rises
            ? "level \(level)\(label) (\(scale.name): higher is more)"
            : "level \(level)\(label) (\(scale.name): lower is more)"
    }

    private struct Assessed: Encodable {
        let id: String
        let person: String
        let level: Int
        @OrNull var scale: String?
        @OrNull var label: String?
        let direction: String
    }
}
