import Glibc
import Notebook
package import Replication
import Store
package import Wording

/// How a hub stands, for its keeper.
package struct HubStatus: Sendable {
    package let id: DeviceID
    /// A program serves it now.
    package let isServing: Bool
    /// What the log has taken in.
    package let entries: UInt64
    package let records: Int
    package let conflicts: Int
    /// The names of its last backup and of its last night, which begin with their days; nil before the
    /// first.
    package let lastBackup: String?
    package let lastNight: String?
    /// What may still be written where the hub's folder is.
    package let freeBytes: UInt64
    /// What the keeper should see to, in sentences, but for what concerns other hubs.
    package let problems: [Phrase]

    /// After so many days without a backup something is wrong with the timer.
    static let mostDaysWithoutBackup = 2
}

extension Hub {
    /// Looks, and changes nothing.
    package func status() throws -> HubStatus {
        let shelf = BackupShelf(path: folder.backups)
        let backup = try? shelf.last(asOf: own.today)
        return HubStatus(
            id: identity.device, isServing: try folder.isServed,
            entries: try read { try HubLog.end($0).seq },
            records: try own.store.read { try Records.count($0) },
            conflicts: try own.conflicts().count, lastBackup: backup,
            lastNight: ReportShelf(path: folder.reports).lastDay,
            freeBytes: Disk.free(at: folder.path),
            problems: problems(lastBackup: backup.flatMap(BackupShelf.day))
                + ((try? shelf.problems(asOf: own.today)) ?? []))
    }

    private func problems(lastBackup: Day?) -> [Phrase] {
        var problems: [Phrase] = []
        if let lastBackup, own.today.number - lastBackup.number > HubStatus.mostDaysWithoutBackup {
            problems.append(
                """
                The last backup is of \(lastBackup.short(today: own.today)). Does "fieldbook-hub nightly" \
                run every night? "fieldbook-hub unit" prints a timer.
                """)
        } else if lastBackup == nil {
            problems.append(
                """
                There is no backup yet. Make one with "fieldbook-hub backup", and have \
                "fieldbook-hub nightly" run every night: "fieldbook-hub unit" prints a timer.
                """)
        }
        if gauge.isLow(at: folder.path) {
            problems.append(
                """
                The disk is nearly full: the hub takes no entries until there is room again. What \
                laptops could not send stays with them.
                """)
        }
        return problems
    }
}
