import ArgumentParser
import Terminal
import Wording

/// Pages to read, each about a piece of work.
struct GuideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guide",
        abstract: said("Read how a piece of work is done with Fieldbook."),
        discussion: said(
            """
            Example:
              fieldbook guide first-week
            """),
        subcommands: [
            FirstWeekGuide.self, ListeningGuide.self, DemandGuide.self, ActionGuide.self,
            DuplicatesGuide.self, LimitsGuide.self,
        ])
}

/// A page to read; `--help` prints it too.
protocol Guide: ParsableCommand {
    static var page: Phrase { get }
}

extension Guide {
    func run() throws {
        var page = Page()
        page.paragraph(Self.page)
        try page.show()
    }
}
