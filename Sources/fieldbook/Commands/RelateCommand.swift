import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Writes down what two people are to each other.
struct RelateCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "relate",
        abstract: said("Write down what one person is to another; organizers alone read it."),
        usage: "fieldbook relate <who> <whom> --as <kind> [<options>]",
        discussion: said(
            """
            Example:
              fieldbook relate Rosa "Bo Lind" --as recruits --strength 4
            """))

    @Argument(help: ArgumentHelp(said("The one."), valueName: "who"), completion: .people)
    var one: String

    @Argument(help: ArgumentHelp(said("The other."), valueName: "whom"), completion: .people)
    var other: String

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            said(
                "family, friend, recruits, influences, mentors, refers, knows or in conflict."),
            valueName: "kind"))
    var sort: String

    @Option(help: ArgumentHelp(said("How strong it is, 1 to 5."), valueName: "n"))
    var strength: Int?

    @Option(
        help: ArgumentHelp(
            said("What you know of it; - reads it from standard input."), valueName: "text"))
    var note: String?

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let (from, to) = (try common.person(one, notebook), try common.person(other, notebook))
        guard try !notebook.samePeople().areOne(from, to) else {
            throw Complaint("Both are the same person. Nothing was saved. Name two people.")
        }
        let note = try note.map { try Input.text($0, what: "note") }.flatMap(MetCommand.filled)
        let id = try notebook.relate(
            from, to: to, as: sort, strength: strength.map(Int64.init), note: note)
        try common.show(RecordOutcome(Relationship.key(id), notebook)) { page in
            let names = try [from, to].map { try notebook.name(of: $0) }
            let kind = try notebook.words(of: Relationship.sort, in: Relationship.key(id))
            page.line("Written down: \(names[0]), \(kind), \(names[1]) (\(id.shortened)).")
        }
    }
}

extension Notebook {
    /// What a field of a record says, in people's words.
    fileprivate func words(of field: FieldSchema, in key: RecordKey) throws -> String {
        let values = try readRecord(key)?.fields.first { $0.schema == field }?.values ?? []
        return try ValueWords(notebook: self).words(values, in: field, of: key.kind)
    }
}
