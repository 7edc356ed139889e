import Foundation
import GRDB
import Replication
import Store

extension Kind {
    static let person: Kind = 1
    static let meeting: Kind = 2
    /// One that the sample schema does not know.
    static let future: Kind = 900
}

extension FieldSchema {
    static let name = FieldSchema(16, "name", .text, isSearchable: true)
    static let notes = FieldSchema(17, "notes", .text, isSearchable: true)
    static let born = FieldSchema(18, "born", .day)
    static let visits = FieldSchema(19, "visits", .int)
    static let languages = FieldSchema(20, "languages", .text, rule: .set, isSearchable: true)
    static let sponsor = FieldSchema(21, "sponsor", .id)
    static let color = FieldSchema(22, "color", .text, rule: .latest)
    static let origin = FieldSchema(23, "origin", .text, rule: .once)
    /// One that the sample schema does not know.
    static let nickname = FieldSchema(40, "nickname", .text)
}

extension Schema {
    private static let personFields: [FieldSchema] = [
        .name, .notes, .born, .visits, .languages, .sponsor, .color, .origin,
    ]

    /// A field of every type and rule.
    static let sample = Schema([
        KindSchema(.person, "person", indexed: [["name"]], fields: personFields),
        KindSchema(.meeting, "meeting", fields: [FieldSchema(16, "place", .text)]),
    ])

    /// The same as a later version of the program would have it.
    static let later = Schema([
        KindSchema(.person, "person", indexed: [["name"]], fields: personFields + [.nickname]),
        KindSchema(.meeting, "meeting", fields: [FieldSchema(16, "place", .text)]),
        KindSchema(.future, "vow", fields: [FieldSchema(16, "words", .text)]),
    ])
}

extension Store {
    /// Every row of every projected table, as text.
    func tables() throws -> [String] {
        try read { db in
            try schema.kinds.flatMap { kind in
                try Row.fetchAll(db, sql: "SELECT * FROM \(kind.table) ORDER BY id").map {
                    "\(kind.name) \($0)"
                }
            }
        }
    }

    func fingerprints() throws -> [SpaceID: Fingerprint] {
        try read { try FingerprintTable.all($0) }
    }

    /// The column of one person's row.
    func column<Value: DatabaseValueConvertible>(
        _ name: String, of key: RecordKey, as _: Value.Type = Value.self
    ) throws -> Value? {
        try read { db in
            try Value.fetchOne(
                db, sql: "SELECT \"\(name)\" FROM person WHERE id = ?",
                arguments: [key.id.data])
        }
    }

    /// Runs SQL past the one write path, as a fault would.
    func tamper(_ sql: String) throws {
        try file.write { try $0.execute(sql: sql) }
    }

    func number(_ sql: String) throws -> Int {
        try read { try Int.fetchOne($0, sql: sql) ?? -1 }
    }
}

extension RecordID {
    var data: Data { Data(bytes) }
}
