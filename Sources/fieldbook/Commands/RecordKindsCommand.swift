import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// What can be written down.
struct RecordKindsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kinds",
        abstract: said("List what can be written down, and the fields of a kind."),
        discussion: said(
            """
            Example:
              fieldbook record kinds demand
            """))

    @Argument(
        help: ArgumentHelp(said("One kind, with its fields."), valueName: "kind"),
        completion: .kinds)
    var kind: String?

    @Flag(help: .said("Print one JSON document, for scripts."))
    var json = false

    func run() throws {
        let policies = try kind.map { [try Notebook.known($0)] } ?? Kinds.all
        guard !json else { return try JSON.show(List(kinds: policies.map(KindDocument.init))) }
        var page = Page()
        if kind == nil { describe(policies, &page) } else { describe(policies[0], &page) }
        try page.show()
    }

    private func describe(_ policies: [KindPolicy], _ page: inout Page) {
        var table = Table([.fixed("Kind"), .text("Fields")])
        for policy in policies {
            table.row(
                .init(Self.name(of: policy)),
                .init(Self.fields(of: policy.schema), .faint))
        }
        page.table(table)
    }

    private static func fields(of schema: KindSchema) -> String {
        guard Language.current != .english else {
            return schema.fields.map(\.name).joined(separator: " ")
        }
        return schema.fields.map {
            FieldWords.both($0.name, FieldWords.field($0.name, of: schema.number))
        }.joined(separator: ", ")
    }

    private static func name(of policy: KindPolicy) -> String {
        FieldWords.both(policy.schema.name, FieldWords.kind(policy.schema.number))
    }

    private func describe(_ policy: KindPolicy, _ page: inout Page) {
        let schema = policy.schema
        page.line("\(Self.name(of: policy)): \(policy.readers)", .bold)
        var table = Table([.fixed("Field"), .text("What it takes")])
        for field in schema.fields {
            let words = FieldWords.field(field.name, of: schema.number)
            table.row(.init(FieldWords.explained(field.name, words)), .init(field.takes))
        }
        page.table(table)
    }

    private struct List: Encodable {
        let kinds: [KindDocument]
    }

    private struct KindDocument: Encodable {
        let kind: String
        let fields: [FieldDocument]

        init(_ policy: KindPolicy) {
            kind = policy.schema.name
            fields = policy.schema.fields.map(FieldDocument.init)
        }
    }

    private struct FieldDocument: Encodable {
        let field: String
        let type: String
        let isSet: Bool
        let choices: [String]
        let names: [String]

        init(_ schema: FieldSchema) {
            field = schema.name
            type = schema.type.rawValue
            isSet = schema.isSet
            choices = schema.choices
            names = schema.names
        }

        enum CodingKeys: String, CodingKey {
            case field, type, choices, names
            case isSet = "many"
        }
    }
}

extension KindPolicy {
    /// Who reads records of the kind.
    fileprivate var readers: Phrase {
        switch home {
        case .commons: "every member reads it"
        case .organizers, .pair: "organizers read it"
        case .own: "those of the turf read it"
        case .turf, .person: "whoever may see the person reads it"
        }
    }
}

extension FieldSchema {
    /// "a day", "one of open, kept or broken", "1 to 5", "the name of a person"
    fileprivate var takes: Phrase {
        if !choices.isEmpty { return choices.map(FieldWords.choice).listed("or") }
        switch type {
        case .text: return isSet ? "words, with commas between them" : "text"
        case .day: return "a day"
        case .id: return "\(names.map(Self.words).listed("or")), by name or id"
        case .int:
            guard let range else { return "a number" }
            return "\(range.lowerBound) to \(range.upperBound)"
        }
    }

    private static func words(_ kind: String) -> Phrase {
        Kinds.named(kind).map { FieldWords.kind($0.schema.number) } ?? .verbatim(kind)
    }
}
