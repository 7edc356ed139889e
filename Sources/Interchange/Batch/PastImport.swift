package import Notebook
package import Replication
import Store

/// An import that this laptop remembers.
package struct PastImport: Sendable {
    package let id: RecordID
    package let file: String?
    package let on: Day?
    package let created: Int
    package let updated: Int
    package let skipped: Int
    package let rejected: Int
    /// The day on which it was taken back; nil while it stands.
    package let undone: Day?
    /// The device that imported.
    fileprivate let device: String?

    fileprivate init(_ record: KnownRecord) {
        func value(_ field: FieldSchema) -> Value? { record.state.value(of: field.number) }
        func count(_ field: FieldSchema) -> Int { value(field)?.int.map(Int.init) ?? 0 }
        func day(_ field: FieldSchema) -> Day? { value(field)?.day.map(Day.init(number:)) }
        id = record.key.id
        file = value(ImportBatch.file)?.text
        on = day(ImportBatch.on)
        created = count(ImportBatch.created)
        updated = count(ImportBatch.updated)
        skipped = count(ImportBatch.skipped)
        rejected = count(ImportBatch.rejected)
        undone = day(ImportBatch.undone)
        device = value(ImportBatch.device)?.text
    }
}

extension Notebook {
    /// The imports of this laptop, which alone can take them back, the latest first.
    package func imports() throws -> [PastImport] {
        let own = store.device.description
        return try records(of: ImportBatch.kind.name).map { PastImport($0) }
            .filter { $0.device == own }.sorted {
                ($1.on?.number ?? 0, $1.id) < ($0.on?.number ?? 0, $0.id)
            }
    }
}
