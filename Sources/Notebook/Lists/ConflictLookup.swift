package import Replication
import Store
package import Wording

extension Conflict {
    /// The field in people's words.
    package var fieldWords: Phrase { FieldWords.field(field, of: key.kind) }

    /// The field's number on the wire.
    package var fieldNumber: Field { cell.field }

    /// Somebody deleted the record while somebody else wrote about it.
    package var isDeleteBesideEdit: Bool { cell.field == CommonField.life }

    /// "phone, by Ana Reyes and Bo Lind"; "deleted by Ana Reyes while Bo Lind edited"
    package var outline: Phrase {
        let people = values.map(\.by)
        guard isDeleteBesideEdit, people.count == 2 else {
            return "\(fieldWords), by \(people.listed("and"))"
        }
        return "deleted by \(people[0]) while \(people[1]) edited"
    }
}

extension Notebook {
    /// What waits to be settled of one person.
    package func conflicts(of person: RecordID) throws -> [Conflict] {
        try conflicts().filter { $0.key == Person.key(person) }
    }

    /// The open conflict that somebody means by a field's name or its words, in whatever case.
    /// Throws `NotebookError.notInConflict`, `.noConflict` or `.noSuchField`.
    package func findConflict(_ text: String, in record: RecordKey) throws -> Conflict {
        let open = try conflicts().filter { $0.key == record }
        let wanted = text.lowercased()
        let meant = open.first {
            $0.fieldWords.isMeant(by: wanted) || $0.field.lowercased() == wanted
        }
        if let meant { return meant }
        guard open.isEmpty else {
            throw NotebookError.notInConflict(field: text, open: open.map(\.fieldWords.text))
        }
        guard Kinds.has(fieldCalled: wanted, kind: record.kind) else {
            let schema = Kinds.policy(of: record.kind)?.schema
            throw NotebookError.noSuchField(
                kind: FieldWords.kind(record.kind), field: text,
                nearest: schema.flatMap { FieldWords.nearest(to: text, of: $0) })
        }
        throw NotebookError.noConflict(field: text)
    }
}

extension Kinds {
    /// Whether a kind has a field of this name or these words, in lower case.
    fileprivate static func has(fieldCalled wanted: String, kind: Kind) -> Bool {
        let fields = policy(of: kind)?.schema.fields.map(\.name) ?? []
        return (fields + ["life", "space"]).contains {
            $0.lowercased() == wanted || FieldWords.field($0, of: kind).isMeant(by: wanted)
        }
    }
}
