import ArgumentParser
import Foundation
import Glibc
import Hub
import Notebook
import Store
import Terminal
import Wording

/// The keeper's program: the hub of a congregation.
@main
struct FieldbookHub: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fieldbook-hub",
        abstract: said("Keep the hub of a congregation."),
        discussion: said(
            """
            The hub merges what all laptops wrote and gives each its part. Start with:

              fieldbook-hub init --congregation "St. Mark"
              fieldbook-hub serve
            """),
        version: Version.current,
        subcommands: [
            Init.self, Serve.self, Invite.self, Devices.self, Revoke.self, PeerCommand.self,
            NightlyCommand.self,
            BackupCommand.self, RestoreCommand.self, Verify.self, StatusCommand.self, Unit.self,
            DemoCommand.self,
        ])

    static func main() async {
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
        Memory.shareOneHeap()
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let words = Hint.ofHelp(arguments, of: Self.self) {
            Failure.say(words)
            Glibc.exit(ExitCode.validationFailure.rawValue)
        }
        do {
            var command = try parseAsRoot()
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch {
            Glibc.exit(Failure.report(error))
        }
    }
}

/// Which hub, and for whom the output is.
struct HubOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            said(
                "The hub's folder. Default: FIELDBOOK_HUB_DATA, else fieldbook-hub in your data folder."
            ),
            valueName: "dir"))
    var data: String?

    @Flag(help: ArgumentHelp(said("Print one JSON document instead of text.")))
    var json = false

    var folder: HubFolder {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? "."
        let dataHome = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return HubFolder(
            path: data ?? environment["FIELDBOOK_HUB_DATA"]
                ?? (dataHome ?? home + "/.local/share") + "/fieldbook-hub")
    }

    func open() throws -> Hub { try folder.open() }

    /// Prints one document, or the text.
    func print(_ document: some Encodable, text: Phrase) throws {
        Output.line(json ? try JSON.text(document, isIndented: true) : text.text)
    }

    /// Prints one document, or a page for people.
    func show(_ document: some Encodable, _ fill: (inout Page) throws -> Void) throws {
        guard !json else { return try print(document, text: "") }
        var page = Page()
        try fill(&page)
        try page.show()
    }
}
