import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Settles a promise as kept, or ticks a next step off.
struct CommitmentKeepCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "keep",
        abstract: said("Say that a promise was kept, or a next step done."),
        discussion: said(
            """
            The id is the one that "fieldbook due" shows.

            Example:
              fieldbook commitment keep 1c9e04ab
            """))

    @Argument(help: ArgumentHelp(said("An id, or the end of one."), valueName: "id"))
    var id: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try notebook.findRecord(id)
        switch key.kind {
        case OneToOne.kind.number:
            try notebook.finishFollowUp(key.id)
            try common.show(IDDocument(key.id)) { page in
                page.line(
                    "Done: the next step of the \(try notebook.title(of: key) ?? said("meeting")).")
            }
        case Commitment.kind.number:
            try Settling.settle(key.id, as: Commitment.kept, notebook, common)
        default:
            throw try Settling.refusal(of: key, wanted: "a promise or a next step", notebook)
        }
    }
}

/// What keeping and breaking a promise have in common.
enum Settling {
    /// Says what an id is that is none of the wanted.
    static func refusal(
        of key: RecordKey, wanted: Phrase, _ notebook: Notebook
    ) throws -> NotebookError {
        let kind = FieldWords.kind(key.kind)
        let title = try notebook.title(of: key) ?? kind.text
        guard let next = try notebook.oneToOne(key.id)?.next else {
            let isMeeting = key.kind == OneToOne.kind.number
            return .otherKind(
                id: key.id, title: isMeeting ? "the \(title)" : "the \(kind) \"\(title)\"",
                wanted: wanted, advice: "\"fieldbook due\" shows the ids of what is open.")
        }
        return .otherKind(
            id: key.id, title: "the next step \"\(next)\" of the \(title)", wanted: wanted,
            advice: """
                A next step is your own: it is done, or it waits. When it is done: \
                fieldbook commitment keep \(key.id.shortened)
                """)
    }

    static func settle(
        _ id: RecordID, as status: String, _ notebook: Notebook, _ common: Common
    ) throws {
        try notebook.settle(id, as: status)
        try common.show(IDDocument(id)) { page in
            let promise = try notebook.commitments().first { $0.id == id }
            let name = try notebook.name(of: promise?.person)
            let word: Phrase = status == Commitment.kept ? "Kept" : "Broken"
            page.line("\(word): \(promise?.what ?? said("the promise")) (\(name)).")
        }
    }
}
