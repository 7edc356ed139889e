package import Replication
package import Store

/// What the levels of an assessment mean, and which way they run. A new version is a new record.
package enum Scale {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let version = FieldSchema(17, "version", .int, range: 1...Int64.max)
    package static let direction = FieldSchema(18, "direction", .text, choices: ["rises", "falls"])
    package static let lowest = FieldSchema(19, "lowest", .int)
    package static let highest = FieldSchema(20, "highest", .int)
    package static let zero = FieldSchema(21, "zero", .text)
    package static let levels = FieldSchema(22, "levels", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        44, "scale",
        fields: [name, version, direction, lowest, highest, zero, levels])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
