package import Replication
package import Store

/// An indicator's value on some day, of some group.
package enum Measurement {
    package static let indicator = FieldSchema(16, "indicator", .id, names: ["indicator"])
    package static let on = FieldSchema(17, "on", .day)
    package static let value = FieldSchema(18, "value", .text)
    package static let group = FieldSchema(19, "group", .text)
    package static let source = FieldSchema(20, "source", .text)
    package static let kind = KindSchema(
        36, "measurement", indexed: [["indicator"]],
        fields: [indicator, on, value, group, source])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
