import ArgumentParser
import Notebook
import Replication
import Terminal
import Wording

/// Changes what is written about a person.
struct PersonEditCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: said("Change a person's name, phone number, turf and so on."),
        usage: "fieldbook person edit <who> [<options>]",
        discussion: said(
            """
            An empty text clears a field. Another turf takes their meetings and promises along.

            Example:
              fieldbook person edit Rosa --phone 612-555-0199 --turf "North Side"
            """))

    @Argument(help: ArgumentHelp(said("The person."), valueName: "who"), completion: .people)
    var who: String

    @Option(help: ArgumentHelp(said("Their new name."), valueName: "name"))
    var name: String?

    @OptionGroup var options: PersonOptions

    @Option(
        help: ArgumentHelp(said("A tag to take away; several with commas."), valueName: "a,b"))
    var untag: [String] = []

    @OptionGroup var common: Common

    func validate() throws {
        guard name != nil || !options.isEmpty || !untag.isEmpty else {
            throw ValidationError(said("Say what to change, for example --phone 612-555-0199."))
        }
    }

    func run(in notebook: Notebook) throws {
        let id = try People(notebook).one(who, mayAsk: !common.json)
        if let name, Folding.name(name).isEmpty { throw NotebookError.empty(what: "name") }
        let before = (person: try notebook.person(id), open: try notebook.conflicts(of: id))
        var details = try options.details(name: name.map(Plain.name), notebook)
        details.untagged = try tags(untag, of: id, notebook)
        try notebook.edit(id, details)
        PersonOptions.noteNew(details)
        let after = (person: try notebook.person(id), open: try notebook.conflicts(of: id))
        if before.person?.name != after.person?.name {
            try Namesakes(notebook).warn(about: id)
        }
        options.noteOdd(in: before.person)
        let settled = before.open.filter { conflict in
            !after.open.contains { $0.fieldNumber == conflict.fieldNumber }
        }
        try common.show(Edited(id: id.description, settled: settled.map(\.field))) { page in
            let name = try notebook.name(of: id)
            let isSame = before.person == after.person
            page.line(isSame ? "\(name) was so already." : "Changed \(name).")
            if !isSame { try notebook.note(besides: [id], &page) }
            for conflict in settled {
                let values = try words(conflict, notebook).joined(separator: ", ")
                page.line("This settles what was written apart: \(values).")
            }
        }
    }

    /// The tags of theirs that are meant, as they are written.
    private func tags(
        _ untag: [String], of id: RecordID, _ notebook: Notebook
    ) throws -> [String] {
        let theirs = try notebook.entry(id)?.tags ?? []
        return try MetCommand.list(untag).flatMap { text in
            let meant = theirs.filter { Folding.name($0) == Folding.name(text) }
            guard !meant.isEmpty else {
                let name = try notebook.name(of: id)
                throw Complaint("\(name) has no tag \"\(text)\". Nothing was changed.")
            }
            return meant
        }
    }

    /// "612-555-0100 (Ana Reyes)"
    private func words(_ conflict: Conflict, _ notebook: Notebook) throws -> [String] {
        let words = ValueWords(notebook: notebook)
        return try conflict.values.map {
            let value = try words.words($0.value, in: conflict.field, of: conflict.key.kind)
            return "\(value) (\($0.by))"
        }
    }

    private struct Edited: Encodable {
        let id: String
        /// The fields that were in conflict, and are no longer.
        let settled: [String]
    }
}
