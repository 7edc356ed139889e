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
    /// waits all the same.
    package func due(within days: Int64 = 7, everyone: Bool = false) throws -> [DueItem] {
        let last = today + days
        let mine = me.ids.map(\.data)
        let marks = mine.map { _ in "?" }.joined(separator: ",")
        let condition = everyone ? "" : "AND d.organizer IN (\(marks))"
        return try store.read { db in
            let people = try SamePeople(db)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM (
                        SELECT 'followUp' AS kind, d.id, d.person, p.id AS here, p.name, d.next AS what, d.due,
                            NULL AS direction
                        FROM oneToOne d LEFT JOIN person p ON p.id = d.person
                        WHERE d.next IS NOT NULL AND d.done IS NULL
                            AND coalesce(d.due <= ?, true) \(condition)
                        UNION ALL
                        SELECT 'commitment', d.id, d.person, p.id, p.name, d.what, d.due,
                            coalesce(d.direction, 'they')
                        FROM commitment d LEFT JOIN person p ON p.id = d.person
                        WHERE coalesce(d.status, 'open') = 'open'
                            AND coalesce(d.due <= ?, true) \(condition)
                    ) ORDER BY due IS NULL, due, name COLLATE NOCASE, id
                    """,
                arguments: StatementArguments(
                    everyone
                        ? [last.number, last.number] : [last.number] + mine + [last.number] + mine
                ) ?? []
            ).compactMap { dueItem($0, people) }
        }
    }

    /// Nil for what nobody who is here has to do with.
    private func dueItem(_ row: Row, _ people: SamePeople) -> DueItem? {
        guard let id = row.id("id"), let entry = row.id("person") else { return nil }
        let linked = people.name(of: entry)
        guard linked != nil || row.id("here") != nil else { return nil }
        let person = people.canonical(of: entry)
        return DueItem(
            kind: row.shown("kind") ?? "", id: id, person: person,
            personName: linked ?? row.shown("name") ?? said("(no name)"),
            what: row.shown("what") ?? "", direction: row.shown("direction"), due: row.day("due"),
            state: row.day("due").map(state) ?? "undated")
    }

    private func state(_ due: Day) -> String {
        due < today ? "overdue" : due == today ? "due" : "soon"
    }
}
