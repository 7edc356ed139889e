import GRDB
import Replication
import Store

/// What Tests/StoreProbe writes, read here.
enum ProbeNotebook {
    static let schema = Schema([
        KindSchema(1, "entry", fields: [FieldSchema(16, "text", .text)])
    ])

    static func open(_ path: String) throws -> Store {
        try Store.open(7, at: path, schema: schema, creating: false)
    }

    static func entry(_ store: Store) -> Edit {
        Edit(RecordKey(1, store.environment.newID()), [.set(16, .keep, .text("entry of a test"))])
    }

    /// The seqs of the entries that are in the log, and in the table.
    static func seqs(_ store: Store) throws -> [Seq] {
        try store.read { db in
            try Int64.fetchAll(
                db,
                sql: """
                    SELECT seq FROM log JOIN entry ON entry.id = log.record
                    WHERE text LIKE 'entry %' ORDER BY seq
                    """
            ).map { Seq($0) }
        }
    }
}

extension [String] {
    /// The seqs that the probe said were saved.
    var saved: [Seq] {
        compactMap { $0.hasPrefix("saved ") ? Seq($0.dropFirst(6)) : nil }
    }

    var failures: [String] {
        compactMap { $0.hasPrefix("failed: ") ? String($0.dropFirst(8)) : nil }
    }
}
