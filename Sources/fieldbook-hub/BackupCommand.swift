import ArgumentParser
import Hub
import Notebook
import Wording

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: said("Back up the hub now, and test the backup."),
        discussion: said(
            """
            The same as a part of "nightly". The hub may go on serving. Example:

              fieldbook-hub backup
            """))

    @OptionGroup var hub: HubOptions

    private struct Document: Encodable {
        let ok: Bool
        let backup: String
    }

    func run() async throws {
        try await Failure.explained {
            let opened = try hub.open()
            try await opened.catchUp()
            let backup = try opened.backUp()
            try opened.close()
            try hub.print(
                Document(ok: true, backup: backup),
                text: """
                    A backup was made, opened and compared: \(backup)
                    Copy it to another machine: it holds the hub's keys, so keep it as safe as the hub.
                    """)
        }
    }
}
