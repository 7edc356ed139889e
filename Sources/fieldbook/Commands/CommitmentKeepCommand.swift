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
            The id is the one that "fieldbook due" shows; a person's name is enough where one thing \
            is open with them.

            Example:
              fieldbook commitment keep 1c9e04ab
              fieldbook commitment keep Rosa
            """))

    @Argument(
        help: ArgumentHelp(said("An id, or the person's name."), valueName: "id"),
        completion: .people)
    var id: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try Settling.find(id, steps: true, notebook, common)
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

    /// What an id names, or else what is open with a person: a promise, and with `steps` a next step.
    /// Of several, asks in a terminal which one.
    static func find(
        _ text: String, steps: Bool, _ notebook: Notebook, _ common: Common
    ) throws -> RecordKey {
        let key = try common.record(text, notebook)
        guard key.kind == Person.kind.number else { return key }
        let promises = try notebook.commitments(of: key.id, openOnly: true).map {
            (Commitment.key($0.id), Commitment.words($0.what, by: $0.direction), $0.due)
        }
        let own =
            steps
            ? try notebook.oneToOnes(with: key.id).filter {
                $0.next != nil && $0.done == nil
            } : []
        let open = promises + own.map { (OneToOne.key($0.id), .verbatim($0.next ?? ""), $0.due) }
        guard let first = open.first else {
            // Whoever gave the person's id meant another one.
            if let meant = try? notebook.findRecord(text), meant == key { return key }
            let name = try notebook.name(of: key.id)
            throw Complaint(
                """
                Nothing is open with \(name). What was settled: fieldbook commitment list \
                \(key.id.shortened) --all
                """)
        }
        guard open.count > 1 else { return first.0 }
        let candidates = open.map { key, words, due in
            NotebookError.Candidate(
                id: key.id, name: words.text, detail: due?.short(today: notebook.today) ?? "")
        }
        let id = try Input.one(of: candidates, called: text, mayAsk: !common.json)
        return open.first { $0.0.id == id }?.0 ?? first.0
    }

    static func settle(
        _ id: RecordID, as status: String, _ notebook: Notebook, _ common: Common
    ) throws {
        let before = try notebook.commitment(id)
        try notebook.settle(id, as: status)
        try common.show(IDDocument(id)) { page in
            let promise = try notebook.commitments().first { $0.id == id }
            let name = try notebook.name(of: promise?.person)
            let word: Phrase = status == Commitment.kept ? "Kept" : "Broken"
            page.line("\(word): \(promise?.what ?? said("the promise")) (\(name)).")
            if let before, before.status != Commitment.open {
                let day = before.settledOn.map { $0.short(today: notebook.today) }
                let was = FieldWords.choice(before.status)
                page.line(
                    day.map { "Before, since \($0), it was \(was)." } ?? "Before it was \(was).")
            }
        }
    }
}
