import ArgumentParser
import Hub
import Notebook
import Replication
import Store
import Terminal
import Wording

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: said("Show how the hub stands, and what to see to."),
        discussion: said(
            """
            Example:

              fieldbook-hub status
            """))

    @OptionGroup var hub: HubOptions

    private struct Document: Encodable {
        let ok: Bool
        let hub: String
        let congregation: String
        @OrNull var url: String?
        let serving: Bool
        let entries: UInt64
        let records: Int
        let conflicts: Int
        let laptops: Int
        let phones: Int
        @OrNull var lastSeen: String?
        @OrNull var lastBackup: String?
        @OrNull var lastNight: String?
        let freeBytes: UInt64
        let fingerprints: [String: String]
        let problems: [Phrase]
    }

    func run() async throws {
        try await Failure.explained {
            let opened = try hub.open()
            await opened.catchUpIfPossible()
            let status = try opened.status()
            let devices = try opened.devices().filter { $0.revoked == nil }
            let lastSeen = devices.map(\.lastSeen).max()
            let phones = devices.filter(\.isPhone).count
            let problems = try status.problems + opened.peers().flatMap(\.troubles)
            let document = Document(
                ok: problems.isEmpty, hub: status.id.description,
                congregation: opened.settings.congregationName, url: try opened.chosenAddress(),
                serving: status.isServing, entries: status.entries, records: status.records,
                conflicts: status.conflicts, laptops: devices.count - phones, phones: phones,
                lastSeen: lastSeen.map { Zone.system.timestamp($0) },
                lastBackup: status.lastBackup, lastNight: status.lastNight,
                freeBytes: status.freeBytes,
                fingerprints: try opened.own.store.read { try FingerprintTable.all($0) }.byName,
                problems: problems)
            try hub.show(document) { page in
                let seen = lastSeen.map { Moment.words($0, opened) }
                page.table(table(of: document, seen: seen, today: opened.own.today))
                for problem in problems { page.paragraph(problem) }
            }
            try opened.close()
        }
    }

    private func table(of status: Document, seen: String?, today: Day) -> Table {
        var table = Table([.fixed(""), .text("")])
        table.row("Hub", Plain.oneLine(status.congregation))
        table.row(
            "Server", status.serving ? "running" : "not running. Start it: fieldbook-hub serve")
        if let url = status.url { table.row("Address", url) }
        let laptops = counted(status.laptops, "laptop", "laptops")
        table.row("Devices", "\(laptops), \(counted(status.phones, "phone", "phones"))")
        table.row("Last visit", Self.orNever(seen))
        let records = counted(status.records, "record", "records")
        table.row("Holds", "\(records), \(counted(status.conflicts, "conflict", "conflicts"))")
        let day = { (name: String?) in
            name.map { Day(iso: $0.prefix(10))?.short(today: today) ?? $0 }
        }
        table.row("Last nightly", Self.orNever(day(status.lastNight)))
        table.row("Last backup", Self.orNever(day(status.lastBackup)))
        table.row("Disk", "\(Int(status.freeBytes / 1_000_000)) MB free")
        return table
    }

    private static func orNever(_ text: String?) -> Phrase {
        text.map { .verbatim($0) } ?? "never"
    }
}
