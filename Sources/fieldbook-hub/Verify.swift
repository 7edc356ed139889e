import ArgumentParser
import Foundation
import Hub
import Notebook
import Replication
import Store
import Wording

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Check every entry of the hub. Changes nothing."),
        discussion: said(
            """
            Example:

              fieldbook-hub verify
            """))

    @OptionGroup var hub: HubOptions

    private struct Document: Encodable {
        let ok: Bool
        let records: Int
        let fingerprints: [String: String]
        let problems: [Phrase]
    }

    func run() async throws {
        try await Failure.explained {
            let opened = try hub.folder.openToLook()
            // A backup stays as it is.
            if try !opened.isCopy { await opened.catchUpIfPossible() }
            let found = try opened.verify()
            let problems = found.log + found.notebook.problems
            try hub.print(
                Document(
                    ok: problems.isEmpty, records: found.notebook.records,
                    fingerprints: found.notebook.fingerprints.byName, problems: problems),
                text: problems.isEmpty
                    ? """
                    Everything is in order: \(counted(found.notebook.records, "record", "records")), \
                    all entries checked.
                    """ : problems.joined("\n"))
            if opened.obstacle != nil {
                Failure.say(
                    """
                    Nothing can be written here: the disk is full or read-only. What the hub's \
                    notebook has yet to take in was checked in the log alone.
                    """)
            }
            try opened.close()
            if !problems.isEmpty { throw ExitCode.failure }
        }
    }
}
