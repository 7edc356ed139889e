import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Moves people into a turf.
struct TurfAssignCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign",
        abstract: said("Put people into a turf, with their meetings and promises."),
        discussion: said(
            """
            Example:
              fieldbook turf assign "North Side" "Rosa Alvarez" "Luis Ortiz"
            """))

    @Argument(help: ArgumentHelp(said("The turf."), valueName: "turf"), completion: .turfs)
    var turf: String

    @Argument(help: ArgumentHelp(said("The people."), valueName: "who"), completion: .people)
    var people: [String]

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let turf = try notebook.findTurf(turf)
        var ids: [RecordID] = []
        for person in try people.map({ try common.person($0, notebook) })
        where !ids.contains(person) {
            ids.append(person)
        }
        let before = try ids.map { try notebook.person($0)?.turf }
        try notebook.assign(ids, to: turf)
        let assigned = Assigned(turf: turf.description, people: ids.map(\.description))
        try common.show(assigned) { page in
            let names = try ids.map { try notebook.name(of: $0) }.joined(separator: ", ")
            page.paragraph("In \(try notebook.name(of: turf)) now: \(names).")
            for (id, other) in zip(ids, before) {
                guard let other, other != turf else { continue }
                page.line(
                    "\(try notebook.name(of: id)) was in \(try notebook.name(of: other)) before.")
            }
            try notebook.note(besides: ids, &page)
        }
    }

    private struct Assigned: Encodable {
        let turf: String
        let people: [String]
    }
}
