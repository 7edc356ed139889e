import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// What the hub refused, kept for review.
struct RefusedCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "refused",
        abstract: said("Show what the hub refused, and why."),
        discussion: said(
            """
            The values stay here for you; nobody else will ever see them.

            Example:
              fieldbook refused
            """))

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let refused = try notebook.store.refused()
        let documents = try refused.map { try Document($0, notebook) }
        try common.show(List(refused: documents)) { page in
            guard !refused.isEmpty else { return page.line("The hub refused nothing.") }
            let names = RefusedNames(refused)
            for (commit, document) in zip(refused.map(\.commit), documents) {
                try describe(commit, document, names, notebook, &page)
            }
            page.line("\(counted(refused.count, "entry", "entries")) refused.", .faint)
        }
    }

    private func describe(
        _ commit: Commit, _ document: Document, _ names: RefusedNames, _ notebook: Notebook,
        _ page: inout Page
    ) throws {
        let key = commit.key
        let kind = FieldWords.kind(key.kind)
        let title = document.title?.words ?? names[key.id] ?? kind.text
        page.line("\(title) (\(kind) \(key.id.shortened))", .bold)
        page.paragraph("Refused: \(document.reason)", indent: 2)
        let words = ValueWords(notebook: notebook)
        var table = Table([.fixed(""), .text("")], indent: 2)
        for write in commit.writes where write.field != CommonField.space {
            let field = Kinds.fieldName(write.field, of: key.kind)
            let value =
                try write.value.id.flatMap { names[$0] }
                ?? words.words(write.value, in: field, of: key.kind)
            table.row(
                FieldWords.field(field, of: key.kind),
                write.removes ? said("\(value) (taken out)") : value)
        }
        page.table(table)
        page.line()
    }

    private struct List: Encodable {
        let refused: [Document]
    }

    private struct Document: Encodable {
        let record: String
        let kind: String
        @OrNull var title: Title?
        let rule: String
        let reason: Phrase
        let at: String
        let written: String
        let values: [Written]

        struct Written: Encodable {
            let field: String
            let value: Tree
            let removed: Bool
        }

        init(_ refused: RefusedCommit, _ notebook: Notebook) throws {
            let key = refused.commit.key
            record = key.id.description
            kind = Kinds.name(of: key.kind)
            rule = refused.rule
            reason = RuleWords.sentence(refused.rule)
            at = notebook.timestamp(refused.milliseconds)
            written = notebook.timestamp(refused.commit.stamp.milliseconds)
            values = refused.commit.writes.map {
                Written(
                    field: Kinds.fieldName($0.field, of: key.kind),
                    value: ValueWords.tree($0.value), removed: $0.removes)
            }
            title = try notebook.fullTitle(of: key)
        }
    }
}

/// The names that refused entries gave to what they made: the records themselves are not here any
/// more.
private struct RefusedNames {
    private let names: [RecordID: String]

    init(_ refused: [RefusedCommit]) {
        let named = refused.map(\.commit).compactMap { commit in
            commit.writes.first { Self.isName($0.field, of: commit.key.kind) }?.value.text.map {
                (commit.key.id, $0)
            }
        }
        names = Dictionary(named) { _, last in last }
    }

    subscript(id: RecordID) -> String? { names[id] }

    private static func isName(_ field: Field, of kind: Kind) -> Bool {
        Kinds.policy(of: kind)?.schema.field(named: "name")?.number == field
    }
}

/// The hub's rules in words.
enum RuleWords {
    static func sentence(_ rule: String) -> Phrase {
        switch rule {
        case "grant":
            "You may not write this there. Ask your hub's keeper, or an organizer, to write it."
        case "unknown-record":
            """
            The hub does not know the record that this changes, or was put back and has lost it. What a \
            hub has lost is given back by itself, within a week or so; if it does not come, write it \
            anew.
            """
        case "erased":
            "The record was erased at a person's wish. Nothing more can be written about it."
        case "author":
            "It was written in the name of another member than this laptop's."
        case "person":
            """
            It is about somebody who is not in your turf, or whom the hub, which was put back, has lost. What \
            a hub has lost is given back by itself, within a week or so.
            """
        case "id":
            "Another record has its id already. Write it anew."
        case "space":
            "Records of this kind do not belong there. Ask an organizer to write it."
        case "full":
            "The hub holds as much of this record as it takes. Write what is new in a new record."
        case "dots":
            """
            It takes the place of something that the hub does not know, or has lost. What is here is \
            given back to the hub within a week or so.
            """
        case "form":
            "It was not written as this version of the protocol has it. Tell your hub's keeper."
        case "act":
            "Something that was written together with it was refused."
        default:
            "The hub gave the rule \"\(rule)\". A newer version of Fieldbook may explain it."
        }
    }
}
