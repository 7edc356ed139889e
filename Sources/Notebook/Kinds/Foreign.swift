package import Replication
package import Store

/// What an import brought that this program has no place for: fields of a record that it does not
/// know, or a whole record of a kind that it does not know. It is exported again as it came.
package enum Foreign {
    /// The name of the record's kind.
    package static let of = FieldSchema(16, "of", .text)
    package static let record = FieldSchema(
        17, "record", .id,
        names: ["person", "oneToOne", "commitment", "assessment", "reflection"])
    /// A JSON object.
    package static let json = FieldSchema(18, "json", .text, isLong: true)
    package static let kind = KindSchema(
        47, "foreign", indexed: [["of", "record"], ["record"]], fields: [of, record, json])

    /// Whoever keeps something of the same record apart writes the same one.
    package static func key(_ kindName: String, _ id: RecordID) -> RecordKey {
        RecordKey(
            kind.number, RecordID(naming: Array("fbf1".utf8) + id.bytes + Array(kindName.utf8)))
    }
}
