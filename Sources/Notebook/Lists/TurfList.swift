import Foundation
import GRDB
package import Replication
import Store

/// How things stand with a person: by when we were last in contact, and by what is past its date.
package enum TurfState: String, Sendable, Codable, CaseIterable {
    case overdue, due, never, ok
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
            let met = try Self.last(
                OneToOne.kind, "coalesce(status, 'held') = 'held'", db, in: space, reach, by: today)
            let touched = try Self.last(Touch.kind, "true", db, in: space, reach, by: today)
            let cadences = try Cadences(db)
            let tiers = try Self.texts(Person.tier, db, in: space)
            let own = try Self.texts(Person.cadence, db, in: space)
            return people.together(try Self.entries(in: space, db), \.id).map { entries in
                let key = whose(entries[0].id)
                let all = people.all(of: entries[0].id)
                let contact = Contact(
                    met: all.compactMap { met[$0] }.max(),
                    touched: all.compactMap { touched[$0] }.max(),
                    cadence: cadences.of(
                        entries.lazy.compactMap { tiers[$0.id] }.first,
                        own: entries.lazy.compactMap { own[$0.id] }.first))
                return listRow(
                    Person(entries), contact, key.flatMap { steps[$0]?.first },
                    key.flatMap { promises[$0] } ?? [])
            }.sorted(by: Self.precedes)
        }
    }

    /// When somebody was last met or spoken to, and how often that should be.
    private struct Contact {
        let met: Day?
        let touched: Day?
        let cadence: Cadence
    }

    private func listRow(
        _ person: Person, _ contact: Contact, _ step: FollowUp?, _ owed: [Commitment]
    ) -> TurfListRow {
        let dates = [step?.due] + owed.map(\.due)
        let isPast = dates.contains { $0.map { $0 < today } ?? false }
        return TurfListRow(
            id: person.id, name: person.name, phone: person.phone, phones: person.phones,
            lastMet: contact.met, followUp: step,
            state: state(contact, isSomethingPast: isPast), owed: owed)
    }

    /// Whose meetings and promises belong into a space's list: theirs who live there, and of linked
    /// records those that were deleted.
    private static func reach(_ people: SamePeople) -> String {
        (["SELECT id FROM person WHERE space = :space"]
            + people.gone.map { "SELECT x'\(Hex.encode($0.bytes))'" })
            .joined(separator: " UNION ALL ")
    }

    /// The latest day of a kind of contact with each entry.
    private static func last(
        _ kind: KindSchema, _ condition: String, _ db: Database, in space: SpaceID,
        _ reach: String, by today: Day
    ) throws -> [RecordID: Day] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT person, max("on") AS day FROM "\(kind.name)"
                WHERE person IN (\(reach)) AND space = :space AND \(condition)
                    AND "on" <= :today
                GROUP BY person
                """, arguments: ["today": today.number, "space": space.data])
        return Dictionary(
            uniqueKeysWithValues: rows.compactMap { row in
                row.id("person").flatMap { person in row.day("day").map { (person, $0) } }
            })
    }

    /// What a field says of the people of a space.
    private static func texts(
        _ field: FieldSchema, _ db: Database, in space: SpaceID
    ) throws -> [RecordID: String] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, "\(field.name)" AS text FROM person
                WHERE space = ? AND "\(field.name)" IS NOT NULL
                """, arguments: [space.data])
        return Dictionary(
            uniqueKeysWithValues: rows.compactMap { row in
                row.id("id").flatMap { id in (row.shown("text") as String?).map { (id, $0) } }
            })
    }

    private func state(_ contact: Contact, isSomethingPast: Bool) -> TurfState {
        guard let met = contact.met else { return .never }
        if isSomethingPast { return .overdue }
        return contact.cadence.state(after: today - max(met, contact.touched ?? met))
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
