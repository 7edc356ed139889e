import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// People who may be one person.
struct PersonDuplicatesCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: said("List entries that may be one person."),
        discussion: said(
            """
            Those who share a phone number, an e-mail address or a name, and of whom nobody has said \
            yet whether they are one.

            Example:
              fieldbook person duplicates
            """))

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let found = try notebook.likelyDuplicates()
        // Equal ones stay in order of id.
        let pairs = found.first.enumerated()
            .sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
        let contested = try notebook.contestedPairs()
        let document = Document(
            pairs: pairs.map(Pair.init), count: found.count,
            contested: contested.map(Contested.init))
        try common.show(document) { page in
            if pairs.isEmpty {
                page.line("Nobody is here twice, as far as phone, e-mail and name tell.")
            } else {
                describe(pairs, found.count, &page)
            }
            for pair in contested { try describe(pair, notebook, &page) }
        }
    }

    private func describe(_ pairs: [DuplicatePair], _ count: Int, _ page: inout Page) {
        var table = Table([
            .fixed("Id"), .name("Name"), .fixed("Id"), .name("Name"), .text("The same"),
        ])
        for pair in pairs {
            table.row(
                .init(pair.a.shortened, .faint), .init(pair.nameA),
                .init(pair.b.shortened, .faint), .init(pair.nameB),
                .init(pair.reasons.map { Phrase(word: $0) }.joined(", ")))
        }
        page.table(table)
        let more: Phrase =
            count > pairs.count ? ", of which these are the first \(pairs.count)" : ""
        page.line("\(counted(count, "pair", "pairs"))\(more)", .faint)
        guard let first = pairs.first else { return }
        let ids = "\(first.a.shortened) \(first.b.shortened)"
        page.line("One person:  fieldbook person merge \(ids)")
        page.line("Two people:  fieldbook person distinct \(ids)")
    }

    private func describe(
        _ pair: ContestedPair, _ notebook: Notebook, _ page: inout Page
    ) throws {
        let ids = "\(pair.a.shortened) \(pair.b.shortened)"
        page.line()
        page.paragraph(
            """
            \(pair.nameA) (\(pair.a.shortened)) and \(pair.nameB) (\(pair.b.shortened)) are called one \
            person and two. Until that is settled they are shown as two.
            """)
        page.line("One person:  fieldbook person merge \(ids)")
        guard pair.chain.count > 1 else {
            return page.line("Two people:  fieldbook person distinct \(ids)")
        }
        let chain = try pair.chain.map(notebook.entryName).joined(separator: " = ")
        page.paragraph("Two people:  one of these links is wrong: \(chain)")
        page.line(
            "             fieldbook person unmerge \(pair.chain[0].shortened) \(pair.chain[1].shortened)"
        )
    }

    private struct Document: Encodable {
        let pairs: [Pair]
        /// How many there are; `pairs` has the first thousand.
        let count: Int
        let contested: [Contested]
    }

    private struct Pair: Encodable {
        let a: String
        let b: String
        let nameA: String
        let nameB: String
        let score: Double
        let reasons: [String]

        init(_ pair: DuplicatePair) {
            a = pair.a.description
            b = pair.b.description
            nameA = pair.nameA
            nameB = pair.nameB
            score = pair.score
            reasons = pair.reasons
        }
    }

    private struct Contested: Encodable {
        let a: String
        let b: String
        let chain: [String]

        init(_ pair: ContestedPair) {
            a = pair.a.description
            b = pair.b.description
            chain = pair.chain.map(\.description)
        }
    }
}
