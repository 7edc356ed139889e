import ArgumentParser
import Notebook
import Replication
import Store
import Terminal
import Wording

/// The records of a kind, a line each.
struct RecordList {
    private let kind: KindSchema
    private let records: [KnownRecord]
    private let notebook: Notebook

    init(_ kind: KindSchema, limit: Int?, _ notebook: Notebook) throws {
        self.kind = kind
        self.notebook = notebook
        records = try notebook.records(of: kind.name, limit: limit)
    }

    static func check(_ limit: Int?) throws {
        guard limit.map({ $0 > 0 }) ?? true else {
            throw ValidationError(said("--limit is \(limit ?? 0). It is 1 or more."))
        }
    }

    func show(_ common: Common) throws {
        let document = Document(records: records.map(RecordDocument.init))
        try common.show(document) { page in
            guard !records.isEmpty else {
                return page.line("No \(FieldWords.kinds(kind.number)) here yet.")
            }
            try Self.fill(&page, records, of: kind.number, notebook)
        }
    }

    /// What records say in short; that they name `origin`, where they stand below it, goes without
    /// saying.
    static func fill(
        _ page: inout Page, _ records: [KnownRecord], of kind: Kind,
        besides origin: RecordKey? = nil, _ notebook: Notebook
    ) throws {
        let words = ValueWords(notebook: notebook)
        var table = Table([.fixed("Id"), .text("What"), .text("")])
        let telling = LineFields.of(kind, beside: origin == nil ? [] : titling(kind))
        for record in records {
            let shown = telling.compactMap { field in
                record.fields.first { $0.schema == field }
            }.filter { _, values in values.first?.id.map { $0 != origin?.id } ?? true }
            let facts = try shown.prefix(LineFields.most).map { field, values in
                let word = FieldWords.field(field.name, of: kind)
                let value = try words.words(values, in: field, of: kind)
                return value.hasPrefix(word.text) ? value : "\(word) \(value)"
            }
            table.row(
                .init(record.key.id.shortened, .faint),
                .init(lines: Wrapping.lines(record.title.words, Screen.columns / 2)),
                .init(facts.joined(separator: ", ")))
        }
        page.table(table)
    }

    /// The fields that make the title of records without a name of their own: whom, and when.
    private static func titling(_ kind: Kind) -> [FieldSchema] {
        guard let schema = Kinds.policy(of: kind)?.schema, schema.title == nil else { return [] }
        return [FieldType.id, .day].compactMap { type in
            schema.fields.first { $0.type == type }
        }
    }

    private struct Document: Encodable {
        let records: [RecordDocument]
    }
}

/// A record with all its fields.
struct RecordPage {
    private let record: KnownRecord
    private let notebook: Notebook

    /// Throws `NotebookError.noSuchRecord`.
    init(_ key: RecordKey, _ notebook: Notebook) throws {
        guard let record = try notebook.readRecord(key) else {
            throw NotebookError.noSuchRecord(key.id.shortened)
        }
        self.record = record
        self.notebook = notebook
    }

    var document: RecordDocument { RecordDocument(record) }

    func fill(_ page: inout Page) throws {
        let key = record.key
        let word = FieldWords.kind(key.kind)
        page.line("\(record.title) (\(word) \(key.id.shortened))", .bold)
        let words = ValueWords(notebook: notebook)
        var table = Table([.fixed(""), .text("")])
        for (field, values) in record.fields {
            table.row(
                .init(FieldWords.field(field.name, of: key.kind), .faint),
                .init(try words.words(values, in: field, of: key.kind)))
        }
        page.table(table)
    }
}
