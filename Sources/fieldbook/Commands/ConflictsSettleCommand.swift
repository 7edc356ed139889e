import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Settles a conflict.
struct ConflictsSettleCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle",
        abstract: said("Settle a conflict with one of its values, or another one."),
        usage: "fieldbook conflicts settle <record> <field> (--take <n> | --value <v>)",
        discussion: said(
            """
            Example:
              fieldbook conflicts settle "Rosa Alvarez" phone --take 2
            """))

    @Argument(
        help: ArgumentHelp(
            said("An id, the end of one, or what it is called."), valueName: "record"),
        completion: .people)
    var record: String

    @Argument(help: ArgumentHelp(said("The field that \"conflicts\" names."), valueName: "field"))
    var field: String

    @Option(
        help: ArgumentHelp(
            said("The number of the value to keep, or the name of who wrote it."), valueName: "n"))
    var take: String?

    @Option(help: ArgumentHelp(said("The value that is right; empty for none."), valueName: "v"))
    var value: String?

    @OptionGroup var common: Common

    func validate() throws {
        guard (take == nil) != (value == nil) else {
            throw ValidationError(
                said("Say either --take with a number or a name, or --value with the right one."))
        }
    }

    func run(in notebook: Notebook) throws {
        let key = try common.record(record, notebook)
        let conflict = try notebook.findConflict(field, in: key)
        let settlement = try settlement(of: conflict, notebook)
        try notebook.settle(key, field: conflict.field, settlement)
        let value = Self.value(settlement, of: conflict)
        let settled = Settled(
            record: key.id.description, field: conflict.field, value: ValueWords.tree(value))
        try common.show(settled) { page in
            let title = try notebook.title(of: key) ?? conflict.title.words
            let left = try notebook.conflicts().count
            page.line(try sentence(conflict, value, title, notebook))
            if left > 0 { page.line("\(counted(left, "conflict", "conflicts")) left.") }
        }
    }

    private func sentence(
        _ conflict: Conflict, _ value: Value, _ title: String, _ notebook: Notebook
    ) throws -> Phrase {
        guard !conflict.isDeleteBesideEdit else {
            return value == .deleted ? "Deleted \(title)." : "Kept \(title)."
        }
        let words = try ValueWords(notebook: notebook)
            .words(value, in: conflict.field, of: conflict.key.kind)
        return "Settled: \(conflict.fieldWords) of \(title) is \(words)"
    }

    private static func value(
        _ settlement: Notebook.Settlement, of conflict: Conflict
    ) -> Value {
        switch settlement {
        case .take(let number): conflict.values[number - 1].value
        case .value(let value): value
        }
    }

    private func settlement(
        of conflict: Conflict, _ notebook: Notebook
    ) throws -> Notebook.Settlement {
        if let take { return .take(try number(take, of: conflict)) }
        return .value(try parse(Plain.trimmed(value ?? ""), conflict, notebook))
    }

    /// The number of a value as the list shows it, which a value that comes meanwhile may change; or
    /// of the one that somebody wrote.
    private func number(_ text: String, of conflict: Conflict) throws -> Int {
        if let number = Int(text) { return number }
        let wanted = " " + Folding.name(text)
        let found = conflict.values.indices.filter {
            (" " + Folding.name(conflict.values[$0].by)).contains(wanted)
        }
        guard found.count == 1 else {
            throw Complaint(
                """
                "\(text)" is none, or more than one, of those who wrote it: \
                \(conflict.values.map(\.by).listed("and")). Take the number that "fieldbook conflicts" shows.
                """)
        }
        return found[0] + 1
    }

    /// Reads a value as the field's type has it.
    private func parse(
        _ text: String, _ conflict: Conflict, _ notebook: Notebook
    ) throws -> Value {
        let (field, kind) = (conflict.fieldNumber, conflict.key.kind)
        if field == CommonField.life { return try parseLife(text) }
        if field == CommonField.space {
            return .id(text.isEmpty ? Space.organizers : try notebook.findTurf(text))
        }
        guard let schema = Kinds.policy(of: kind)?.schema.field(field) else {
            throw Complaint(
                """
                This version of Fieldbook does not know "\(conflict.field)" well enough to write it. \
                Take one of its values with --take, or settle it with a newer version.
                """)
        }
        return try notebook.value(of: text, for: schema, of: kind)
    }

    private func parseLife(_ text: String) throws -> Value {
        switch text.lowercased() {
        case "deleted": return .deleted
        case "kept": return .restored
        default: throw Complaint("\"\(text)\" is no choice here. Say \"deleted\" or \"kept\".")
        }
    }

    private struct Settled: Encodable {
        let record: String
        let field: String
        let value: Tree
    }
}
