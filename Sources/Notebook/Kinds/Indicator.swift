package import Replication
package import Store

/// What partners agree to measure.
package enum Indicator {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let initiative = FieldSchema(17, "initiative", .id, names: ["initiative"])
    package static let definition = FieldSchema(18, "definition", .text, isSearchable: true)
    package static let unit = FieldSchema(19, "unit", .text)
    package static let baseline = FieldSchema(20, "baseline", .text)
    package static let target = FieldSchema(21, "target", .text)
    package static let kind = KindSchema(
        35, "indicator", indexed: [["initiative"]],
        fields: [name, initiative, definition, unit, baseline, target])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
