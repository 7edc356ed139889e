import Notebook
import Replication
import Store
import Wording

/// A field's value in the words of people, and as JSON has it.
struct ValueWords {
    let notebook: Notebook

    /// `612-555-0100`, `Fri 20 Nov`, `North Side`, `they promised`.
    func words(_ value: Value, in field: String, of kind: Kind) throws -> String {
        if let word = FieldWords.value(value, in: field, of: kind) { return word.text }
        if let id = value.id { return try notebook.title(of: id) ?? id.description }
        if let day = value.day { return Day(number: day).short(today: notebook.today) }
        if kind == Person.kind.number, field == Person.birthday.name,
            let birthday = value.text.flatMap({ Birthday($0) })
        {
            return birthday.words.text
        }
        switch Self.tree(value) {
        case .text(let text): return text
        case .number(let number): return "\(number)"
        default: return said("(none)")
        }
    }

    /// "phone 612-555-0100, tags choir": what some entries say.
    func written(_ lines: [HistoryLine], _ kind: Kind) throws -> String {
        try lines.map { line in
            let words = try words(line.value, in: line.field, of: kind)
            let field = FieldWords.field(line.field, of: kind)
            return line.removes ? said("\(field) \(words) (taken out)") : said("\(field) \(words)")
        }.joined(separator: ", ")
    }

    /// Text, a number, a day as 2026-11-20, an id, or null.
    static func tree(_ value: Value) -> Tree {
        if value.isNull { return .null }
        if let text = value.text { return .text(text) }
        if let number = value.int { return .number(number) }
        if let day = value.day { return .text(Day(number: day).description) }
        if let id = value.id { return .text(id.description) }
        return .text("type \(value.type.rawValue): \(Hex.encode(value.bytes))")
    }
}

extension Notebook {
    /// A moment as JSON has it: ISO 8601, in the notebook's time zone.
    func timestamp(_ milliseconds: UInt64) -> String { zone.timestamp(milliseconds) }

    /// A moment as people say it.
    func moment(_ milliseconds: UInt64) -> String { zone.moment(milliseconds, today: today) }

    /// The record somebody means by an id, the end of one, a person's name, or what a record of another
    /// kind is called.
    func findAnyRecord(_ text: String) throws -> RecordKey {
        do {
            return try findRecord(text)
        } catch let error as NotebookError {
            guard case .noSuchRecord = error else { throw error }
            do {
                return Person.key(try findPerson(text))
            } catch let unknown as NotebookError where unknown.isOfUnknown {
                if let key = try findTitled(text) { return key }
                throw unknown.hasAlike ? unknown : error
            } catch NotebookError.deleted(_, let candidates) where candidates.count == 1 {
                // What was deleted has a history all the same.
                return Person.key(candidates[0].id)
            }
        }
    }

    /// The record of another kind than people that is called so; nil where none is.
    private func findTitled(_ text: String) throws -> RecordKey? {
        var found: [(key: RecordKey, candidate: NotebookError.Candidate)] = []
        for kind in Kinds.all.map(\.schema)
        where kind.title != nil && ![Person.kind, Member.kind].contains(kind) {
            let word = FieldWords.kind(kind.number).text
            do {
                let key = RecordKey(kind.number, try find(text, kind: kind.name))
                let name = try title(of: key) ?? word
                found.append((key, .init(id: key.id, name: name, detail: word)))
            } catch NotebookError.ambiguous(_, _, let candidates) {
                found += candidates.map { one in
                    let detail = [word, one.detail].filter { !$0.isEmpty }.joined(separator: ", ")
                    return (
                        RecordKey(kind.number, one.id),
                        .init(id: one.id, name: one.name, detail: detail)
                    )
                }
            } catch NotebookError.unknown {}
        }
        guard found.count > 1 else { return found.first?.key }
        throw NotebookError.ambiguous(
            what: "record", name: text, candidates: found.map(\.candidate))
    }

    /// A person's name, for a sentence.
    func name(of person: RecordID?) throws -> String {
        try person.flatMap { try title(of: $0) } ?? said("somebody")
    }
}

extension NotebookError {
    fileprivate var isOfUnknown: Bool {
        if case .unknown = self { true } else { false }
    }

    fileprivate var hasAlike: Bool {
        if case .unknown(_, _, let alike) = self { !alike.isEmpty } else { false }
    }
}
