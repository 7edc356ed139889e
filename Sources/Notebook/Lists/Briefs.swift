import Foundation
import GRDB
package import Replication
import Store
package import Wording

/// What to have in mind before a one-to-one that is arranged.
package struct Brief: Sendable {
    /// The one-to-one's id.
    package let id: RecordID
    package let person: RecordID
    package let personName: String
    package let phones: [String]
    package let on: Day
    /// The time for which it is arranged.
    package let at: String?
    package let place: String?
    package let cautions: [Phrase]
    /// The last held one-to-ones, the latest first.
    package let met: [Recalled]
    /// Open promises, the earliest due first.
    package let promises: [Commitment]

    /// A held one-to-one in short.
    package struct Recalled: Sendable {
        package let on: Day?
        package let words: Phrase
    }

    /// One-to-ones that are recalled.
    static let recalled = 3
}

extension Notebook {
    /// Whom the member meets on these days, the earliest first, with what is known of each.
    package func briefs(_ days: ClosedRange<Day>) throws -> [Brief] {
        try store.read { db in
            let scope = try ReportScope(self, db, .moment, ReportQuestion())
            let mine = me.ids.flatMap(scope.people.all)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT id, person, "on", at, place FROM oneToOne
                    WHERE \(OneToOne.arranged)
                        AND "on" BETWEEN \(days.lowerBound.number) AND \(days.upperBound.number)
                        AND organizer IN (\(mine.marks))
                        AND EXISTS (SELECT 1 FROM person WHERE person.id = oneToOne.person)
                    ORDER BY "on", at IS NULL, at, id
                    """, arguments: StatementArguments(mine.map(\.data))
            ).compactMap { try brief($0, scope) }
        }
    }

    private func brief(_ row: Row, _ scope: ReportScope) throws -> Brief? {
        guard let id = row.id("id"), let entry = row.id("person"), let day = row.day("on") else {
            return nil
        }
        let sheet = try MemorySheet(entry, scope)
        return Brief(
            id: id, person: scope.people.canonical(of: entry), personName: try sheet.name(),
            phones: try sheet.phones(), on: day, at: row.shown("at"),
            place: row.shown("place"),
            cautions: try sheet.cautions(),
            met: sheet.held.prefix(Brief.recalled).map {
                Brief.Recalled(on: $0.on, words: MemorySheet.words($0, today: today))
            }, promises: sheet.open)
    }
}
