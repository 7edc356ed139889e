import ArgumentParser
import Notebook
import Replication
import Store
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
            // What only goes where its person goes, goes without saying.
            let told = undone.records.filter { !$0.isFollower }
            for record in told { page.line(try record.sentence(in: notebook)) }
            for record in outcome.kept {
                page.line("Changed since, and left as it is: \(record.title).")
            }
            if undone.isUnsettled { page.line("It is open again: fieldbook conflicts") }
            if undone.isOfErased {
                page.paragraph(
                    "What you did last was to erase, and that stays. Again, undo goes on before it."
                )
            }
            if undone.isOfImport {
                page.paragraph(
                    """
                    What you did last was to take an import back. To bring it in again, import its file. \
                    Again, undo goes on before it.
                    """)
            }
            if let first = told.first {
                page.line(told.count == 1 ? first.wayBack : first.wayToSee, .faint)
            }
        }
    }

    private struct Outcome: Encodable {
        let records: [RecordOutcome]
        /// Of which something was changed since.
        let kept: [RecordOutcome]
    }
}

extension Undone.Record {
    /// What was taken back.
    fileprivate func sentence(in notebook: Notebook) throws -> Phrase {
        let fields = fields.map { FieldWords.field($0, of: key.kind) }
        switch fate {
        case .isBack: return "Took back that it was deleted: \(title) is here again."
        case .isDeletedAgain: return "Took back that it was restored: \(title) is deleted again."
        case .unmade where key.kind == SamePerson.kind.number:
            return "Took back what was said of \(title)."
        case nil where key.kind == Person.kind.number && fields.count == 1 && space != nil:
            return space == Space.organizers
                ? "Took back: \(title) is without a turf again."
                : "Took back: \(title) is in \(try notebook.name(of: space)) again."
        case .unmade, nil:
            return fields.isEmpty
                ? "Took back: \(title)." : "Took back: \(title), \(fields.joined(", "))."
        }
    }

    /// How to have it after all.
    fileprivate var wayBack: Phrase {
        let noun = key.kind == Person.kind.number ? "person" : "record"
        let id = key.id.shortened
        return switch fate {
        case .isBack:
            "Undo does not take itself back. To delete it again: fieldbook \(noun) delete \(id)"
        case .unmade, .isDeletedAgain:
            "Undo does not take itself back. To have it after all: fieldbook \(noun) restore \(id)"
        case nil: wayToSee
        }
    }

    /// How to see what it was.
    fileprivate var wayToSee: Phrase {
        "Undo does not take itself back. To see what it took back: fieldbook history \(key.id.shortened)"
    }
}
