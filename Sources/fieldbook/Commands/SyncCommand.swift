import ArgumentParser
import Notebook
import Replication
import Store
import Sync
import Terminal
import Wording

/// One exchange with the hub, to the end.
struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: said("Exchange entries with the hub."),
        discussion: said(
            """
            Safe to repeat and to interrupt. When the hub cannot be reached, everything stays here, \
            and the exit code is 75.

            Example:
              fieldbook sync
            """))

    @OptionGroup var common: Common

    func run() async throws {
        let notebook = try common.open()
        let report: SyncReport
        let before = try notebook.deletedKeys()
        do {
            report = try await SyncTurn.taking(at: notebook.store.file.path ?? "") {
                try await notebook.sync { report in
                    Screen.progress(Self.progress(report))
                }
            }
            Screen.progress("")
        } catch {
            Screen.progress("")
            if case SyncError.revoked? = error as? SyncError { noteCopies() }
            throw error
        }
        let conflicts = try notebook.conflicts().count
        let deletions = DeletionList(try notebook.deletionsByOthers(besides: before), notebook)
        let outcome = Outcome(report, conflicts: conflicts, deletions.documents)
        try common.show(outcome) { page in
            let hub =
                try Membership(of: notebook.store)?.congregationName ?? said("your congregation")
            let even: Phrase =
                report.isEven ? " Everything is even with the hub of \(hub)." : ""
            page.line("Sent \(report.sent), received \(report.received).\(even)")
            if report.isRestored {
                page.paragraph(
                    """
                    The hub was put back from a backup. What it had lost of this notebook's entries \
                    went up again. What it had lost of others' entries, or of those from before this \
                    notebook's last new key, is compared in the next days and given back.
                    """)
            } else if let reissued = report.reissued {
                let entries = counted(reissued, "entry", "entries")
                page.paragraph(
                    """
                    This notebook was copied to another machine, or restored from a backup. It goes \
                    on under a new key; \(entries) of its own went up under it. Nothing is lost.
                    """)
            }
            if report.repaired > 0 {
                let were = counted(
                    report.repaired, "record was not the same here and on the hub, and is now.",
                    "records were not the same here and on the hub, and are now.")
                page.line(were)
            }
            if report.apart > 0 {
                let records = counted(report.apart, "record", "records")
                page.paragraph(
                    """
                    This notebook knows more of \(records) than the hub, which has lost it. If \
                    nobody else brings it within a week, this notebook gives it back.
                    """)
            }
            if report.left > 0 {
                let records = counted(report.left, "record", "records")
                page.line("\(records) left this notebook: no longer yours to read.")
            }
            deletions.fill(&page)
            if report.refused > 0 {
                let entries = counted(report.refused, "entry", "entries")
                page.line("The hub refused \(entries). See why: fieldbook refused")
            }
            if conflicts > 0 {
                page.line(
                    "\(counted(conflicts, "conflict", "conflicts")) to settle: fieldbook conflicts")
            }
        }
    }

    /// The copies that restores have kept have what was removed from the notebook.
    private func noteCopies() {
        for copy in common.file.copiesBeforeRestores {
            Screen.note(
                "Kept from before a restore, with what the congregation had: \(copy). Remove it and its key."
            )
        }
    }

    private static func progress(_ report: SyncReport) -> Phrase {
        let first: Phrase = "Sent \(report.sent), received \(report.received)"
        guard let bootstrap = report.bootstrap, bootstrap.stored < bootstrap.all else {
            return "\(first)…"
        }
        return "\(first) of some \(bootstrap.all); what is here can be used already…"
    }

    private struct Outcome: Encodable {
        let sent: UInt64
        let received: Int
        let refused: Int
        let left: Int
        let conflicts: Int
        /// What others deleted, and came with this exchange.
        let deletedByOthers: [DeletionList.Document]
        let roundTrips: Int
        let bytesSent: Int
        let bytesReceived: Int
        let even: Bool
        @OrNull var reissued: Int?
        let repaired: Int
        let apart: Int
        let hubRestored: Bool

        init(_ report: SyncReport, conflicts: Int, _ deletedByOthers: [DeletionList.Document]) {
            self.deletedByOthers = deletedByOthers
            sent = report.sent
            received = report.received
            refused = report.refused
            left = report.left
            self.conflicts = conflicts
            roundTrips = report.traffic.roundTrips
            bytesSent = report.traffic.bytesSent
            bytesReceived = report.traffic.bytesReceived
            even = report.isEven
            repaired = report.repaired
            apart = report.apart
            hubRestored = report.isRestored
            reissued = report.reissued
        }
    }
}
