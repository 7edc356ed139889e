import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Says that an arranged one-to-one does not take place.
struct CancelCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: said("Cancel a one-to-one that is arranged."),
        usage: "fieldbook cancel <who> [<options>]",
        discussion: said(
            """
            Example:
              fieldbook cancel Rosa --by them --reason "Her shift was changed."
            """))

    enum Side: String, ExpressibleByArgument, CaseIterable {
        case them, us

        init?(argument: String) {
            guard let side = Self.allCases.first(where: { $0.words.isMeant(by: argument) }) else {
                return nil
            }
            self = side
        }

        static var allValueStrings: [String] { allCases.map(\.words.text) }

        /// They say it themselves.
        static var allValueDescriptions: [String: String] { [:] }

        var defaultValueDescription: String { words.text }

        private var words: Phrase {
            switch self {
            case .them: "them"
            case .us: "us"
            }
        }
    }

    @Argument(
        help: ArgumentHelp(said("The person, or the one-to-one's id."), valueName: "who"),
        completion: .people)
    var who: String

    @Option(help: ArgumentHelp(said("Who cancels. Default: us."), valueName: "them|us"))
    var by: Side?

    @Option(
        help: ArgumentHelp(
            said("Why; - reads it from standard input."), valueName: "text"))
    var reason: String?

    @Option(help: ArgumentHelp(said("Which one, by its day."), valueName: "date"))
    var on: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let day = try on.map { try notebook.day($0, looking: .coming) }
        let meeting = try common.arranged(who) { try notebook.findArranged($0, on: day) }
        let why = try reason.map { try Input.text($0, what: "reason") }.flatMap(MetCommand.filled)
        try notebook.end(
            meeting, as: by == .them ? .cancelledByThem : .cancelledByUs, because: why)
        try common.show(IDDocument(meeting)) { page in
            let title = try notebook.title(of: OneToOne.key(meeting)) ?? said("meeting")
            page.line("Cancelled: \(title) (\(meeting.shortened)).")
        }
    }
}
