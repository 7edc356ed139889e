import GRDB
package import Replication
package import Store

/// What people wrote apart in one record: the values of each field that is in conflict, the one
/// that is shown first. Lists show the others beside it, so that nobody dials a number in the belief
/// that it is the only one.
package struct Apart: Sendable, Hashable {
    private let values: [Field: [Value]]

    package static let nothing = Apart(RecordState())

    init(_ state: RecordState) {
        let cells = state.conflicts.compactMap { state[$0] }
        values = Dictionary(
            uniqueKeysWithValues: cells.map { cell in
                (cell.key.field, cell.conflict?.map(\.value) ?? [])
            })
    }

    /// The field's values; empty for one that is not in conflict.
    package subscript(field: Field) -> [Value] { values[field] ?? [] }

    /// The texts of a field of which one is `shown`: it alone, or all that were written apart.
    package func texts(_ field: FieldSchema, shown: String?) -> [String] {
        let texts = self[field.number].compactMap(\.text)
        return texts.isEmpty ? shown.map { [$0] } ?? [] : texts
    }

    /// What was written apart in the records of a kind; those without a conflict are not in it.
    static func all(of kind: KindSchema, _ db: Database) throws -> [RecordID: Apart] {
        let records = try Records.inConflict(db).filter { $0.key.kind == kind.number }
        return Dictionary(uniqueKeysWithValues: records.map { ($0.key.id, Apart($0.state)) })
    }
}
