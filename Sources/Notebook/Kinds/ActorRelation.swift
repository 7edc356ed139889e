package import Replication
package import Store

/// What one actor is to another.
package enum ActorRelation {
    package static let from = FieldSchema(16, "from", .id, names: ["actor"])
    package static let to = FieldSchema(17, "to", .id, names: ["actor"])
    package static let sort = FieldSchema(
        18, "kind", .text,
        choices: [
            "controls", "funds", "appoints", "advises", "family", "ally", "opponent", "listensTo",
        ])
    package static let weight = FieldSchema(19, "weight", .int, range: 1...5)
    package static let since = FieldSchema(20, "since", .day)
    package static let until = FieldSchema(21, "until", .day)
    package static let evidence = FieldSchema(22, "evidence", .text, isSearchable: true)
    package static let kind = KindSchema(
        30, "actorRelation", indexed: [["from"], ["to"]],
        fields: [from, to, sort, weight, since, until, evidence])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
