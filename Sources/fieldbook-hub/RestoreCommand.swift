import ArgumentParser
import Foundation
import Hub
import Notebook
import Terminal
import Wording

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: said("Put a backup in the hub's place."),
        discussion: said(
            """
            Stop "fieldbook-hub serve" first. The backup is verified, and what is there now is kept. \
            Laptops send what the hub has lost at their next sync. Example:

              fieldbook-hub restore ~/.local/share/fieldbook-hub/backups/2026-11-20
            """))

    @Argument(help: ArgumentHelp(said("The folder of one day's backup."))) var folder: String
    @OptionGroup var hub: HubOptions

    private struct Document: Encodable {
        let ok: Bool
        let congregation: String
        let entries: UInt64
        @OrNull var kept: String?
    }

    func run() async throws {
        try await Failure.explained {
            let milliseconds = UInt64(max(0, Date().timeIntervalSince1970 * 1000))
            let restored = try hub.folder.restore(
                from: HubFolder(path: folder), at: milliseconds)
            try hub.show(
                Document(
                    ok: true, congregation: restored.congregation, entries: restored.entries,
                    kept: restored.kept)
            ) { page in
                page.paragraph(
                    """
                    The hub of \(restored.congregation) was put back, with \
                    \(Count.of(Int(restored.entries), "entry", "entries")). Start \
                    "fieldbook-hub serve" again.
                    """)
                page.paragraph(
                    """
                    Laptops send again what it has lost, at their next sync. What the keeper did \
                    since the backup has to be done again: invitations, and above all revoking \
                    ("fieldbook-hub devices" shows who has access).
                    """)
                if let kept = restored.kept {
                    page.paragraph(
                        "What was there before is kept in \(kept). Remove it when all is well.")
                }
            }
        }
    }
}
