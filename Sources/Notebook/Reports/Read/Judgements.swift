import GRDB
import Replication
import Store

/// An assessment, as far as reports count it.
struct Judgement {
    let id: RecordID
    let entry: RecordID
    /// The person's number on the roster; nil for one who is not here.
    let person: Int?
    /// The canonical id of the assessor.
    let assessor: RecordID?
    let day: Day
    let level: Int64
    let hasBasis: Bool
}

/// Every assessment that has a person, a day and a level, the earliest first.
struct Judgements {
    let all: [Judgement]

    init(_ scope: ReportScope, _ roster: Roster, _ organizers: inout Organizers) throws {
        var found: [Judgement] = []
        var row = try FastStatement(
            scope.db,
            """
            SELECT id, person, organizer, date, level, trim(coalesce(basis, '')) <> ''
            FROM assessment
            WHERE person IS NOT NULL AND date IS NOT NULL AND level IS NOT NULL
            ORDER BY date, id
            """)
        while try row.step() {
            let entry = try row.id(1)
            found.append(
                Judgement(
                    id: try row.id(0), entry: entry, person: roster.number(of: entry),
                    assessor: try row.optionalID(2).map { organizers.canonical(of: $0) },
                    day: Day(number: row.int(3)), level: min(max(row.int(4), -1000), 1000),
                    hasBasis: row.int(5) != 0))
        }
        all = found
    }
}
