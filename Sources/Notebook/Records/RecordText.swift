import Foundation
import Replication
import Store
import Wording

/// A record as a short text for an editor: a line a field, further lines of it indented, an element
/// of a set on each.
package enum RecordText {
    /// Every field of the record's kind, also those that hold nothing, so that they can be filled.
    package static func text(of record: KnownRecord, in notebook: Notebook) throws -> String {
        guard let kind = Kinds.policy(of: record.key.kind)?.schema else {
            throw NotebookError.noSuchKind(Kinds.name(of: record.key.kind))
        }
        let fields = try kind.fields.map { field in
            try line(
                FieldWords.heading(of: field, kind), field, values(of: field, in: record), notebook)
        }
        return fields.joined(separator: "\n") + "\n"
    }

    /// The changes that make the record what an edited text says: of a text that says nothing about a
    /// field, none. Throws `NotebookError.unreadable` and `.namesNoField` with the line, and what reading a
    /// value throws.
    static func changes(
        _ edited: String, of record: KnownRecord, in notebook: Notebook
    ) throws -> [Change] {
        guard let kind = Kinds.policy(of: record.key.kind)?.schema else { return [] }
        let before = try parse(text(of: record, in: notebook), kind)
        return try parse(edited, kind).sorted { $0.key < $1.key }.flatMap { number, lines in
            guard let field = kind.field(number), lines != before[number] else {
                return [Change]()
            }
            return field.isSet
                ? try elements(lines, before[number] ?? [], field, kind.number, notebook)
                : [try change(lines, field, kind.number, notebook)]
        }
    }

    private static func values(of field: FieldSchema, in record: KnownRecord) -> [Value] {
        record.fields.first { $0.schema == field }?.values ?? []
    }

    private static func line(
        _ heading: String, _ field: FieldSchema, _ values: [Value], _ notebook: Notebook
    ) throws -> String {
        let words = try values.map { try notebook.editable($0, field) }
        if field.isSet {
            return ([heading + ":"] + words.map { "  - \($0)" }).joined(separator: "\n")
        }
        let lines = (words.first ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 1 else { return "\(heading): \(words.first ?? "")" }
        return ([heading + ":"] + lines.map { "  \($0)" }).joined(separator: "\n")
    }

    /// The lines of each field; those of a set without their dashes.
    private static func parse(_ text: String, _ kind: KindSchema) throws -> [Field: [String]] {
        var fields: [Field: [String]] = [:]
        var open: FieldSchema?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = line.hasSuffix("\r") ? line.dropLast() : line
            let isEmpty = line.allSatisfy(\.isWhitespace)
            if line.hasPrefix("#") || isEmpty && open == nil { continue }
            if line.hasPrefix("  ") || isEmpty, let field = open {
                fields[field.number, default: []].append(content(line, of: field))
                continue
            }
            guard let colon = line.firstIndex(of: ":") else {
                throw NotebookError.unreadable(line: number + 1)
            }
            let name = String(line[..<colon])
            guard let field = FieldWords.schema(name, of: kind) else {
                let nearest = FieldWords.nearest(to: name, of: kind)
                throw NotebookError.namesNoField(
                    line: number + 1, nearest: nearest,
                    fields: kind.fields.map { FieldWords.heading(of: $0, kind) })
            }
            guard fields[field.number] == nil else {
                throw NotebookError.unreadable(line: number + 1)
            }
            open = field
            let rest = Assignment.trimmed(line[line.index(after: colon)...])
            fields[field.number] = rest.isEmpty ? [] : [rest]
        }
        return fields.mapValues(withoutEmptyEnd)
    }

    private static func content(_ line: Substring, of field: FieldSchema) -> String {
        guard field.isSet else { return String(line.dropFirst(2)) }
        let trimmed = Assignment.trimmed(line)
        return trimmed.hasPrefix("-") ? Assignment.trimmed(trimmed.dropFirst()) : trimmed
    }

    private static func withoutEmptyEnd(_ lines: [String]) -> [String] {
        var lines = lines
        while lines.last?.allSatisfy(\.isWhitespace) ?? false { lines.removeLast() }
        return lines
    }

    private static func change(
        _ lines: [String], _ field: FieldSchema, _ kind: Kind, _ notebook: Notebook
    ) throws -> Change {
        let value = try notebook.value(
            of: lines.joined(separator: "\n").withoutID(of: field), for: field, of: kind)
        try FieldRules.checkNeeded(value, field.number, of: kind)
        return .set(field, value)
    }

    private static func elements(
        _ lines: [String], _ before: [String], _ field: FieldSchema, _ kind: Kind,
        _ notebook: Notebook
    ) throws -> [Change] {
        let value = { (line: String) in try notebook.value(of: line, for: field, of: kind) }
        let filled = lines.filter { !$0.isEmpty }
        return try before.filter { !filled.contains($0) }.map { .remove(field, try value($0)) }
            + filled.filter { !before.contains($0) }.map { .insert(field, try value($0)) }
    }
}

extension String {
    /// "Rosa Alvarez (3f2a91c0)" names by its id alone: of two people of one name it is this one.
    fileprivate func withoutID(of field: FieldSchema) -> String {
        guard field.type == .id, hasSuffix(")"), let open = lastIndex(of: "(") else { return self }
        return String(self[index(after: open)...].dropLast())
    }
}

extension Notebook {
    /// Makes a record what an edited text says. Returns whether that changed anything.
    package func edit(_ record: KnownRecord, as text: String) throws -> Bool {
        let changes = try RecordText.changes(text, of: record, in: self)
        guard !changes.isEmpty, let policy = Kinds.policy(of: record.key.kind) else { return false }
        try edit(record.key, policy, changes)
        return true
    }

    /// A value as an editor shows it and `value(of:for:of:)` reads it.
    fileprivate func editable(_ value: Value, _ field: FieldSchema) throws -> String {
        if let id = value.id { return "\(try title(of: id) ?? said("somebody")) (\(id.shortened))" }
        if let day = value.day { return Day(number: day).description }
        if let text = value.text, field.choices.contains(text) {
            return FieldWords.readable(text, of: field)
        }
        return value.text ?? value.int.map(String.init) ?? ""
    }
}
