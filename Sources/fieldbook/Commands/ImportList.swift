import Interchange
import Notebook
import Replication
import Terminal
import Wording

/// The imports of this laptop, the latest first, each with what came of it.
struct ImportList {
    private let imports: [PastImport]
    private let today: Day

    init(_ notebook: Notebook) throws {
        imports = try notebook.imports()
        today = notebook.today
    }

    func show(_ common: Common) throws {
        try common.show(Document(imports: imports.map(Line.init))) { page in
            guard !imports.isEmpty else { return page.line("Nothing was imported on this laptop.") }
            var table = Table([
                .fixed("Id"), .fixed("Day"), .text("File"), .number("Created"), .number("Updated"),
                .text(""),
            ])
            for one in imports {
                let undone = one.undone.map { said("taken back \($0.short(today: today))") }
                table.row(
                    .init(one.id.shortened, .faint), .init(one.on?.short(today: today)),
                    .init(one.file), .init("\(one.created)"), .init("\(one.updated)"),
                    .init(undone, .faint))
            }
            page.table(table)
            guard let open = imports.first(where: { $0.undone == nil }) else { return }
            page.line()
            page.line("To take one back:  fieldbook import undo \(open.id.shortened)")
        }
    }

    private struct Document: Encodable {
        let imports: [Line]
    }

    private struct Line: Encodable {
        let batch: String
        @OrNull var file: String?
        @OrNull var on: String?
        let created: Int
        let updated: Int
        let skipped: Int
        let rejected: Int
        /// The day on which it was taken back.
        @OrNull var undone: String?

        init(_ one: PastImport) {
            batch = one.id.description
            file = one.file
            on = one.on?.description
            created = one.created
            updated = one.updated
            skipped = one.skipped
            rejected = one.rejected
            undone = one.undone?.description
        }
    }
}
