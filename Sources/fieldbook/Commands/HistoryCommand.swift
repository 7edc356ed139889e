import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Every value that a record ever had.
struct HistoryCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: said("Show every value a record ever had, by whom and when."),
        discussion: said(
            """
            What was overwritten is marked with "was".

            Example:
              fieldbook history "Rosa Alvarez"
            """))

    @Argument(
        help: ArgumentHelp(
            said("An id, the end of one, or what it is called."), valueName: "record"),
        completion: .people)
    var record: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try common.record(record, notebook)
        let lines = try notebook.history(of: key)
        let title = try notebook.title(of: key) ?? key.id.shortened
        let history = History(
            record: key.id.description, kind: Kinds.name(of: key.kind), title: title,
            entries: lines.map { Entry($0, notebook) })
        try common.show(history) { page in
            page.line("\(title) (\(FieldWords.kind(key.kind)) \(key.id.shortened))", .bold)
            let words = ValueWords(notebook: notebook)
            var table = Table([
                .fixed("When"), .name("Who"), .text("Field"), .fixed(""), .text("Value"),
            ])
            for line in lines {
                let style: Page.Style = line.isLive ? .plain : .faint
                let value = try words.words(line.value, in: line.field, of: key.kind)
                table.row(
                    .init(notebook.moment(line.at), .faint), .init(line.by),
                    .init(FieldWords.field(line.field, of: key.kind)),
                    .init(line.isLive ? "" : "was", .faint),
                    .init(line.removes ? said("\(value) (taken out)") : value, style))
            }
            page.table(table)
        }
    }

    private struct History: Encodable {
        let record: String
        let kind: String
        let title: String
        let entries: [Entry]
    }

    private struct Entry: Encodable {
        let field: String
        let value: Tree
        let by: String
        let at: String
        let device: String
        let isLive: Bool
        let removes: Bool

        init(_ line: HistoryLine, _ notebook: Notebook) {
            field = line.field
            value = ValueWords.tree(line.value)
            by = line.by
            at = notebook.timestamp(line.at)
            device = line.device.description
            isLive = line.isLive
            removes = line.removes
        }

        enum CodingKeys: String, CodingKey {
            case field, value, by, at, device
            case isLive = "current"
            case removes = "removed"
        }
    }
}
