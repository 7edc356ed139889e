import ArgumentParser
import Interchange
import Notebook
import Replication
import Terminal
import Wording

/// The turf list, or the list of turfs.
struct TurfListCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: said("Show a turf's people, or all turfs."),
        usage: "fieldbook turf list [<turf>] [--print | --html <file>] [<options>]",
        discussion: said(
            """
            Those with whom something is overdue stand first: no meeting, call or visit for more than \
            30 days, or for what is agreed for their tier (kind "cadence"); a next step or a promise \
            past its date.

            On paper, each person has a code: "fieldbook met CODE" brings back what you wrote there.

            Example:
              fieldbook turf "North Side"
              fieldbook turf "North Side" --print | lpr
            """))

    @Argument(
        help: ArgumentHelp(said("The turf. Default: a list of all turfs."), valueName: "turf"),
        completion: .turfs)
    var turf: String?

    @Flag(help: .said("The people whom no turf has."))
    var unassigned = false

    @Flag(help: .said("Print the turf for paper, with lines to write on."))
    var print = false

    @Option(
        help: ArgumentHelp(
            said("Write the same into a file, as a page for a browser to print."), valueName: "file"
        ),
        completion: .file())
    var html: String?

    @OptionGroup var tagged: TagOption
    @OptionGroup var common: Common

    func validate() throws {
        guard turf != nil || unassigned || !print && html == nil else {
            throw ValidationError(said("Name the turf that is to be on paper."))
        }
        guard !print || html == nil && !common.json else {
            throw ValidationError(said("Say --print alone: without --html and --json."))
        }
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
        let rows = try notebook.turfList(turf?.id, tagged: tagged.tag)
        if print || html != nil {
            let sheet = try TurfSheet(turf?.name ?? "Without a turf", rows, notebook)
            return try put(sheet, of: rows.count)
        }
        let document = TurfDocument(
            turf: try turf.map { try TurfHead($0, notebook) },
            people: rows.map(TurfPersonDocument.init))
        try common.show(document) { page in
            try Self.fillHead(turf, notebook, &page)
            if rows.isEmpty, let tag = tagged.tag {
                return page.line("Nobody in it has the tag \"\(tag)\".")
            }
            guard !rows.isEmpty else {
                return page.line("Nobody is in it. Put people into it: fieldbook turf assign")
            }
            page.table(TurfTable.make(rows, notebook.today))
            let overdue = rows.count { $0.state == .overdue }
            page.line("\(counted(rows.count, "person", "people")), \(overdue) overdue", .faint)
            guard overdue > 0 else { return }
            page.paragraph(
                "Overdue is with whom something marked ! has passed its day, or nobody was in contact for too long."
            )
        }
    }

    /// "North Side, led by Luis Ortiz", who stands in, and what the next one needs to know.
    private static func fillHead(
        _ turf: Turf?, _ notebook: Notebook, _ page: inout Page
    ) throws {
        guard let turf else { return page.line("Without a turf", .bold) }
        let leader: Phrase =
            try turf.leader.map { ", led by \(try notebook.name(of: $0))" } ?? ""
        page.line("\(turf.name)\(leader)", .bold)
        if let backup = turf.backup {
            page.line("Stands in: \(try notebook.name(of: backup))")
        }
        if let handover = try notebook.handover(of: turf.id) {
            page.paragraph("For who comes next: \(handover)")
        }
    }

    private func put(_ sheet: TurfSheet, of people: Int) throws {
        guard let html else {
            var page = Page()
            sheet.fill(&page)
            return try page.show()
        }
        guard !Paths.isFolder(html) else {
            throw Complaint("\"\(html)\" is a folder. Name a file in it.")
        }
        let file = try TargetFile(html)
        try file.write(sheet.html)
        try file.finish()
        try common.show(SheetDocument(file: html, people: people)) { page in
            page.line("Wrote \(counted(people, "person", "people")) to \(html).")
        }
    }

    private struct SheetDocument: Encodable {
        let file: String
        let people: Int
    }

    private func showAll(_ notebook: Notebook) throws {
        let turfs = try notebook.turfs()
        let counts = try turfs.map { try Count(notebook.turfList($0.id, tagged: tagged.tag)) }
        let without = try Count(notebook.turfList(nil, tagged: tagged.tag))
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
