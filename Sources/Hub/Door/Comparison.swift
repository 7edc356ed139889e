import GRDB
import Notebook
import Replication
import Store

/// What a device compares with its own notebook: the sums of the hub's notebook, while that stands
/// at the device's cursor.
struct Comparison {
    let hub: Hub
    let cursor: Replication.Cursor

    /// Nil when the hub's notebook stands elsewhere, or the device has not read all its spaces.
    func fingerprint() throws -> Fingerprint? {
        try level { try FingerprintTable.combined(cursor.scope, $0) }
    }

    /// The fingerprint with the sums that the device asks for: nothing of spaces that it may not
    /// read.
    func sums(_ compare: Compare) throws -> (fingerprint: Fingerprint, sums: [Sum])? {
        try level { db in
            (
                try FingerprintTable.combined(cursor.scope, db),
                try FingerprintTable.sums(compare, in: cursor.scope, db)
            )
        }
    }

    /// Whether the hub's notebook is behind the device's cursor, and not far.
    var isWorthCatchingUp: Bool {
        get throws {
            guard isWhole else { return false }
            let own = try hub.own.store.meta().cursor?.highest ?? 0
            return own < cursor.highest && cursor.highest - own <= Self.mostEntries
        }
    }

    /// Whether the device has read all its spaces up to one place.
    private var isWhole: Bool {
        cursor.lowest == cursor.highest && !cursor.positions.isEmpty
    }

    /// What the notebook takes in within a second.
    private static let mostEntries: UInt64 = 16_384

    private func level<Result>(_ body: (Database) throws -> Result) throws -> Result? {
        guard isWhole else { return nil }
        return try hub.own.store.read { db in
            let meta = try Meta.load(db)
            guard meta.pending == 0, let own = meta.cursor, own.mark == cursor.mark,
                own.highest == cursor.highest
            else { return nil }
            return try body(db)
        }
    }
}
