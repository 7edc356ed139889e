package import Replication
package import Store

/// That a person belongs to a team, from when to when and as what.
package enum TeamMember {
    package static let person = FieldSchema(16, "person", .id, names: ["person"])
    package static let team = FieldSchema(17, "team", .id, names: ["team"])
    package static let role = FieldSchema(18, "role", .text)
    package static let since = FieldSchema(19, "since", .day)
    package static let until = FieldSchema(20, "until", .day)
    package static let kind = KindSchema(
        12, "teamMember", indexed: [["person"], ["team"]],
        fields: [person, team, role, since, until])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
