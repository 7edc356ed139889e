import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Checks the whole notebook.
struct VerifyCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: said("Check that the notebook is whole."),
        discussion: said(
            """
            Reads everything and changes nothing. Two notebooks with the same fingerprints hold \
            the same.

            Example:
              fieldbook verify
            """))

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let found = try notebook.store.verify()
        let fingerprints = found.fingerprints.map { (Self.name($0), Hex.encode($1.bytes)) }
        let document = Document(
            ok: found.isOK, records: found.records, commits: found.commits,
            fingerprints: Dictionary(fingerprints) { first, _ in first },
            problems: found.problems)
        try common.show(document) { page in
            let records = counted(found.records, "record", "records")
            let commits = counted(found.commits, "entry", "entries")
            if found.isOK {
                page.line("ok: \(records), \(commits) of this laptop's own")
            } else {
                page.line("Not ok:", .red)
                for problem in found.problems { page.line("  " + problem) }
            }
            var table = Table([.name("Fingerprint of"), .fixed("")])
            for (space, sum) in found.fingerprints.sorted(by: { $0.key < $1.key }) {
                let name = try notebook.title(of: space) ?? space.description
                table.row(.verbatim(name), Hex.encode(sum.bytes))
            }
            page.table(table)
        }
        guard found.isOK else {
            throw Complaint(
                """
                The notebook is damaged. Keep a copy of it, and go on from your last backup. What \
                the hub has comes back with a new notebook.
                """)
        }
    }

    /// The spaces' names in JSON.
    private static func name(_ space: SpaceID) -> String {
        switch space {
        case Space.commons: "commons"
        case Space.organizers: "organizers"
        default: space.description
        }
    }

    private struct Document: Encodable {
        let ok: Bool
        let records: Int
        let commits: Int
        let fingerprints: [String: String]
        let problems: [Phrase]
    }
}
