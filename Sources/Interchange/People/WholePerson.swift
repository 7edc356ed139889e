import GRDB
import Notebook
import Replication
import Store

/// A person as lists in files have them: one, out of however many linked records. What the first does
/// not say, the next one says.
struct WholePerson {
    let id: RecordID
    private let states: [RecordState]

    /// Hands over everybody, in the order of their names. Returns how many they are.
    static func each(_ db: Database, _ take: (WholePerson) throws -> Void) throws -> Int {
        var count = 0
        for entries in try SamePeople(db).together(ids(db), \.self) {
            let states = try entries.compactMap { try Records.state(of: Person.key($0), db) }
            guard !states.isEmpty else { continue }
            try take(WholePerson(id: entries[0], states: states))
            count += 1
        }
        return count
    }

    private static func ids(_ db: Database) throws -> [RecordID] {
        var row = try FastStatement(
            db, "SELECT id FROM person ORDER BY name COLLATE NOCASE, id")
        var ids: [RecordID] = []
        while try row.step() { ids.append(try row.id(0)) }
        return ids
    }

    func value(of field: FieldSchema) -> Value? {
        states.lazy.compactMap { $0.value(of: field.number) }.first { !$0.isNull }
    }

    /// The elements of a set, or the numbers or addresses by which somebody is reached: those of every
    /// record, each once, however it is written.
    func texts(of field: FieldSchema) -> [String] {
        let texts = states.flatMap { state in
            field.isSet
                ? state.elements(of: field.number).compactMap(\.text)
                : [state.value(of: field.number)?.text].compactMap(\.self)
        }
        return (field == Person.phone ? texts.flatMap(Folding.phones) : texts)
            .uniqued { Self.fold($0, field) }
    }

    private static func fold(_ text: String, _ field: FieldSchema) -> String {
        switch field {
        case Person.phone: Folding.phone(text) ?? text
        case Person.email: Folding.email(text) ?? text
        default: text
        }
    }

    /// Nil with the organizers alone.
    var turf: RecordID? {
        states.lazy.compactMap(\.space).first { $0 != Space.organizers }
    }
}
