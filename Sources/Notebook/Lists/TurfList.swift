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
            let people = try SamePeople(db)
            let whose = { (person: RecordID?) in person.map { people.all(of: $0)[0] } }
            let reach = Self.reach(people)
            let steps = try Dictionary(grouping: Self.followUps(db, in: space, reach)) {
                whose($0.person)
            }
            let promises = try Dictionary(grouping: Self.open(db, in: space, reach)) {
                whose($0.person)
            }
            let met = try Self.lastMet(db, in: space, reach, by: today)
            return people.together(try Self.entries(in: space, db), \.id).map { entries in
                let key = whose(entries[0].id)
                let lastMet = people.all(of: entries[0].id).compactMap { met[$0] }.max()
                return listRow(
                    Person(entries), lastMet, key.flatMap { steps[$0]?.first },
                    key.flatMap { promises[$0] } ?? [])
            }.sorted(by: Self.precedes)
        }
    }

    private func listRow(
        _ person: Person, _ lastMet: Day?, _ step: FollowUp?, _ owed: [Commitment]
    ) -> TurfListRow {
        let dates = [step?.due] + owed.map(\.due)
        let isPast = dates.contains { $0.map { $0 < today } ?? false }
        return TurfListRow(
            id: person.id, name: person.name, phone: person.phone, phones: person.phones,
            lastMet: lastMet, followUp: step,
            state: state(lastMet: lastMet, isSomethingPast: isPast), owed: owed)
    }

    /// Whose meetings and promises belong into a space's list: theirs who live there, and of linked
    /// records those that were deleted.
    private static func reach(_ people: SamePeople) -> String {
        (["SELECT id FROM person WHERE space = :space"]
            + people.gone.map { "SELECT x'\(Hex.encode($0.bytes))'" })
            .joined(separator: " UNION ALL ")
    }

    private static func lastMet(
        _ db: Database, in space: SpaceID, _ reach: String, by today: Day
    ) throws -> [RecordID: Day] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT person, max("on") AS day FROM oneToOne
                WHERE person IN (\(reach)) AND space = :space AND coalesce(status, 'held') = 'held'
                    AND "on" <= :today
                GROUP BY person
                """, arguments: ["today": today.number, "space": space.data])
        return Dictionary(
            uniqueKeysWithValues: rows.compactMap { row in
                row.id("person").flatMap { person in row.day("day").map { (person, $0) } }
            })
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
    private static func followUps(
        _ db: Database, in space: SpaceID, _ reach: String
    ) throws -> [FollowUp] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT id, person, next, due FROM oneToOne
                WHERE person IN (\(reach)) AND space = :space
                    AND next IS NOT NULL AND done IS NULL
                ORDER BY due IS NULL, due, id
                """, arguments: ["space": space.data]
        ).compactMap { row in
            row.id("id").map {
                FollowUp(
                    id: $0, person: row.id("person"), what: row.shown("next") ?? "",
                    due: row.day("due"))
            }
        }
    }

    private static func open(
        _ db: Database, in space: SpaceID, _ reach: String
    ) throws -> [Commitment] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM commitment
                WHERE person IN (\(reach)) AND space = :space
                    AND coalesce(status, 'open') = 'open'
                ORDER BY due IS NULL, due, id
                """, arguments: ["space": space.data]
        ).compactMap(Commitment.init)
    }
}
