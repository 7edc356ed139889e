import ArgumentParser
import Wording

/// The verbs for turfs; without one, the list.
struct TurfCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "turf",
        abstract: said("Show a turf's people: who was met when, what is next, what is owed."),
        usage: """
            fieldbook turf [<turf>]
                   fieldbook turf <subcommand>
            """,
        discussion: said(
            """
            Without a turf, all turfs are listed.

            Example:
              fieldbook turf "North Side"
            """),
        subcommands: [TurfListCommand.self, TurfAddCommand.self, TurfAssignCommand.self],
        defaultSubcommand: TurfListCommand.self)
}
