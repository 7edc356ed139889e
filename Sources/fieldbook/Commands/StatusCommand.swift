import ArgumentParser
import Notebook
import Replication
import Store
import Sync
import Terminal
import Wording

/// How the notebook stands, and what to do next.
struct StatusCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: said("Show what waits to be sent, settled or looked at."),
        discussion: said(
            """
            Example:
              fieldbook status
            """))

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let membership = try Membership(of: notebook.store)
        let deletions = DeletionList(try notebook.deletionsByOthers(), notebook)
        let status = Status(
            notebook: common.file.path, name: notebook.me.name,
            device: notebook.store.device.description,
            pending: try notebook.store.meta().pending,
            lastSync: membership?.lastSync.map(notebook.timestamp), hub: membership?.url,
            congregation: membership?.congregationName,
            accessEnded: membership?.ended.map(notebook.timestamp),
            conflicts: try notebook.conflicts().count,
            refused: try notebook.store.refusedCount(),
            deletedByOthers: deletions.documents,
            records: try notebook.store.read { try Records.count($0) },
            givesBackFrom: try notebook.givesBackFrom.map(notebook.timestamp),
            diskBytes: ["", "-wal", "-shm", ".key"].reduce(0) {
                $0 + Paths.size(common.file.path + $1)
            }, copiesBeforeRestores: common.file.copiesBeforeRestores)
        try common.show(status) { page in
            let givesBackFrom = try notebook.givesBackFrom
            describe(
                status, membership?.lastSync.map(notebook.moment),
                ended: membership?.ended.map(notebook.moment),
                givesBack: givesBackFrom.map(notebook.moment),
                givesBackNow: givesBackFrom.map { $0 < notebook.store.environment.milliseconds() }
                    ?? false, &page)
            deletions.fill(&page)
            common.file.noteCopies(besides: notebook, on: &page)
        }
    }

    private func describe(
        _ status: Status, _ lastSync: String?, ended: String?, givesBack: String?,
        givesBackNow: Bool, _ page: inout Page
    ) {
        let hub = status.hub.map { "\(status.congregation ?? ""), \($0)" }
        var table = Table([.fixed(""), .text("")])
        table.row("Notebook", "\(status.name), \(status.notebook)")
        table.row("Hub", hub ?? said("none yet"))
        if hub != nil { table.row("Last sync", lastSync ?? said("never")) }
        if let ended { table.row("Access", "ended by the hub; found \(ended)") }
        table.row("To send", counted(Int(status.pending), "entry", "entries"))
        table.row("Conflicts", "\(status.conflicts)")
        table.row("Refused", "\(status.refused)")
        table.row("Records", "\(status.records), \(Self.size(status.diskBytes)) on disk")
        page.table(table)
        if hub == nil { page.line("To join a hub: fieldbook join INVITATION") }
        if ended != nil {
            page.paragraph(
                """
                The hub has ended this laptop's access. What this notebook held of the congregation was \
                removed; what was never sent is kept. If that is a mistake, ask your hub's keeper for a new invitation, then: \
                fieldbook join INVITATION
                """)
        } else if hub != nil && status.pending > 0 {
            page.line("To send what waits: fieldbook sync")
        }
        if let givesBack, hub != nil {
            page.paragraph(
                givesBackNow
                    ? """
                    At the last comparison the hub was not the same as this notebook. What it has lost, \
                    this notebook gives back with the next sync, as far as you may write it. The rest an \
                    organizer has to bring, or, where somebody was erased, who may erase.
                    """
                    : """
                    At the last comparison the hub was not the same as this notebook. What it has lost, \
                    and nobody else brings, this notebook gives back when it syncs after \(givesBack).
                    """)
        }
        if status.conflicts > 0 { page.line("To settle conflicts: fieldbook conflicts") }
        if status.refused > 0 { page.line("To see what was refused: fieldbook refused") }
    }

    /// "840 KB", "1.2 MB"
    private static func size(_ bytes: Int) -> String {
        guard bytes >= 1_000_000 else { return "\((bytes + 999) / 1000) KB" }
        let tenths = bytes / 100_000
        return "\(tenths / 10).\(tenths % 10) MB"
    }

    private struct Status: Encodable {
        let notebook: String
        let name: String
        let device: String
        let pending: UInt64
        @OrNull var lastSync: String?
        @OrNull var hub: String?
        @OrNull var congregation: String?
        @OrNull var accessEnded: String?
        let conflicts: Int
        let refused: Int
        /// In the last two weeks.
        let deletedByOthers: [DeletionList.Document]
        let records: Int
        @OrNull var givesBackFrom: String?
        let diskBytes: Int
        let copiesBeforeRestores: [String]
    }
}
