import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Says that somebody did not come to an arranged one-to-one.
struct MissedCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "missed",
        abstract: said("Say that somebody did not come to a one-to-one that was arranged."),
        discussion: said(
            """
            Example:
              fieldbook missed Rosa
            """))

    @Argument(
        help: ArgumentHelp(said("The person, or the one-to-one's id."), valueName: "who"),
        completion: .people)
    var who: String

    @Option(help: ArgumentHelp(said("Which one, by its day."), valueName: "date"))
    var on: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let day = try on.map { try notebook.day($0, looking: .past) }
        let meeting = try common.arranged(who) { try notebook.findMissed($0, on: day) }
        try notebook.end(meeting, as: .noShow)
        try common.show(IDDocument(meeting)) { page in
            let title = try notebook.title(of: OneToOne.key(meeting)) ?? said("meeting")
            page.line("Missed: \(title) (\(meeting.shortened)).")
            page.line("To arrange another: fieldbook schedule \"\(who)\" --on DATE", .faint)
        }
    }
}
