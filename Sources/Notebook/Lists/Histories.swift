import GRDB
package import Replication
import Store

/// A value that a field has or had.
package struct HistoryLine: Sendable {
    package let field: String
    package let value: Value
    /// The element was taken out of a set.
    package let removes: Bool
    package let by: String
    package let device: DeviceID
    /// Milliseconds since 1970.
    package let at: UInt64
    package let isLive: Bool
}

extension Notebook {
    /// Every value a record ever had, the oldest first: by whom, when, on which device.
    package func history(of key: RecordKey) throws -> [HistoryLine] {
        try store.read { db in
            let names = try Names(db)
            return try History.entries(of: key, db).map { entry in
                try line(entry.cell, entry.write, isLive: entry.isLive, key.kind, names, db)
            }
        }
    }

    /// What was written about a record without having seen that it was deleted, the oldest first.
    package func writtenBesideDelete(of key: RecordKey) throws -> [HistoryLine] {
        try store.read { db in
            let names = try Names(db)
            let written = try Records.state(of: key, db)?.uncovered ?? []
            return try written.sorted { $0.write.effective < $1.write.effective }.map { one in
                try line(one.cell, one.write, isLive: true, key.kind, names, db)
            }
        }
    }

    private func line(
        _ cell: CellKey, _ write: Write, isLive: Bool, _ kind: Kind, _ names: Names, _ db: Database
    ) throws -> HistoryLine {
        HistoryLine(
            field: Kinds.fieldName(cell.field, of: kind), value: write.value,
            removes: write.removes, by: try names.name(of: write.author, db),
            device: write.dot.device, at: write.effective.milliseconds, isLive: isLive)
    }
}
