import Notebook
import Replication
import Store
import Terminal
import Wording

/// The days of a record that were just written, as they were understood: "next friday" is a day on
/// which two may disagree.
struct RecordDays {
    private let record: KnownRecord?
    private let before: KnownRecord?
    private let today: Day

    /// Of a record that was there `before`, those that have changed.
    init(_ key: RecordKey, _ notebook: Notebook, since before: KnownRecord? = nil) throws {
        record = try notebook.readRecord(key)
        self.before = before
        today = notebook.today
    }

    /// "end  Fri 4 Dec"; of today nothing is said.
    func fill(_ page: inout Page) {
        guard let record else { return }
        var table = Table([.fixed(""), .fixed("")], indent: 2)
        for (field, values) in record.fields {
            let former = before?.fields.first { $0.schema == field }?.values
            guard former != values, let day = values.first?.day.map(Day.init(number:)), day != today
            else { continue }
            table.row(
                .init(FieldWords.field(field.name, of: record.key.kind)),
                .init(day.short(today: today)))
        }
        page.table(table)
    }
}
