import GRDB
import Replication
import Store
import Wording

extension ReportScope {
    /// What every record of a kind is called, by the field that names it.
    func names(of kind: KindSchema, _ field: FieldSchema) throws -> [RecordID: String] {
        var names: [RecordID: String] = [:]
        var row = try FastStatement(db, "SELECT id, \"\(field.name)\" FROM \"\(kind.name)\"")
        while try row.step() { names[try row.id(0)] = row.optionalText(1) ?? said("(no name)") }
        return names
    }

    /// Whether a share may be told: with --shared, one that rests on a small group may not.
    func share(_ part: Int, of whole: Int) -> ReportValue {
        let isHidden =
            question.isShared && [part, whole - part, whole].contains(where: SmallCells.isSmall)
        return isHidden ? .none : ReportValue(part, of: whole)
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

extension FastStatement {
    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    /// The text in a column; nil for one of white space alone.
    func filledText(_ column: Int32) -> String? {
        optionalText(column).flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }

    /// How many people, in a column; nil where nobody says. What no place on earth holds is a
    /// million: a slip of the finger must not end the sum.
    func people(_ column: Int32) -> Int? {
        isNull(column) ? nil : Int(min(max(int(column), 0), 1_000_000))
    }
}
