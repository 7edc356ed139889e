package import Notebook
import Replication
import Store

/// A list of people as an import would read it, for those who only look at it.
package struct PeopleList {
    package let headings: [String]
    private let table: CSVTable
    private let rows: RowReader

    /// What a list says of one person.
    package struct Entry: Sendable {
        /// Where it stands in the file.
        package let line: Int
        package let name: String
        package let given: String?
        package let family: String?
        package let phone: String?
        package let email: String?
        package let address: String?
        /// The body that they belong to, by its name.
        package let institution: String?
        package let neighbourhood: String?
        package let birthday: Birthday?
        /// Every cell, by its place below the headings.
        package let cells: [String]
    }

    /// The column called `leftOut` says nothing of anybody. Throws `InterchangeError` for a file that is
    /// no list of people.
    package init(
        _ source: SourceFile, _ wishes: ColumnMapping.Wishes = .init(),
        leavingOut leftOut: String? = nil,
        today: Day
    ) throws {
        var wishes = wishes
        if let leftOut { wishes.columns[leftOut] = .some(nil) }
        table = try CSVTable(source, wishes)
        try table.checkHasNames()
        headings = table.headings
        rows = RowReader(table, today: today)
    }

    /// Reads the rows that an import would take, in order.
    package func read(_ body: (Entry) throws -> Void) throws {
        try table.forEachRow { row in
            guard let person = try? rows.person(row), !Folding.name(person.name).isEmpty else {
                return
            }
            try body(
                Entry(
                    line: row.line, name: person.name, given: person.text(Person.given),
                    family: person.text(Person.family), phone: person.text(Person.phone),
                    email: person.text(Person.email), address: person.text(Person.address),
                    institution: person.references.first {
                        $0.field.number == Person.institution.number
                    }?.name,
                    neighbourhood: person.text(Person.neighbourhood),
                    birthday: person.text(Person.birthday).flatMap { Birthday($0) },
                    cells: row.cells.map(CSVCells.plain)))
        }
    }
}
