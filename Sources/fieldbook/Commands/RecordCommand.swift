import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// Records of every kind, by the table of kinds.
struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: said("Write down and look up records of every kind, by field=value."),
        discussion: said(
            """
            Many kinds have shorter verbs of their own, like "fieldbook action". What there is to \
            say of each kind: fieldbook record kinds action

            Example:
              fieldbook record add stance "actor=Karin Olsen" on=today influence=8 stance=-1
            """),
        subcommands: [
            RecordAddCommand.self, RecordListCommand.self, RecordShowCommand.self,
            EditCommand.self, RecordDeleteCommand.self, RecordRestoreCommand.self,
            RecordKindsCommand.self,
        ])
}

/// What a command that made or changed a record says.
struct RecordOutcome: Encodable {
    let id: String
    let kind: String
    let title: Title

    init(_ key: RecordKey, _ notebook: Notebook) throws {
        self.init(key, title: try notebook.fullTitle(of: key) ?? Title(key.id.shortened))
    }

    init(_ key: RecordKey, title: Title) {
        id = key.id.description
        kind = Kinds.name(of: key.kind)
        self.title = title
    }
}

/// A record, as JSON has it.
struct RecordDocument: Encodable {
    let id: String
    let kind: String
    let title: Title
    let fields: [String: Tree]

    init(_ entry: KnownRecord) {
        id = entry.key.id.description
        kind = Kinds.name(of: entry.key.kind)
        title = entry.title
        fields = Dictionary(
            uniqueKeysWithValues: entry.fields.map { field, values in
                let trees = values.map(ValueWords.tree)
                return (field.name, field.isSet ? .list(trees) : trees[0])
            })
    }
}

extension ValueWords {
    /// A field's values in one line: "asthma, bus stops".
    func words(_ values: [Value], in field: FieldSchema, of kind: Kind) throws -> String {
        try values.map { try words($0, in: field.name, of: kind) }.joined(separator: ", ")
    }
}
