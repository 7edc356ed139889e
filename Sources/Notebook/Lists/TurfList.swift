import Foundation
import GRDB
package import Replication
import Store

/// How things stand with a person: by when they were last met, and by what is past its date.
package enum TurfState: String, Sendable, Codable, CaseIterable {
    case overdue, due, never, ok
}

/// The agreed interval between meetings, in days.
package struct Cadence: Sendable {
    package let dueDays: Int64
    package let overdueDays: Int64

    package static let standard = Cadence(dueDays: 14, overdueDays: 30)
}

/// One person on a turf list.
package struct TurfListRow: Sendable, Hashable {
    package let id: RecordID
    package let name: String
    package let phone: String?
    /// Every number that is in use: `phone`, and what somebody else wrote apart.
    package let phones: [String]
    package let lastMet: Day?
    /// The earliest due next step that is not done, and the meeting that it came from.
    package let followUp: FollowUp?
    package let state: TurfState
    /// Open promises, in both directions.
    package let owed: [Commitment]
}

/// An organizer's own dated next step after a one-to-one.
package struct FollowUp: Sendable, Hashable {
    /// The one-to-one's id.
    package let id: RecordID
    package let person: RecordID?
    package let what: String
    package let due: Day?
}

extension Notebook {
    /// A turf's people, those first with whom something is overdue. A nil `turf` lists the people
    /// whom no turf has yet.
    package func turfList(_ turf: RecordID?) throws -> [TurfListRow] {
        let space = turf ?? Space.organizers
        return try store.read { db in
            let steps = try Dictionary(grouping: Self.followUps(db, in: space)) { $0.person }
            let promises = try Dictionary(grouping: Self.open(db, in: space)) { $0.person }
            let apart = try Apart.all(of: Person.kind, db)
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT p.id, p.name, p.phone, (
                        SELECT max(m."on") FROM oneToOne m
                        WHERE m.person = p.id AND m.space = p.space AND coalesce(m.status, 'held') = 'held'
                            AND m."on" <= :today
                    ) AS lastMet
                    FROM person p WHERE p.space = :space
                    """, arguments: ["today": today.number, "space": space.data])
            return rows.compactMap { row in
                row.id("id").map { id in
                    listRow(
                        row, id, apart[id] ?? .nothing, steps[id]?.first, promises[id] ?? [])
                }
            }.sorted(by: Self.precedes)
        }
    }

    private func listRow(
        _ row: Row, _ id: RecordID, _ apart: Apart, _ step: FollowUp?, _ owed: [Commitment]
    ) -> TurfListRow {
        let dates = [step?.due] + owed.map(\.due)
        let isPast = dates.contains { $0.map { $0 < today } ?? false }
        return TurfListRow(
            id: id, name: row.shown("name") ?? "(no name)", phone: row.shown("phone"),
            phones: apart.texts(Person.phone, shown: row.shown("phone")),
            lastMet: row.day("lastMet"), followUp: step,
            state: state(lastMet: row.day("lastMet"), isSomethingPast: isPast), owed: owed)
    }

    private func state(lastMet: Day?, isSomethingPast: Bool) -> TurfState {
        guard let lastMet else { return .never }
        let days = today - lastMet
        if isSomethingPast || days > Cadence.standard.overdueDays { return .overdue }
        return days > Cadence.standard.dueDays ? .due : .ok
    }

    private static func precedes(_ a: TurfListRow, _ b: TurfListRow) -> Bool {
        let order = TurfState.allCases
        let (x, y) = (order.firstIndex(of: a.state) ?? 0, order.firstIndex(of: b.state) ?? 0)
        if x != y { return x < y }
        let names = (Folding.name(a.name), Folding.name(b.name))
        return names.0 != names.1 ? names.0 < names.1 : a.id < b.id
    }

    /// Next steps that are not done, the earliest due first; of one space.
    static func followUps(_ db: Database, in space: SpaceID) throws -> [FollowUp] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT m.id, m.person, m.next, m.due FROM oneToOne m
                JOIN person p ON p.id = m.person AND p.space = m.space
                WHERE m.next IS NOT NULL AND m.done IS NULL AND p.space = ?
                ORDER BY m.due IS NULL, m.due, m.id
                """, arguments: [space.data]
        ).compactMap { row in
            row.id("id").map {
                FollowUp(
                    id: $0, person: row.id("person"), what: row.shown("next") ?? "",
                    due: row.day("due"))
            }
        }
    }

    private static func open(_ db: Database, in space: SpaceID) throws -> [Commitment] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT c.* FROM commitment c
                JOIN person p ON p.id = c.person AND p.space = c.space
                WHERE coalesce(c.status, 'open') = 'open' AND p.space = ?
                ORDER BY c.due IS NULL, c.due, c.id
                """, arguments: [space.data]
        ).compactMap(Commitment.init)
    }
}
