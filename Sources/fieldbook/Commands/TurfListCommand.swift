import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// The turf list, or the list of turfs.
struct TurfListCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: said("Show a turf's people, or all turfs."),
        discussion: said(
            """
            Those with whom something is overdue stand first: a meeting more than 30 days ago, a \
            next step or a promise past its date.

            Example:
              fieldbook turf "North Side"
            """))

    @Argument(
        help: ArgumentHelp(said("The turf. Default: a list of all turfs."), valueName: "turf"),
        completion: .turfs)
    var turf: String?

    @Flag(help: .said("The people whom no turf has."))
    var unassigned = false

    @OptionGroup var common: Common

    func validate() throws {
        guard turf == nil || !unassigned else {
            throw ValidationError(said("Name a turf, or say --unassigned, not both."))
        }
    }

    func run(in notebook: Notebook) throws {
        if unassigned { return try show(nil, notebook) }
        if let turf { return try show(try notebook.turf(notebook.findTurf(turf)), notebook) }
        try showAll(notebook)
    }

    private func show(_ turf: Turf?, _ notebook: Notebook) throws {
        let rows = try notebook.turfList(turf?.id)
        let document = TurfDocument(
            turf: turf.map { TurfHead($0) }, people: rows.map(TurfPersonDocument.init))
        try common.show(document) { page in
            let leader: Phrase =
                try turf?.leader.map { ", led by \(try notebook.name(of: $0))" } ?? ""
            page.line("\(turf?.name ?? said("Without a turf"))\(leader)", .bold)
            guard !rows.isEmpty else {
                return page.line("Nobody is in it. Put people into it: fieldbook turf assign")
            }
            page.table(TurfTable.make(rows, notebook.today))
            let overdue = rows.count { $0.state == .overdue }
            page.line("\(counted(rows.count, "person", "people")), \(overdue) overdue", .faint)
        }
    }

    private func showAll(_ notebook: Notebook) throws {
        let turfs = try notebook.turfs()
        let counts = try turfs.map { try Count(notebook.turfList($0.id)) }
        let without = try Count(notebook.turfList(nil))
        let summaries = zip(turfs, counts).map { TurfSummary($0, $1) }
        try common.show(TurfsDocument(turfs: summaries, unassigned: without)) { page in
            guard !turfs.isEmpty else {
                page.line("No turfs yet. Add one: fieldbook turf add \"North Side\"")
                return page.line("Without a turf: \(without.words) (fieldbook turf --unassigned)")
            }
            var table = Table([
                .name("Turf"), .name("Leader"), .fixed("People"), .fixed("Overdue"), .fixed("Id"),
            ])
            for (turf, count) in zip(turfs, counts) {
                table.row(
                    .init(turf.name), .init(try turf.leader.map { try notebook.name(of: $0) }),
                    .init("\(count.people)"),
                    .init("\(count.overdue)", count.overdue > 0 ? .red : .plain),
                    .init(turf.id.shortened, .faint))
            }
            page.table(table)
            if without.people > 0 {
                page.line("Without a turf: \(without.words) (fieldbook turf --unassigned)")
            }
        }
    }
}
