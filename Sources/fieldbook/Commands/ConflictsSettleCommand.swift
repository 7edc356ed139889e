import ArgumentParser
import Notebook
import Replication
import Store

/// Settles a conflict.
struct ConflictsSettleCommand: NotebookCommand {
    static let configuration = CommandConfiguration(
        commandName: "settle",
        abstract: "Settle a conflict with one of its values, or another one.",
        usage: "fieldbook conflicts settle <record> <field> (--take <n> | --value <v>)",
        discussion: """
            Example:
              fieldbook conflicts settle "Rosa Alvarez" phone --take 2
            """)

    @Argument(
        help: ArgumentHelp("An id, the end of one, or a person's name.", valueName: "record"))
    var record: String

    @Argument(help: ArgumentHelp("The field that \"conflicts\" names.", valueName: "field"))
    var field: String

    @Option(help: ArgumentHelp("The number of the value to keep.", valueName: "n"))
    var take: Int?

    @Option(help: ArgumentHelp("The value that is right; empty for none.", valueName: "v"))
    var value: String?

    @OptionGroup var common: Common

    func validate() throws {
        guard (take == nil) != (value == nil) else {
            throw ValidationError("Say either --take with a number, or --value with the right one.")
        }
    }

    func run(in notebook: Notebook) throws {
        let key = try notebook.findAnyRecord(record)
        if let take {
            try notebook.settle(key, field: field, .take(take))
        } else if let value {
            try notebook.settle(key, field: field, .value(try parse(value, key, notebook)))
        }
        let settled = Settled(record: key.id.description, field: field)
        try common.show(settled) { page in
            let title = try notebook.title(of: key) ?? key.id.shortened
            let left = try notebook.conflicts().count
            page.line("Settled: \(field) of \(title).")
            if left > 0 { page.line(counted(left, "conflict", "conflicts") + " left.") }
        }
    }

    /// Reads a value as the field's type has it.
    private func parse(_ text: String, _ key: RecordKey, _ notebook: Notebook) throws -> Value {
        if field == "life" { return try parseLife(text) }
        let kind = Kinds.name(of: key.kind)
        guard let schema = Kinds.policy(of: key.kind)?.schema.field(named: field) else {
            throw NotebookError.noSuchField(kind: kind, field: field)
        }
        let text = Plain.trimmed(text)
        guard !text.isEmpty else { return .null }
        switch schema.type {
        case .text:
            return .text(text)
        case .int:
            guard let number = Int64(text) else { throw NotebookError.notANumber(text) }
            return .int(number)
        case .day:
            return .day(try notebook.day(text, looking: .coming).number)
        case .id:
            return .id(try find(text, notebook))
        }
    }

    private func parseLife(_ text: String) throws -> Value {
        switch text {
        case "deleted": return .deleted
        case "kept": return .restored
        default: throw Complaint("For \"life\" the value is \"deleted\" or \"kept\".")
        }
    }

    private func find(_ text: String, _ notebook: Notebook) throws -> RecordID {
        switch field {
        case "institution": try notebook.findInstitution(text)
        case "parent": try notebook.findTurf(text)
        default: try notebook.findPerson(text)
        }
    }

    private struct Settled: Encodable {
        let record: String
        let field: String
    }
}
