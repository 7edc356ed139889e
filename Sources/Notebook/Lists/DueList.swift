import Foundation
import GRDB
package import Replication
import Store
import Wording

/// Something that is due: a next step of mine, or a promise that I wrote down.
package struct DueItem: Sendable, Hashable {
    /// `followUp` or `commitment`.
    package let kind: String
    package let id: RecordID
    package let person: RecordID
    package let personName: String
    package let what: String
    /// Of a promise, who made it: `they`, or `we`.
    package let direction: String?
    package let due: Day?
    /// `overdue`, `due` (today), `soon` or `undated`.
    package let state: String
}

extension Notebook {
    /// What is overdue, due today, or due in the coming days, for the member this notebook belongs
    /// to; for everybody when `everyone`. The earliest first, and at the end what has no date: it
    /// waits all the same. With a tag, only what is due with people who have it.
    package func due(
        within days: Int64 = 7, everyone: Bool = false, tagged tag: String? = nil
    ) throws -> [DueItem] {
        let tagged = try tag.map { tag in
            Set(try people().filter { $0.isTagged(tag) }.map(\.id))
        }
        let mine = everyone ? [] : me.ids
        return try store.read { db in
            let people = try SamePeople(db)
            let condition = everyone ? "" : "AND d.organizer IN (\(mine.marks))"
            var row = try FastStatement(db, Self.query(of: condition))
            for _ in ["follow-ups", "promises"] {
                row.bind((today + days).number)
                row.bind(mine)
            }
            var items: [DueItem] = []
            while try row.step() {
                guard let item = try dueItem(row, people),
                    tagged?.contains(item.person) ?? true
                else { continue }
                items.append(item)
            }
            // SQLite would sort whole rows, and takes much longer.
            return items.sorted { ($0.due?.number ?? .max, $0.personName.lowercased(), $0.id) }
        }
    }

    private static func query(of condition: String) -> String {
        """
        SELECT 'followUp', d.id, d.person, p.id IS NOT NULL, p.name, d.next, d.due, NULL
        FROM oneToOne d LEFT JOIN person p ON p.id = d.person
        WHERE \(OneToOne.openStep) AND coalesce(d.due <= ?, true) \(condition)
        UNION ALL
        SELECT 'commitment', d.id, d.person, p.id IS NOT NULL, p.name, d.what, d.due,
            coalesce(d.direction, 'they')
        FROM commitment d LEFT JOIN person p ON p.id = d.person
        WHERE coalesce(d.status, 'open') = 'open' AND coalesce(d.due <= ?, true) \(condition)
        """
    }

    /// Nil for what nobody who is here has to do with.
    private func dueItem(_ row: FastStatement, _ people: SamePeople) throws -> DueItem? {
        guard let entry = try row.optionalID(2) else { return nil }
        let linked = people.name(of: entry)
        guard linked != nil || row.int(3) != 0 else { return nil }
        let due = row.day(6)
        return DueItem(
            kind: row.text(0), id: try row.id(1), person: people.canonical(of: entry),
            personName: linked ?? row.optionalText(4) ?? said("(no name)"),
            what: row.optionalText(5) ?? "", direction: row.optionalText(7), due: due,
            state: due.map(state) ?? "undated")
    }

    private func state(_ due: Day) -> String {
        due < today ? "overdue" : due == today ? "due" : "soon"
    }
}
