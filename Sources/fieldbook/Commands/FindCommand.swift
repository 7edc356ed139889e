import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Looks through names and notes.
struct FindCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: said("Find people, meetings and promises by words in them."),
        discussion: said(
            """
            Accents, capitals and the ends of words make no difference.

            Example:
              fieldbook find asthma
            """))

    @Argument(help: ArgumentHelp(said("Words that all occur."), valueName: "text"))
    var text: [String]

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let wanted = Plain.name(text.joined(separator: " "))
        guard !wanted.isEmpty else { throw NotebookError.empty(what: "text to find") }
        let hits = try notebook.find(wanted).map { hit in
            Hit(
                kind: Kinds.name(of: hit.key.kind), id: hit.key.id.description,
                title: hit.title, snippet: hit.snippet)
        }
        let alike = hits.isEmpty ? try notebook.lookalikes(of: LinkagePerson(name: wanted)) : []
        try common.show(Found(hits: hits, alike: alike.map(Somebody.init))) { page in
            guard !hits.isEmpty else {
                page.line("Nothing here holds \"\(wanted)\".")
                let names = alike.map { "\($0.name) (\($0.id.shortened))" }
                if !names.isEmpty { page.paragraph("Did you mean \(names.listed("or"))?") }
                return
            }
            var table = Table([.fixed("Id"), .text("What"), .text("Words")])
            for hit in hits {
                let snippet = hit.snippet == hit.title.words ? "" : hit.snippet
                table.row(
                    .init(String(hit.id.suffix(8)), .faint), .init(hit.title.words), .init(snippet))
            }
            page.table(table)
        }
    }

    private struct Found: Encodable {
        let hits: [Hit]
        /// Where nothing was found: people whose names are like it.
        let alike: [Somebody]
    }

    private struct Somebody: Encodable {
        let id: String
        let name: String

        init(_ person: Acquaintance) {
            id = person.id.description
            name = person.name
        }
    }

    private struct Hit: Encodable {
        let kind: String
        let id: String
        let title: Title
        let snippet: String
    }
}
