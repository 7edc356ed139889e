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
    /// whom no turf has yet, by no entry of theirs; with a tag, only those who have it. Who has died, or
    /// has asked to be removed, is not on it.
    ///
    /// Who is linked with an entry elsewhere stands here by the name that this turf's entry has, with
    /// the telephone numbers, meetings and promises of all their entries that `scope` may read.
    package func turfList(
        _ turf: RecordID?, tagged tag: String? = nil, readableTo scope: Scope = .everything
    ) throws -> [TurfListRow] {
        let space = turf ?? Space.organizers
        return try store.read { db in
            let people = try SamePeople(db, readableTo: scope)
            let records = try TurfRecords(db, of: space, people, readableTo: scope, by: today)
            let cadences = try Cadences(db)
            let together = try people.together(Self.entries(in: space, db), \.id)
            return try together.compactMap { entries in
                let all = people.all(of: entries[0].id)
                let elsewhere = try Self.entries(all, outside: space, readableTo: scope, db)
                guard turf != nil || elsewhere.allSatisfy({ $0.turf == nil }) else { return nil }
                let person = Person(entries + elsewhere)
                guard tag.map(person.isTagged) ?? true, !(person.status?.isGone ?? false)
                else { return nil }
                let contact = Contact(
                    met: all.compactMap { records.met[$0] }.max(),
                    touched: all.compactMap { records.touched[$0] }.max(),
                    cadence: cadences.of(person.tier, own: person.cadence))
                return listRow(
                    person, contact, records.steps[all[0]], records.promises[all[0]] ?? [])
            }.sorted(by: Self.order)
        }
    }

    /// Those of somebody's entries that live elsewhere: few people have any.
    private static func entries(
        _ all: [RecordID], outside space: SpaceID, readableTo scope: Scope, _ db: Database
    ) throws -> [Person] {
        guard all.count > 1 else { return [] }
        return try all.compactMap { try entry($0, db) }
            .filter { $0.space != space && scope.contains($0.space) }
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

    private func state(_ contact: Contact, isSomethingPast: Bool) -> TurfState {
        guard let met = contact.met else { return .never }
        if isSomethingPast { return .overdue }
        return contact.cadence.state(after: today - max(met, contact.touched ?? met))
    }

    private static func order(_ row: TurfListRow) -> (Int, String, RecordID) {
        (TurfState.allCases.firstIndex(of: row.state) ?? 0, Folding.name(row.name), row.id)
    }
}
