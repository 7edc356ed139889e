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
        usage: """
            fieldbook person duplicates
                   fieldbook person duplicates --evaluate <file> --truth <column>
            """,
        discussion: said(
            """
            Those who are probably one, by name, phone, e-mail, address, neighborhood, birthday and \
            institution, however they are written, and of whom nobody has said yet whether they are. \
            What speaks for and against it is said of each. Nobody is merged by a machine.

            How good it is can be measured with a list in which a column says who is who. That \
            neither reads nor changes the notebook.

            Example:
              fieldbook person duplicates
              fieldbook person duplicates --evaluate people.csv --truth person
            """))

    @Option(
        help: ArgumentHelp(said("Measure detection on a list (CSV) instead."), valueName: "file"),
        completion: .file())
    var evaluate: String?

    @Option(
        help: ArgumentHelp(
            said("The column of the list that is the same for one person."), valueName: "column"))
    var truth: String?

    @OptionGroup var common: Common

    func validate() throws {
        if evaluate != nil, truth == nil {
            throw ValidationError(
                said("Say with --truth which column of the list says who is who."))
        }
        if truth != nil, evaluate == nil {
            throw ValidationError(
                said("--truth is a column of a list. Name the list with --evaluate."))
        }
    }

    func run() throws {
        guard let evaluate, let truth else { return try run(in: try common.open()) }
        let list = try LabelledList(evaluate, truth: truth)
        let figures = LinkageEvaluation(list.people, labels: list.labels)
        try common.show(EvaluationDocument(figures)) { EvaluationPage(figures).fill(&$0) }
    }

    func run(in notebook: Notebook) throws {
        let found = try notebook.likelyDuplicates()
        let pairs = found.first
        let contested = try notebook.contestedPairs()
        let document = Document(
            pairs: pairs.map(Pair.init), count: found.count,
            contested: contested.map(Contested.init))
        try common.show(document) { page in
            if pairs.isEmpty {
                page.line("Nobody seems to be here twice.")
            } else {
                describe(pairs, found.count, &page)
            }
            for pair in contested { try describe(pair, notebook, &page) }
        }
    }

    private func describe(_ pairs: [DuplicatePair], _ count: Int, _ page: inout Page) {
        var table = Table([
            .fixed("Id"), .name("Name"), .fixed("Id"), .name("Name"), .text("Why"),
        ])
        for pair in pairs {
            table.row(
                .init(pair.a.shortened, .faint), .init(pair.nameA),
                .init(pair.b.shortened, .faint), .init(pair.nameB),
                .init(pair.reasons.joined(", ")))
        }
        page.table(table)
        let all = counted(count, "pair", "pairs")
        if count > pairs.count {
            page.line("\(all), of which these are the surest \(pairs.count)", .faint)
        } else {
            page.line(all, .faint)
        }
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
        let reasons: [Phrase]

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
