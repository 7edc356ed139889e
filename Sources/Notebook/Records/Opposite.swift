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

    /// The changes that bring back what a write settled: each of the values that stood beside each
    /// other, the one that was shown last, and a deletion that does not cover what was written beside
    /// it. They are made one after the other. None for a write that settled nothing, as one that brought
    /// back what nobody had written in meanwhile. `dot` is what stands there now.
    func unsettling(_ dot: Dot, in key: RecordKey, _ db: Database) throws -> [Change] {
        if field == CommonField.life {
            let isBesideEdits = try Records.state(of: key, db)?.uncovered.isEmpty == false
            guard value == .restored, isBesideEdits else { return [] }
            return [.write(FieldWrite(field: field, value: .deleted, overwrites: [dot]))]
        }
        let isOneOfMany = rule != .set && (rule == .keep || field == CommonField.space)
        guard isOneOfMany, overwrites.count > 1 else { return [] }
        var values: [Value] = []
        for entry in try History.entries(of: key, db).reversed()
        where entry.cell == cell && overwrites.contains(entry.write.dot) {
            if !values.contains(entry.write.value) { values.append(entry.write.value) }
        }
        guard values.count > 1 else { return [] }
        return values.reversed().map {
            .write(FieldWrite(field: field, rule: rule, value: $0, overwrites: [dot]))
        }
    }

    private func former(in key: RecordKey, _ db: Database) throws -> Value? {
        guard !overwrites.isEmpty else { return nil }
        return try History.entries(of: key, db).last { entry in
            entry.cell == cell && overwrites.contains(entry.write.dot)
        }?.write.value
    }
}
