import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Takes back what was written last.
struct UndoCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: said("Take back the last thing that you wrote on this laptop."),
        discussion: said(
            """
            What others wrote since stays. Again, it goes one further back; what it took back stays so.

            Example:
              fieldbook undo
            """))

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let undone = try notebook.undo()
        let outcome = Outcome(
            records: undone.records.map { RecordOutcome($0.key, title: $0.title) },
            kept: undone.kept.map { RecordOutcome($0.key, title: $0.title) })
        try common.show(outcome) { page in
            for record in undone.records {
                let fields = record.fields.map { Phrase(word: $0) }
                page.line(
                    fields.isEmpty
                        ? "Took back: \(record.title)."
                        : "Took back: \(record.title), \(fields.joined(", ")).")
            }
            for record in outcome.kept {
                page.line("Changed since, and left as it is: \(record.title).")
            }
            if undone.isUnsettled { page.line("It is open again: fieldbook conflicts") }
            if undone.isOfErased {
                page.paragraph(
                    "What you did last was to erase, and that stays. Again, undo goes on before it."
                )
            }
        }
    }

    private struct Outcome: Encodable {
        let records: [RecordOutcome]
        /// Of which something was changed since.
        let kept: [RecordOutcome]
    }
}
