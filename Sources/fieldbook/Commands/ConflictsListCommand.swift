import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Every conflict, with the command that settles it.
struct ConflictsListCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: said("List the conflicts, with the command that settles each."),
        discussion: said(
            """
            Example:
              fieldbook conflicts
            """))

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let conflicts = try notebook.conflicts()
        try common.show(List(conflicts: conflicts.map { Document($0, notebook) })) { page in
            guard !conflicts.isEmpty else { return page.line("Nothing is in conflict.") }
            for conflict in conflicts {
                try describe(conflict, notebook, &page)
                page.line()
            }
            page.line("\(counted(conflicts.count, "conflict", "conflicts")) to settle.", .faint)
        }
    }

    private func describe(
        _ conflict: Conflict, _ notebook: Notebook, _ page: inout Page
    ) throws {
        let id = conflict.key.id.shortened
        let words = conflict.fieldWords
        let field = words.text.contains(" ") ? Shell.quoted(words.text) : words.text
        let settle = "fieldbook conflicts settle \(id) \(field)"
        guard !conflict.isDeleteBesideEdit else {
            return try describeDeleted(conflict, settle, notebook, &page)
        }
        page.line("\(conflict.title) (\(id)): \(words)", .bold)
        if let subject = try subject(of: conflict, notebook) {
            page.paragraph(subject.cut(to: Self.subjectLetters), indent: 2)
        }
        let values = try conflict.values.map {
            try ValueWords(notebook: notebook)
                .words($0.value, in: conflict.field, of: conflict.key.kind)
        }
        page.table(table(conflict, notebook, values))
        page.line("  Settle it: \(settle) --take 1")
        page.line("         or: \(settle) --value \"…\"")
    }

    private static let subjectLetters = 150

    /// Which meeting or promise of theirs it is, beyond its title: people have several.
    private func subject(of conflict: Conflict, _ notebook: Notebook) throws -> String? {
        let key = conflict.key
        switch key.kind {
        case OneToOne.kind.number:
            return try notebook.oneToOne(key.id).map { $0.words(today: notebook.today).text }
        case Commitment.kind.number:
            let due = try notebook.commitment(key.id)?.due
            return due.map { said("due \($0, today: notebook.today)") }
        default: return nil
        }
    }

    /// A deletion is a choice that nobody makes by taking the first of a list.
    private func describeDeleted(
        _ conflict: Conflict, _ settle: String, _ notebook: Notebook, _ page: inout Page
    ) throws {
        let key = conflict.key
        let written = try ValueWords(notebook: notebook).written(
            notebook.writtenBesideDelete(of: key), key.kind)
        page.line("\(conflict.title) (\(key.id.shortened)): \(conflict.outline): \(written)", .bold)
        if let subject = try subject(of: conflict, notebook) {
            page.paragraph(subject.cut(to: Self.subjectLetters), indent: 2)
        }
        page.table(
            table(
                conflict, notebook,
                conflict.values.map { said($0.value == .deleted ? "delete" : "keep") }))
        let whom: Phrase = key.kind == Person.kind.number ? "their record" : "it"
        let isFirstDeleted = conflict.values.first?.value == .deleted
        page.line("  Keep \(whom):   \(settle) --take \(isFirstDeleted ? 2 : 1)")
        page.line("  Delete \(whom): \(settle) --take \(isFirstDeleted ? 1 : 2)")
    }

    private func table(_ conflict: Conflict, _ notebook: Notebook, _ words: [String]) -> Table {
        var table = Table([.fixed(""), .text(""), .text("")], indent: 2)
        for (index, value) in conflict.values.enumerated() {
            table.row(
                .init("\(index + 1)"), .init("\(value.by), \(notebook.moment(value.at))", .faint),
                .init(words[index]))
        }
        return table
    }

    private struct List: Encodable {
        let conflicts: [Document]
    }

    private struct Document: Encodable {
        let record: String
        let kind: String
        let title: Title
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
