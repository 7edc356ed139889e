import ArgumentParser
import Notebook
import Replication
import Store

/// Settles a promise as kept, or ticks a next step off.
struct CommitmentKeepCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "keep",
        abstract: "Say that a promise was kept, or a next step done.",
        discussion: """
            The id is the one that "fieldbook due" shows.

            Example:
              fieldbook commitment keep 1c9e04ab
            """)

    @Argument(help: ArgumentHelp("An id, or the end of one.", valueName: "id"))
    var id: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try notebook.findRecord(id)
        switch key.kind {
        case OneToOne.kind.number:
            try notebook.finishFollowUp(key.id)
            try common.show(IDDocument(key.id)) { page in
                page.line("Done: the next step of the \(try notebook.title(of: key) ?? "meeting").")
            }
        case Commitment.kind.number:
            try Settling.settle(key.id, as: Commitment.kept, notebook, common)
        default:
            throw NotebookError.noSuchRecord(id)
        }
    }
}

/// What keeping and breaking a promise have in common.
enum Settling {
    static func settle(
        _ id: RecordID, as status: String, _ notebook: Notebook, _ common: Common
    ) throws {
        try notebook.settle(id, as: status)
        try common.show(IDDocument(id)) { page in
            let promise = try notebook.commitments().first { $0.id == id }
            let name = try notebook.name(of: promise?.person)
            let word = status == Commitment.kept ? "Kept" : "Broken"
            page.line("\(word): \(promise?.what ?? "the promise") (\(name)).")
        }
    }
}
