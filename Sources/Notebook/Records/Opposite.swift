package import GRDB
package import Replication
package import Store

extension FieldWrite {
    /// The change that undoes a write in a record: the value that it overwrote comes back, or none.
    /// Nil for the place of a record that had none before.
    package func opposite(in key: RecordKey, _ db: Database) throws -> Change? {
        switch field {
        case CommonField.life: value == .deleted ? .restore : .delete
        case CommonField.space: try former(in: key, db)?.id.map(Change.move)
        default:
            if rule == .set {
                removes ? .insert(field, value) : .remove(field, value)
            } else {
                .set(field, rule, try former(in: key, db) ?? .null)
            }
        }
    }

    private func former(in key: RecordKey, _ db: Database) throws -> Value? {
        guard !overwrites.isEmpty else { return nil }
        return try History.entries(of: key, db).last { entry in
            entry.cell == cell && overwrites.contains(entry.write.dot)
        }?.write.value
    }
}
