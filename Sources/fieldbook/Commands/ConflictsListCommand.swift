import ArgumentParser
import Notebook
import Replication

/// Every conflict, with the command that settles it.
struct ConflictsListCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the conflicts, with the command that settles each.",
        discussion: """
            Example:
              fieldbook conflicts
            """)

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let conflicts = try notebook.conflicts()
        try common.show(List(conflicts: conflicts.map { Document($0, notebook) })) { page in
            guard !conflicts.isEmpty else { return page.line("Nothing is in conflict.") }
            for conflict in conflicts {
                try describe(conflict, notebook, &page)
                page.line()
            }
            page.line(counted(conflicts.count, "conflict", "conflicts") + " to settle.", .faint)
        }
    }

    private func describe(
        _ conflict: Conflict, _ notebook: Notebook, _ page: inout Page
    ) throws {
        let id = conflict.key.id.shortened
        page.line("\(conflict.title) (\(id)): \(conflict.field)", .bold)
        let words = ValueWords(notebook: notebook)
        var table = Table([], indent: 2)
        for (index, value) in conflict.values.enumerated() {
            table.row(
                .init("\(index + 1)"), .init("\(value.by), \(notebook.moment(value.at))", .faint),
                .init(try words.words(value.value, in: conflict.field)))
        }
        page.table(table)
        let settle = "fieldbook conflicts settle \(id) \(conflict.field)"
        page.line("  Settle it: \(settle) --take 1")
        guard conflict.field != "life" else { return }
        page.line("         or: \(settle) --value \"…\"")
    }

    private struct List: Encodable {
        let conflicts: [Document]
    }

    private struct Document: Encodable {
        let record: String
        let kind: String
        let title: String
        let field: String
        let values: [Rival]

        struct Rival: Encodable {
            let value: Tree
            let by: String
            let at: String
        }

        init(_ conflict: Conflict, _ notebook: Notebook) {
            record = conflict.key.id.description
            kind = Kinds.name(of: conflict.key.kind)
            title = conflict.title
            field = conflict.field
            values = conflict.values.map {
                Rival(
                    value: ValueWords.tree($0.value), by: $0.by, at: notebook.timestamp($0.at))
            }
        }
    }
}
