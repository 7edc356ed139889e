package import Replication
package import Store

/// One file that was brought in: what it was, and what came of it.
///
/// The commits that an import made follow one another in its device's chain, so that their first and
/// last place say all that is needed to take it back. No name and no number is kept a second time.
package enum ImportBatch {
    package static let file = FieldSchema(16, "file", .text)
    package static let digest = FieldSchema(17, "digest", .text)
    package static let on = FieldSchema(18, "on", .day)
    package static let created = FieldSchema(19, "created", .int)
    package static let updated = FieldSchema(20, "updated", .int)
    package static let skipped = FieldSchema(21, "skipped", .int)
    package static let rejected = FieldSchema(22, "rejected", .int)
    /// The device that imported.
    package static let device = FieldSchema(23, "device", .text)
    /// The places of its first and last commit in the device's chain.
    package static let first = FieldSchema(24, "first", .int)
    package static let last = FieldSchema(25, "last", .int)
    /// When it was taken back, and by which commits.
    package static let undone = FieldSchema(26, "undone", .day)
    package static let undoneFirst = FieldSchema(27, "undoneFirst", .int)
    package static let undoneLast = FieldSchema(28, "undoneLast", .int)
    package static let kind = KindSchema(
        40, "importBatch", indexed: [["device"]],
        fields: [
            file, digest, on, created, updated, skipped, rejected, device, first, last, undone,
            undoneFirst, undoneLast,
        ])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
