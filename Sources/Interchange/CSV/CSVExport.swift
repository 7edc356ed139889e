import GRDB
import Notebook
import Replication
import Store

/// The people of a notebook, one a row: every field of theirs, with names in the place of ids.
struct CSVExport {
    private let db: Database

    init(_ db: Database) { self.db = db }

    func write(_ put: (String) throws -> Void) throws -> Int {
        let fields = Person.kind.fields
        try put(CSVCells.row(["id"] + fields.map(\.name) + ["turf"]))
        var names: [RecordID: String] = [:]
        let people = try PeopleByName.ids(db)
        var count = 0
        for id in people {
            guard let state = try Records.state(of: Person.key(id), db) else { continue }
            let cells = try fields.map { try cell($0, state, &names) }
            let turf = state.space.flatMap { $0 == Space.organizers ? nil : $0 }
            let turfName = try turf.map { try name(of: $0, &names) } ?? ""
            try put(CSVCells.row([id.description] + cells + [turfName]))
            count += 1
        }
        return count
    }

    private func cell(
        _ field: FieldSchema, _ state: RecordState, _ names: inout [RecordID: String]
    ) throws -> String {
        if field.isSet {
            return CSVCells.joined(state.elements(of: field.number).compactMap(\.text))
        }
        guard let value = state.value(of: field.number) else { return "" }
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

/// Everybody in the order of their names.
enum PeopleByName {
    static func ids(_ db: Database) throws -> [RecordID] {
        var row = try FastStatement(
            db, "SELECT id FROM person ORDER BY name COLLATE NOCASE, id")
        var ids: [RecordID] = []
        while try row.step() { ids.append(try row.id(0)) }
        return ids
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
