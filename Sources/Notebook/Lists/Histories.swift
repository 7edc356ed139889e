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
                HistoryLine(
                    field: Kinds.fieldName(entry.cell.field, of: key.kind),
                    value: entry.write.value, removes: entry.write.removes,
                    by: try names.name(of: entry.write.author, db), device: entry.write.dot.device,
                    at: entry.write.effective.milliseconds, isLive: entry.isLive)
            }
        }
    }
}
