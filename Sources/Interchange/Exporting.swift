package import Notebook
import Store

extension Notebook {
    /// Writes everything that this notebook may read, in one consistent state. Returns how many
    /// records, rows, cards or dates there were.
    package func export(
        as form: Form, to target: TargetFile, cards version: VCardVersion = .three
    ) throws -> Int {
        let count = try store.read { db in
            switch form {
            case .ndjson: try NDJSONExport(db, of: me).write(target.write)
            case .csv: try CSVExport(db).write(target.write)
            case .vcard: try VCardExport(db, version).write(target.write)
            case .ics: try CalendarExport(db).write(target.write)
            }
        }
        try target.finish()
        return count
    }
}
