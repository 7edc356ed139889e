package import Replication
package import Store

/// How far a person came on the way to an event: invited, pledged, confirmed, there. Each step is a
/// new value of `status`, so that history has each with its time and by whom. People whom nobody
/// named are a count, with the organizers.
package enum Attendance {
    package static let person = FieldSchema(16, "person", .id, names: ["person"])
    package static let event = FieldSchema(
        17, "event", .id, names: ["action", "houseMeeting", "training", "researchAction"])
    package static let status = FieldSchema(
        18, "status", .text,
        choices: [
            "invited", "pledged", "confirmed", "doubleConfirmed", "attended", "noShow", "cancelled",
            "walkIn",
        ])
    package static let on = FieldSchema(19, "on", .day)
    package static let broughtBy = FieldSchema(20, "broughtBy", .id, names: ["person"])
    package static let role = FieldSchema(21, "role", .text)
    package static let count = FieldSchema(22, "count", .int, range: 1...Int64.max)
    package static let kind = KindSchema(
        18, "attendance", indexed: [["person"], ["event"]],
        fields: [person, event, status, on, broughtBy, role, count])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
