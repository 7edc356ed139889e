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
    /// Whether two of one name, and one day, are one that was added twice.
    static var hasOneOfAName: Bool { get }

    static func add(
        _ assignments: [Assignment], _ details: Details, _ notebook: Notebook, mayAsk: Bool
    ) throws -> RecordKey
}

extension Noun {
    static var usage: String { "fieldbook \(word) add <name> [<options>]" }
    static var hasOneOfAName: Bool { true }

    static func add(
        _ assignments: [Assignment], _ details: Details, _ notebook: Notebook, mayAsk: Bool
    ) throws -> RecordKey {
        try notebook.addRecord(kind.name, assignments)
    }

    static func find(
        _ text: String, _ notebook: Notebook, _ common: Common
    ) throws -> RecordKey {
        RecordKey(kind.number, try common.choosing { try notebook.find(text, kind: kind.name) })
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
        // What is said later of a field with several values comes to what is there.
        return Assignment(
            field: field.name, sign: field.isSet ? .insert : .set, text: Plain.trimmed(words))
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
        let assignments = try facts.assignments(notebook)
        let before = try Twins<N>(notebook).like(assignments)
        if let before, !common.json,
            Asking.confirm("\(Self.fact(before)) Add another all the same?") == false
        {
            throw Complaint(
                "Nothing was added. To see it: fieldbook \(N.word) show \(before.key.id.shortened)")
        }
        let key = try N.add(assignments, details, notebook, mayAsk: !common.json)
        if let before, common.json || !Asking.isInTerminal {
            Screen.note(
                """
                \(Self.fact(before)) Name them by their ids from now on; if it is the same, take the new \
                one back: fieldbook record delete \(key.id.shortened)
                """)
        }
        let outcome = try RecordOutcome(key, notebook)
        try common.show(outcome) { page in
            page.line("Added \(FieldWords.kind(key.kind)): \(outcome.title) (\(key.id.shortened)).")
            try RecordDays(key, notebook).fill(&page)
        }
    }
}

extension AddCommand {
    /// "There is one called "Bus stops" already (dff1ad42)."
    fileprivate static func fact(_ record: KnownRecord) -> Phrase {
        "There is one called \"\(record.title)\" already (\(record.key.id.shortened))."
    }
}

/// Records of a noun that may be what somebody is about to add.
private struct Twins<N: Noun> {
    private let notebook: Notebook

    init(_ notebook: Notebook) {
        self.notebook = notebook
    }

    /// One of the same name, that is not of another day.
    func like(_ assignments: [Assignment]) throws -> KnownRecord? {
        guard N.hasOneOfAName, let title = N.kind.title,
            let name = assignments.first(where: { $0.field == title.name })?.text
        else { return nil }
        let day = try N.kind.day.flatMap { field in
            try assignments.first { $0.field == field.name }.map {
                try notebook.value(of: $0.text, for: field, of: N.kind.number)
            }
        }
        return try notebook.records(of: N.kind.name).first { record in
            let theirs = N.kind.day.flatMap { record.state.value(of: $0.number) }
            return Folding.name(record.state.value(of: title.number)?.text ?? "")
                == Folding.name(name) && (day == nil || theirs == nil || theirs == day)
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
        let key = try N.find(name, notebook, common)
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
