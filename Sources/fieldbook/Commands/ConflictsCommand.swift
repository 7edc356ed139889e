import ArgumentParser
import Wording

/// What people wrote apart; without a verb, the list.
struct ConflictsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts",
        abstract: said("Show what two people wrote differently, and settle it."),
        discussion: said(
            """
            Nothing is lost in a conflict: every value stays until somebody settles it.

            Example:
              fieldbook conflicts settle "Rosa Alvarez" phone --take 1
            """),
        subcommands: [ConflictsListCommand.self, ConflictsSettleCommand.self],
        defaultSubcommand: ConflictsListCommand.self)
}
