import ArgumentParser
import Notebook
import Replication
import Store
import Sync
import Terminal
import Wording

/// Erases a person for good, at their wish.
struct PersonEraseCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: said("Erase a person for good, everywhere, at their wish."),
        usage: "fieldbook person erase <who> [--yes]",
        discussion: said(
            """
            Their entry and all that is about them - one-to-ones, promises, assessments - go from this \
            notebook at once, and from the hub, its new backups and everybody's notebook as these \
            exchange, also after a year. Nothing brings them back. What others write about them \
            meanwhile goes too. In a congregation only an admin may do it.

            Without --yes it says what would be erased, and in a terminal asks whether to do it.

            Example:
              fieldbook person erase "Rosa Alvarez" --yes
            """))

    @Argument(help: ArgumentHelp(said("The person."), valueName: "who"), completion: .people)
    var who: String

    @Flag(help: .said("Do it. It cannot be undone."))
    var yes = false

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let id = try People(notebook).surely(who, mayAsk: !common.json)
        let membership = try Membership(of: notebook.store)
        if let membership, !membership.roles.contains("admin") {
            throw Complaint(
                "Only an admin of \(membership.congregationName) may erase a person. Ask one.")
        }
        let name = try notebook.name(of: id)
        let erasure = try notebook.erasure(of: id)
        let words = Self.words(erasure)
        guard try yes || isConfirmed("This would erase \(name), with \(words), for good.") else {
            throw Complaint("Nothing was erased.")
        }
        try notebook.erase(erasure)
        let aged = notebook.today + Int64(Membership.nightsOfBackups)
        let document = Document(erasure, backupsUntil: membership == nil ? nil : aged)
        try common.show(document) { page in
            page.paragraph("Erased \(name), with \(words).")
            if membership != nil {
                page.line("It goes to everybody from the next \"fieldbook sync\" on.")
                page.paragraph(
                    """
                    The hub's earlier backups still have them, until they are too old to be kept: if you \
                    sync today and a backup is made every night, until \(aged, today: notebook.today).
                    """)
            }
            page.paragraph(
                "Backups that you made or copied yourself, and paper, have them for ever: destroy those too."
            )
            common.file.noteCopies(besides: notebook, on: &page)
        }
    }

    /// Asks in a terminal; without one nobody has said yes.
    private func isConfirmed(_ fact: Phrase) throws -> Bool {
        guard let answer = common.json ? nil : Asking.confirm("\(fact) Do it?") else {
            throw Complaint("\(fact) To do it, add --yes.")
        }
        return answer
    }

    private static func words(_ erasure: Erasure) -> Phrase {
        let others = erasure.counts.filter { $0.key != Person.kind.number }.sorted {
            $0.key < $1.key
        }
        guard !others.isEmpty else { return "nothing else about them" }
        return others.map { kind, count in
            counted(count, FieldWords.kind(kind), FieldWords.kinds(kind))
        }.joined(", ")
    }

    private struct Document: Encodable {
        let erased: [Erased]
        /// The day on which the last of the hub's earlier backups goes; none without a hub.
        @OrNull var backupsUntil: String?

        struct Erased: Encodable {
            let kind: String
            let id: String
        }

        init(_ erasure: Erasure, backupsUntil: Day?) {
            self.backupsUntil = backupsUntil?.description
            erased = erasure.keys.map {
                Erased(kind: Kinds.name(of: $0.kind), id: $0.id.description)
            }
        }
    }
}
