import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// A kind of record whose records have a list: `goal list`.
protocol ListedNoun {
    static var kind: KindSchema { get }
    /// What the commands are called by: "house-meeting".
    static var word: String { get }
}

/// A kind of record that has verbs of its own: `issue add`, `issue list`, `issue show`.
protocol Noun: ListedNoun {
    /// What `add` takes besides a name.
    associatedtype Details: RecordDetails

    /// The name of one, as an example has it.
    static var sample: String { get }
    /// How one is added, for example.
    static var example: Phrase { get }
    /// How `add` is typed.
    static var usage: String { get }

    static func add(
        _ assignments: [Assignment], _ details: Details, _ notebook: Notebook
    ) throws -> RecordKey
}

extension Noun {
    static var usage: String { "fieldbook \(word) add <name> [<options>]" }

    static func add(
        _ assignments: [Assignment], _ details: Details, _ notebook: Notebook
    ) throws -> RecordKey {
        try notebook.addRecord(kind.name, assignments)
    }

    static func find(_ text: String, _ notebook: Notebook) throws -> RecordKey {
        RecordKey(kind.number, try notebook.find(text, kind: kind.name))
    }
}

/// Options that say what is so of a record.
protocol RecordDetails: ParsableArguments {
    var facts: [Fact] { get }
}

/// What somebody said of a field, if they said anything.
struct Fact {
    private let field: FieldSchema
    private let text: String?
    private let direction: DateWords.Direction?

    /// A day without a year looks the way that the field does, or `direction`.
    init(
        _ field: FieldSchema, _ text: String?, looking direction: DateWords.Direction? = nil
    ) {
        self.field = field
        self.text = text
        self.direction = direction
    }

    init(_ field: FieldSchema, _ number: Int?) {
        self.init(field, number.map(String.init))
    }

    /// Several values of a field that holds many.
    init(_ field: FieldSchema, _ values: [String]) {
        self.init(field, values.isEmpty ? nil : values.joined(separator: ","))
    }

    var isSaid: Bool { text != nil }

    fileprivate func assignment(_ notebook: Notebook) throws -> Assignment? {
        guard let text else { return nil }
        if let direction {
            let day = try notebook.day(text, looking: direction)
            return Assignment(field: field.name, text: day.description)
        }
        let words =
            field.type == .text && !field.isSet
            ? try Input.text(text, what: FieldWords.words(of: field)) : text
        return Assignment(field: field.name, text: Plain.trimmed(words))
    }
}

extension [Fact] {
    /// Each that was said, as the notebook takes it. `-` reads a text from standard input.
    func assignments(_ notebook: Notebook) throws -> [Assignment] {
        try compactMap { try $0.assignment(notebook) }
    }
}

extension FieldWords {
    /// What a field is called where it does not matter of which kind it is.
    fileprivate static func words(of field: FieldSchema) -> Phrase { Self.field(field.name, of: 0) }
}

/// Adds a record of a noun.
struct AddCommand<N: Noun>: NotebookCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "add",
            abstract: said("Add to the list of \(FieldWords.kinds(N.kind.number))."),
            usage: N.usage,
            discussion: said(N.example))
    }

    @Argument(help: ArgumentHelp(said("What it is called, or its words."), valueName: "name"))
    var name: String

    @OptionGroup var details: N.Details
    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        guard let title = N.kind.title else { return }
        let facts = [Fact(title, name)] + details.facts
        let key = try N.add(facts.assignments(notebook), details, notebook)
        let outcome = try RecordOutcome(key, notebook)
        try common.show(outcome) { page in
            page.line("Added \(FieldWords.kind(key.kind)): \(outcome.title) (\(key.id.shortened)).")
        }
    }
}

/// Lists the records of a noun.
struct ListCommand<N: ListedNoun>: NotebookCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: said("List the \(FieldWords.kinds(N.kind.number)) here, the latest first."),
            discussion: said(
                """
                Example:
                  fieldbook \(N.word) list
                """))
    }

    @Option(help: ArgumentHelp(said("At most so many."), valueName: "n"))
    var limit: Int?

    @OptionGroup var common: Common

    func validate() throws { try RecordList.check(limit) }

    func run(in notebook: Notebook) throws {
        try RecordList(N.kind, limit: limit, notebook).show(common)
    }
}

/// Shows a record of a noun, with the records that name it.
struct ShowCommand<N: Noun>: NotebookCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: said(
                "Show one of the \(FieldWords.kinds(N.kind.number)), with all that belongs to it."),
            discussion: said(
                """
                Example:
                  fieldbook \(N.word) show \(N.sample)
                """))
    }

    @Argument(
        help: ArgumentHelp(said("Its name, a part of it, or its id."), valueName: "name"),
        completion: .records(N.kind))
    var name: String

    @OptionGroup var common: Common

    func run(in notebook: Notebook) throws {
        let key = try N.find(name, notebook)
        let page = try RecordPage(key, notebook)
        let related = try notebook.records(naming: key)
        let document = RecordWithRelated(
            record: page.document, related: related.flatMap(\.records).map(RecordDocument.init))
        try common.show(document) { sheet in
            try page.fill(&sheet)
            for (kind, records) in related {
                sheet.line()
                sheet.line(FieldWords.kinds(kind), .bold)
                try RecordList.fill(&sheet, records, of: kind, besides: key, notebook)
            }
        }
    }
}

/// A record and those that name it, as JSON has them.
private struct RecordWithRelated: Encodable {
    let record: RecordDocument
    let related: [RecordDocument]

    private enum CodingKeys: CodingKey { case related }

    func encode(to encoder: any Encoder) throws {
        try record.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(related, forKey: .related)
    }
}
