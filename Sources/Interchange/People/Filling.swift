import Notebook
import Replication
import Store
import Wording

/// What a row may change in a record: what is empty is filled, what is there stays, and what
/// somebody took out stays out.
struct Filling {
    let state: RecordState
    private let isUndo: (Write) -> Bool
    var changes: [Change] = []
    /// Bodies that are made on the way.
    var institutions: [Edit] = []
    /// What was left as it is, in words.
    var remarks: [Phrase] = []

    init(_ state: RecordState, isUndo: @escaping (Write) -> Bool) {
        self.state = state
        self.isUndo = isUndo
    }

    func sets(_ field: FieldSchema) -> Bool {
        changes.contains { change in
            if case .set(field.number, _, _) = change { true } else { false }
        }
    }

    /// Returns whether the field will hold the value.
    @discardableResult
    mutating func set(_ field: FieldSchema, _ value: Value) -> Bool {
        guard let cell = state[field.number], !cell.live.isEmpty else {
            changes.append(.set(field, value))
            return true
        }
        if cell.conflict != nil {
            remarks.append(
                "The field \(field.words) is in conflict here, and stays so (fieldbook conflicts).")
            return false
        }
        guard let here = state.value(of: field.number) else {
            if cell.live.allSatisfy(isUndo) {
                changes.append(.set(field, value))
                return true
            }
            remarks.append("The field \(field.words) was cleared here, and stays empty.")
            return false
        }
        guard !Self.isSame(here, value, field) else { return true }
        differ(field, here: Self.words(here), there: Self.words(value))
        return false
    }

    mutating func insert(_ field: FieldSchema, _ element: Value) {
        let cell = state[CellKey(field: field.number, element: element)]
        guard let cell, !cell.isPresent else {
            if cell == nil { changes.append(.insert(field, element)) }
            return
        }
        if cell.live.allSatisfy(isUndo) {
            changes.append(.insert(field, element))
        } else {
            remarks.append(
                "\(Self.words(element)) was taken out of the field \(field.words) here, and stays out."
            )
        }
    }

    mutating func differ(_ field: FieldSchema, here: String, there: String) {
        remarks.append(
            "The field \(field.words) stays \"\(here.cut)\"; the file has \"\(there.cut)\".")
    }

    /// Whether two values differ only in how they are written.
    private static func isSame(_ a: Value, _ b: Value, _ field: FieldSchema) -> Bool {
        guard a != b else { return true }
        guard let a = a.text, let b = b.text else { return false }
        switch field.number {
        case Person.phone.number: return Folding.phone(a) ?? a == Folding.phone(b) ?? b
        case Person.email.number: return Folding.email(a) ?? a == Folding.email(b) ?? b
        default: return Folding.name(a) == Folding.name(b)
        }
    }

    private static func words(_ value: Value) -> String {
        value.text ?? value.int.map(String.init) ?? value.day.map { "\(Day(number: $0))" }
            ?? value.id?.shortened ?? "something else"
    }
}

extension FieldSchema {
    /// What people call a field of a person.
    var words: Phrase { FieldWords.field(name, of: Person.kind.number) }
}
