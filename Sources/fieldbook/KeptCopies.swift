import Notebook
import Terminal
import Wording

extension NotebookFile {
    /// Names the copies that restores have kept beside the notebook, and how to remove them: nothing
    /// else does, and what is erased stays in them.
    func noteCopies(on page: inout Page) {
        let copies = copiesBeforeRestores
        guard !copies.isEmpty else { return }
        page.paragraph(
            "Kept from before a restore, with what was erased since. When all is well, remove it:")
        for copy in copies {
            page.line("  rm \(Shell.quoted(copy)) \(Shell.quoted(copy + ".key"))")
        }
    }
}
