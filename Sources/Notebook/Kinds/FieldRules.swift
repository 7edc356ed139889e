package import Replication
import Store
import Wording

/// What a field takes beyond its type, by the table of kinds. Every verb is held to it, and whoever
/// settles a conflict by hand.
package enum FieldRules {
    /// The words of a field that takes one of a few; nil for one that takes any text.
    package static func choices(of field: Field, of kind: Kind) -> [String]? {
        guard let choices = schema(field, kind)?.choices, !choices.isEmpty else { return nil }
        return choices
    }

    /// Throws `NotebookError.empty` for a value that would leave a record without what it is known
    /// by: nobody could name it any more.
    package static func checkNeeded(_ value: Value, _ field: Field, of kind: Kind) throws {
        guard let schema = schema(field, kind), schema.isNeeded,
            Folding.name(value.text ?? "").isEmpty
        else { return }
        throw NotebookError.empty(what: what(schema.name, kind))
    }

    /// The greatest number that a field takes, where it says no other: what no place on earth holds is a
    /// million, and a slip of the finger is.
    package static let most: Int64 = 1_000_000

    /// More letters than any name has.
    package static let lettersOfName = 200

    /// Throws `NotebookError.nameTooLong` for what somebody pasted by mistake.
    package static func checkName(_ name: String) throws {
        guard name.count > lettersOfName else { return }
        throw NotebookError.nameTooLong(letters: name.count, most: lettersOfName)
    }

    /// Throws `NotebookError.notAChoice` for a value that is none of the field's few words, and
    /// `.outOfRange` for a number that it does not take, `.notABirthday` and `.nameTooLong`.
    package static func check(_ value: Value, _ field: Field, of kind: Kind) throws {
        guard let schema = schema(field, kind), !value.isNull else { return }
        if let text = value.text, !schema.choices.isEmpty, !schema.choices.contains(text) {
            throw NotebookError.notAChoice(
                text, field: FieldWords.field(schema.name, of: kind), choices: schema.choices)
        }
        if schema == Person.birthday, let text = value.text, Birthday(text) == nil {
            throw NotebookError.notABirthday(text)
        }
        if schema.name == "name", let text = value.text { try checkName(text) }
        if let number = value.int, let range = schema.range, !range.contains(number) {
            throw NotebookError.outOfRange(
                "\(number)", field: FieldWords.field(schema.name, of: kind), range)
        }
    }

    /// The changes, each of which the table of kinds takes.
    static func checked(_ changes: [Change], of kind: Kind) throws -> [Change] {
        for case .set(let field, _, let value) in changes {
            try checkNeeded(value, field, of: kind)
            try check(value, field, of: kind)
        }
        return changes
    }

    /// Throws `NotebookError.notAChoice` when two said each a word of a few, and it is to be none.
    static func checkDecided(_ value: Value, _ field: Field, of kind: Kind) throws {
        guard value.isNull, let choices = choices(of: field, of: kind) else { return }
        throw NotebookError.notAChoice(
            "", field: FieldWords.field(Kinds.fieldName(field, of: kind), of: kind),
            choices: choices)
    }

    private static func schema(_ field: Field, _ kind: Kind) -> FieldSchema? {
        Kinds.policy(of: kind)?.schema.field(field)
    }

    private static func what(_ field: String, _ kind: Kind) -> Phrase {
        switch kind {
        case Person.kind.number: "name"
        case Commitment.kind.number: "commitment"
        default: "\(FieldWords.kind(kind))'s \(FieldWords.field(field, of: kind))"
        }
    }
}
