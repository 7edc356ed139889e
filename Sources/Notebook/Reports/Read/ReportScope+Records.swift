import GRDB
import Replication
import Store
import Wording

extension ReportScope {
    /// The numbers of those on a roster with whom one may be in contact: not of who does not want it, has
    /// moved, died or asked to be removed.
    func reachable(_ roster: Roster) throws -> [Int] {
        let contact = try roster.texts(Person.contact, self)
        let status = try roster.texts(Person.status, self)
        return roster.people.indices.filter { number in
            contact[number] != "doNotContact"
                && ["active", "inactive", nil].contains(status[number])
        }
    }

    /// What every record of a kind is called, by the field that names it.
    func names(of kind: KindSchema, _ field: FieldSchema) throws -> [RecordID: String] {
        var names: [RecordID: String] = [:]
        var row = try FastStatement(db, "SELECT id, \"\(field.name)\" FROM \"\(kind.name)\"")
        while try row.step() { names[try row.id(0)] = row.optionalText(1) ?? said("(no name)") }
        return names
    }

    /// Whether a share may be told: with --shared, one that rests on a small group may not.
    func share(_ part: Int, of whole: Int) -> ReportValue {
        let isTold = !question.isShared || SmallCells.isSafe(part, of: whole)
        return isTold ? ReportValue(part, of: whole) : .none
    }

    /// The middle of a number for each of some people; with --shared, none of a small group's.
    func middle(of numbers: [Int64]) -> ReportValue {
        let isTold = !question.isShared || !SmallCells.isSmall(numbers.count)
        return isTold ? ReportValue(number: median(numbers)) : .none
    }

    /// Whether something that began and ended on these days, if ever, goes on on a day.
    static func goes(_ since: Day?, _ until: Day?, on day: Day) -> Bool {
        (since.map { $0 <= day } ?? true) && (until.map { $0 >= day } ?? true)
    }
}

extension Roster {
    /// A text about each person, by number: of linked entries what the first says.
    func texts(_ field: FieldSchema, _ scope: ReportScope) throws -> [String?] {
        var texts = [String?](repeating: nil, count: count)
        var row = try FastStatement(
            scope.db,
            """
            SELECT id, "\(field.name)" FROM person WHERE "\(field.name)" IS NOT NULL ORDER BY id
            """)
        while try row.step() {
            guard let number = number(of: try row.id(0)), texts[number] == nil else { continue }
            texts[number] = row.filledText(1)
        }
        return texts
    }
}
