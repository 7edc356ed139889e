import ArgumentParser
import Interchange
import Notebook
import Replication
import Terminal
import Wording

/// Takes an import back.
struct ImportUndoCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: said("Take an import back."),
        usage: "fieldbook import undo [<batch>]",
        discussion: said(
            """
            Without an id it lists the imports of this laptop. What an import made is deleted, and what \
            it filled in is set back, unless somebody has gone on with it since.

            Example:
              fieldbook import undo 9cd04f1e
            """))

    @Argument(help: ArgumentHelp(said("The import's id, or the end of it."), valueName: "batch"))
    var batch: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        guard let batch else { return try ImportList(notebook).show(common) }
        let report = try notebook.undoImport(batch)
        let document = Document(
            deleted: report.deleted, setBack: report.setBack,
            kept: report.kept.map(\.id.description), keptFields: report.keptFields)
        try common.show(document) { page in
            page.line(
                "\(counted(report.deleted, "record", "records")) deleted, "
                    + "\(report.setBack) set back to what they were.")
            if report.keptFields > 0 {
                let fields = counted(report.keptFields, "field", "fields")
                page.line("\(fields) stayed: somebody has changed them since.")
            }
            guard !report.kept.isEmpty else { return }
            page.line("Kept, because somebody has gone on with them since:")
            for key in report.kept.prefix(20) {
                let title = try notebook.title(of: key) ?? ""
                page.line("  \(title) (\(key.id.shortened))")
            }
            let more = report.kept.count - 20
            if more > 0 { page.line("  and \(more) more; --json lists them.", .faint) }
        }
    }

    private struct Document: Encodable {
        let deleted: Int
        let setBack: Int
        let kept: [String]
        let keptFields: Int
    }
}
