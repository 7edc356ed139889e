import GRDB
import Notebook
import Replication
import Store

/// The people of a notebook, one a row: every field of theirs, with names in the place of ids. Who has
/// several numbers in linked records has them in one cell.
struct CSVExport {
    private let db: Database

    init(_ db: Database) { self.db = db }

    func write(_ put: (String) throws -> Void) throws -> Int {
        let fields = Person.kind.fields
        try put(CSVCells.row(["id"] + fields.map(\.name) + ["turf"]))
        var names: [RecordID: String] = [:]
        return try WholePerson.each(db) { person in
            let cells = try fields.map { try cell($0, person, &names) }
            let turfName = try person.turf.map { try name(of: $0, &names) } ?? ""
            try put(CSVCells.row([person.id.description] + cells + [turfName]))
        }
    }

    private func cell(
        _ field: FieldSchema, _ person: WholePerson, _ names: inout [RecordID: String]
    ) throws -> String {
        if field.isSet { return CSVCells.joined(person.texts(of: field)) }
        if [Person.phone, Person.email].contains(field) {
            return person.texts(of: field).joined(separator: "; ")
        }
        guard let value = person.value(of: field) else { return "" }
        if let id = value.id { return try name(of: id, &names) }
        return value.text ?? value.int.map(String.init)
            ?? value.day.map { Day(number: $0).description } ?? ""
    }

    private func name(of id: RecordID, _ names: inout [RecordID: String]) throws -> String {
        if let name = names[id] { return name }
        let name = try NamedRecords.name(of: id, db) ?? ""
        names[id] = name
        return name
    }
}

/// What an id in a field is called.
enum NamedRecords {
    static func name(of id: RecordID, _ db: Database) throws -> String? {
        for kind in [Institution.kind, Turf.kind, Member.kind, Person.kind] {
            let name = try String.fetchOne(
                db, sql: "SELECT name FROM \(kind.table) WHERE id = ?",
                arguments: [Data16.data(id)])
            if let name { return name }
        }
        return nil
    }
}
