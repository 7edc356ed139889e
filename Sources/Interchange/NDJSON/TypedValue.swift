import Notebook
import Replication
import Store
import Wording

/// A field's value as JSON: plain where the schema says what it is, with its type beside it where
/// nothing else does.
enum TypedValue {
    /// `612-555-0100`, `40`, `"2026-11-20"`; an object with the type for a value of another type.
    static func json(_ value: Value, as type: FieldType?) -> JSONValue {
        plain(value, as: type) ?? tagged(value)
    }

    /// A field that no schema describes: its rule and its values.
    static func tagged(_ values: [Value], rule: MergeRule) -> JSONValue {
        if rule == .set {
            return .object(["set": .list(values.map(tagged))])
        }
        var object = values.first.map(tagged)?.object ?? [:]
        if rule != .keep { object["rule"] = .int(Int64(rule.rawValue)) }
        return .object(object)
    }

    private static func plain(_ value: Value, as type: FieldType?) -> JSONValue? {
        switch type {
        case .text: value.isCanonical ? value.text.map(JSONValue.text) : nil
        case .int: value.int.map(JSONValue.int)
        case .day:
            value.day.flatMap { number in
                let day = Day(number: number)
                return day.number == number ? .text(day.description) : nil
            }
        case .id: value.id.map { .text($0.description) }
        case nil: nil
        }
    }

    private static func tagged(_ value: Value) -> JSONValue {
        let types: [(ValueType, FieldType, String)] = [
            (.text, .text, "text"), (.int, .int, "int"), (.day, .day, "day"), (.id, .id, "id"),
        ]
        if value.isNull { return .object(["type": .text("null")]) }
        for (type, plainType, name) in types where value.type == type {
            guard let plain = plain(value, as: plainType) else { break }
            return .object(["type": .text(name), "value": plain])
        }
        return .object([
            "type": .int(Int64(value.type.rawValue)), "bytes": .text(Hex.encode(value.bytes)),
        ])
    }
}

extension TypedValue {
    /// Reads what `json` wrote. Throws `Unfit` for what is no value of this type.
    static func value(_ json: JSONValue, as type: FieldType?) throws -> Value {
        if case .object(let object) = json { return try tagged(object) }
        if json == .null { return .null }
        guard let type else { throw Unfit("a value without its type") }
        return try plain(json, as: type)
    }

    /// Reads a field that no schema describes.
    static func unknown(_ json: JSONValue) throws -> (values: [Value], rule: MergeRule) {
        guard case .object(let object) = json else { throw Unfit("a value without its type") }
        if case .list(let elements)? = object["set"] {
            return (try elements.map { try value($0, as: nil) }, .set)
        }
        let rule = object["rule"]?.int.flatMap { UInt32(exactly: $0) } ?? 0
        guard rule != MergeRule.set.rawValue, UInt64(rule) < Limits.number else {
            throw Unfit("a rule that there is not")
        }
        return ([try tagged(object)], MergeRule(rawValue: rule))
    }

    private static func plain(_ json: JSONValue, as type: FieldType) throws -> Value {
        switch type {
        case .text:
            guard let text = json.text else {
                throw Unfit("\(json.words) where a text belongs, in quotes")
            }
            return try checked(.text(text))
        case .int:
            guard let number = json.int else {
                throw Unfit("\(json.words) where a whole number belongs")
            }
            return .int(number)
        case .day:
            guard let day = json.text.flatMap({ Day(iso: $0) }) else {
                throw Unfit("no day written like 2026-11-20")
            }
            return .day(day.number)
        case .id:
            guard let id = json.text.flatMap({ RecordID($0) }) else { throw Unfit("no id") }
            return .id(id)
        }
    }

    private static func tagged(_ object: [String: JSONValue]) throws -> Value {
        let types: [String: FieldType] = ["text": .text, "int": .int, "day": .day, "id": .id]
        if object["type"] == .text("null") { return .null }
        if let type = object["type"]?.text.flatMap({ types[$0] }), let value = object["value"] {
            return try plain(value, as: type)
        }
        guard let number = object["type"]?.int.flatMap({ UInt32(exactly: $0) }),
            let bytes = object["bytes"]?.text.flatMap({ Hex.decode($0) })
        else { throw Unfit("an object where a value belongs") }
        return try checked(Value(type: ValueType(rawValue: number), bytes: bytes))
    }

    /// Throws for a value that the notebook would not take.
    static func checked(_ value: Value) throws -> Value {
        guard value.bytes.count <= Limits.valueBytes else {
            throw Unfit("a text longer than \(Limits.valueBytes / 1024) KiB")
        }
        guard value.isCanonical, UInt64(value.type.rawValue) < Limits.number else {
            throw Unfit("something that is not text (it holds a NUL character)")
        }
        return value
    }
}

/// What stands where a value belongs, in words that go on after "holds". Never the value itself.
struct Unfit: Error {
    let words: Phrase
    init(_ words: Phrase) { self.words = words }
}
