import GRDB
import Notebook
import Replication
import Store

/// Of how many entries of others the nights' reports have told.
enum ReportedEntries {
    private static let setting = "reportedEntries"

    /// How many the last report of an earlier day had told of: a night that is done again tells of the
    /// same ones.
    static func told(before day: Day, _ db: Database) throws -> UInt64 {
        let words = try HubSettings.value(setting, db)?.split(separator: " ").map(String.init) ?? []
        guard words.count == 3 else { return 0 }
        return UInt64(words[words[0] == day.description ? 1 : 2]) ?? 0
    }

    static func note(_ count: UInt64, _ day: Day, _ db: Database) throws {
        try HubSettings.set(setting, "\(day) \(try told(before: day, db)) \(count)", db)
    }
}

extension Hub {
    /// How many entries of the log others have written.
    func received(_ db: Database) throws -> UInt64 {
        let own = try HubDevice.find(self.own.store.device, db)?.head.seq ?? 0
        let end = try HubLog.end(db).seq
        return end - min(end, own)
    }
}
