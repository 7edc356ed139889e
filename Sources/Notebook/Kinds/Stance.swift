package import Replication
package import Store

/// Where an actor stands on a demand on some day: influence 0 to 10, stance -2 (active opponent) to 2
/// (active ally), with evidence. A new judgement is a new record.
package enum Stance {
    package static let actor = FieldSchema(16, "actor", .id, names: ["actor"])
    package static let demand = FieldSchema(17, "demand", .id, names: ["demand"])
    package static let on = FieldSchema(18, "on", .day)
    package static let influence = FieldSchema(19, "influence", .int, range: 0...10)
    package static let stance = FieldSchema(20, "stance", .int, range: -2...2)
    package static let evidence = FieldSchema(21, "evidence", .text, isSearchable: true)
    package static let kind = KindSchema(
        29, "stance", indexed: [["actor"], ["demand"]],
        fields: [actor, demand, on, influence, stance, evidence])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
