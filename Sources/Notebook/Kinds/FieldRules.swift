package import Replication
import Store

/// What a field takes beyond its type. The verbs write nothing else; whoever settles a conflict by
/// hand is held to it too.
package enum FieldRules {
    /// The words of a field that takes one of a few; nil for one that takes any text.
    package static func choices(of field: Field, of kind: Kind) -> [String]? {
        switch (kind, field) {
        case (Commitment.kind.number, Commitment.status.number):
            [Commitment.open, Commitment.kept, Commitment.broken]
        case (Commitment.kind.number, Commitment.direction.number): ["they", "we"]
        case (OneToOne.kind.number, OneToOne.status.number): [OneToOne.held]
        case (SamePerson.kind.number, SamePerson.verdict.number):
            [SamePerson.same, SamePerson.different]
        default: nil
        }
    }

    /// Throws `NotebookError.empty` for a value that would leave a record without what it is known
    /// by: nobody could name it any more.
    static func checkNeeded(_ value: Value, _ field: Field, of kind: Kind) throws {
        let isFilled = !Folding.name(value.text ?? "").isEmpty
        guard let what = needed(field, of: kind), !isFilled else { return }
        throw NotebookError.empty(what: what)
    }

    /// Throws `NotebookError.notAChoice` for a value that is none of the field's few words.
    static func checkChoice(_ value: Value, _ field: Field, of kind: Kind) throws {
        guard let choices = choices(of: field, of: kind) else { return }
        let text = value.text ?? ""
        guard choices.contains(text) else {
            throw NotebookError.notAChoice(
                text, field: Kinds.fieldName(field, of: kind), choices: choices)
        }
    }

    private static func needed(_ field: Field, of kind: Kind) -> String? {
        switch (kind, field) {
        case (Person.kind.number, Person.name.number): "name"
        case (Turf.kind.number, Turf.name.number): "turf's name"
        case (Institution.kind.number, Institution.name.number): "institution's name"
        case (Member.kind.number, Member.name.number): "member's name"
        case (Commitment.kind.number, Commitment.what.number): "commitment"
        default: nil
        }
    }
}
