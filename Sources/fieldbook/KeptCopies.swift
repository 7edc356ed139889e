import Notebook
import Terminal
import Wording

extension NotebookFile {
    /// Names the copies that restores have kept beside the notebook, and how to remove them: nothing
    /// else does, and what is erased stays in them. Of one that holds what was never sent, says first
    /// how to bring it in.
    func noteCopies(besides notebook: Notebook, on page: inout Page) {
        let copies = copiesBeforeRestores.map { ($0, Self.lacking(of: $0, in: notebook)) }
        for (copy, lacking) in copies where lacking > 0 {
            let entries = counted(lacking, "entry", "entries")
            page.paragraph(
                """
                Kept from before a restore, with \(entries) that no hub has and that are not in this \
                notebook. Do not remove it before you have brought them in:
                """)
            page.line("  fieldbook export --notebook \(Shell.quoted(copy)) before.ndjson")
            page.line("  fieldbook import before.ndjson")
        }
        let spent = copies.filter { $0.1 == 0 }.map(\.0)
        guard !spent.isEmpty else { return }
        page.paragraph(
            "Kept from before a restore, with what was erased since. When all is well, remove it:")
        for copy in spent {
            page.line("  rm \(Shell.quoted(copy)) \(Shell.quoted(copy + ".key"))")
        }
    }
}
