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
        try common.show(Found(hits: hits)) { page in
            guard !hits.isEmpty else {
                return page.line("Nothing here holds \"\(wanted)\".")
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
    }

    private struct Hit: Encodable {
        let kind: String
        let id: String
        let title: Title
        let snippet: String
    }
}
