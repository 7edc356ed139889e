import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Promises, the earliest due first.
struct CommitmentListCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: said("List open promises, the earliest due first."),
        discussion: said(
            """
            Example:
              fieldbook commitment list Rosa --all
            """))

    @Argument(
        help: ArgumentHelp(said("Only this person's."), valueName: "who"), completion: .people)
    var who: String?

    @Flag(help: .said("Include those that are settled."))
    var all = false

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let person = try who.map { try common.person($0, notebook) }
        let promises = try notebook.commitments(of: person, openOnly: !all)
        var names: [RecordID: String] = [:]
        for person in promises.compactMap(\.person) where names[person] == nil {
            names[person] = try notebook.name(of: person)
        }
        let documents = promises.map {
            CommitmentDocument($0, personName: $0.person.flatMap { names[$0] } ?? said("somebody"))
        }
        try common.show(List(commitments: documents)) { page in
            guard !promises.isEmpty else {
                return page.line(all ? "No promises here." : "No open promises here.")
            }
            page.table(Self.table(promises, names: names, notebook.today))
        }
    }

    /// Without names the table has no column for them.
    static func table(_ promises: [Commitment], names: [RecordID: String]?, _ today: Day) -> Table {
        var table = Table(names == nil ? Self.columns : Self.columnsWithNames)
        for promise in promises {
            let isOpen = promise.status == Commitment.open
            let isPast = isOpen && promise.due.map { $0 < today } ?? false
            let due = promise.due?.short(today: today) ?? ""
            let mark = Table.Cell(isPast ? "!" : "", .red)
            let day = Table.Cell(due, isPast ? .red : .plain)
            let status = Table.Cell(isOpen ? "" : Phrase(word: promise.status), .faint)
            let id = Table.Cell(promise.id.shortened, .faint)
            let what = Table.Cell(
                promise.direction == "we" ? "(we) \(promise.what)" : .verbatim(promise.what))
            if let names {
                let name = Table.Cell(promise.person.flatMap { names[$0] } ?? said("somebody"))
                table.row(mark, day, name, status, id, what)
            } else {
                table.row(mark, day, status, id, what)
            }
        }
        return table
    }

    private static let columns: [Table.Column] = [
        .fixed(""), .fixed(""), .fixed(""), .fixed(""), .text(""),
    ]

    private static let columnsWithNames: [Table.Column] = [
        .fixed(""), .fixed("Due"), .name("Who"), .fixed(""), .fixed("Id"), .text("What"),
    ]

    private struct List: Encodable {
        let commitments: [CommitmentDocument]
    }
}
