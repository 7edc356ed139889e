package import GRDB
import Replication

/// The tables that queries, reports and pages read: one a kind, a row a living record, a column a
/// field that is not long, holding the winner's value. They can be made anew from the cells at any time.
package struct Projection {
    private let schema: Schema

    package init(_ schema: Schema) {
        self.schema = schema
    }

    /// Brings one record's row up to date; a record that is deleted or erased has none.
    func update(_ key: RecordKey, _ state: RecordState, _ db: Database) throws {
        guard let kind = schema[key.kind] else { return }
        guard shows(state), let space = state.space else { return try remove(key, db) }
        var statement = try FastStatement(db, kind.replacement)
        statement.bind(key, space, state, kind)
        try statement.run()
    }

    /// Whether the record has a row at all.
    func shows(_ state: RecordState) -> Bool {
        state.space != nil && (state.life == .alive || state.life == .deletedWhileEdited)
    }

    /// Whether the record's row is there and is what its cells say.
    func isUpToDate(_ key: RecordKey, _ state: RecordState, _ db: Database) throws -> Bool {
        guard let kind = schema[key.kind], let space = state.space else { return false }
        var statement = try FastStatement(db, kind.comparison)
        statement.bind(key, space, state, kind)
        defer { statement.reset() }
        return try statement.step()
    }

    /// Whether every column that this version fills is there.
    func fits(_ db: Database) throws -> Bool {
        try schema.kinds.allSatisfy { kind in
            let columns = try String.fetchSet(
                db.cachedStatement(sql: "SELECT name FROM pragma_table_info(?)"),
                arguments: [kind.name])
            return columns.isSuperset(of: ["id", "space"] + kind.columns.map(\.name))
        }
    }

    func remove(_ key: RecordKey, _ db: Database) throws {
        guard let kind = schema[key.kind] else { return }
        var statement = try FastStatement(db, "DELETE FROM \(kind.table) WHERE id = ?")
        statement.bind(key.id.bytes)
        try statement.run()
    }

    /// Makes all tables anew from the cells.
    package func rebuild(_ db: Database) throws {
        for kind in schema.kinds {
            try db.execute(sql: "DROP TABLE IF EXISTS \(kind.table)")
            try db.run(kind.creation)
            for index in kind.indexed {
                let list = index.columns.map { "\"\($0)\"" }.joined(separator: ", ")
                let condition = index.condition.map { " WHERE \($0)" } ?? ""
                try db.execute(
                    sql: """
                        CREATE INDEX "\(kind.name)By\(index.columns.joined())" ON \(kind.table)(\(list))\(condition)
                        """)
            }
        }
        var statement = try FastStatement(
            db, "SELECT kind, id, state FROM record ORDER BY id, kind")
        while try statement.step() {
            let key = RecordKey(try statement.number(0), try statement.id(1))
            try update(key, RecordState(encoded: statement.bytes(2)), db)
        }
    }
}

extension KindSchema {
    /// The table's name, quoted.
    package var table: String { "\"\(name)\"" }

    var creation: String {
        let columns = columns.map { "\"\($0.name)\" \($0.sqlType)" }
        return """
            CREATE TABLE \(table)(
            \((["id BLOB PRIMARY KEY", "space BLOB NOT NULL"] + columns).joined(separator: ",\n"))
            ) STRICT, WITHOUT ROWID
            """
    }

    /// The statement that writes a row: its id, its space, and a value for each field.
    static func replacement(in kind: String, of fields: [FieldSchema]) -> String {
        let columns = ["id", "space"] + fields.map { "\"\($0.name)\"" }
        let marks = columns.map { _ in "?" }
        return """
            INSERT OR REPLACE INTO "\(kind)"(\(columns.joined(separator: ", ")))
            VALUES (\(marks.joined(separator: ", ")))
            """
    }
}

extension KindSchema {
    /// Finds the row that `replacement` would write.
    fileprivate var comparison: String {
        let fields = columns.map { "AND \"\($0.name)\" IS ?" }.joined(separator: " ")
        return "SELECT 1 FROM \(table) WHERE id = ? AND space IS ? \(fields)"
    }
}

extension FieldSchema {
    fileprivate var sqlType: String {
        if isSet { return "TEXT" }
        return switch type {
        case .text: "TEXT"
        case .int, .day: "INTEGER"
        case .id: "BLOB"
        }
    }
}

extension FastStatement {
    /// Binds a row: id, space, and every column.
    fileprivate mutating func bind(
        _ key: RecordKey, _ space: SpaceID, _ state: RecordState, _ kind: KindSchema
    ) {
        bind(key.id.bytes)
        bind(space.bytes)
        for field in kind.columns {
            if field.isSet {
                bind(elements: state.elements(of: field.number))
            } else {
                bind(state.value(of: field.number), as: field.type)
            }
        }
    }

    /// Binds a value to a column of the given type. A value of another type is left out: a newer
    /// program may have changed the field's type, and the cell still has it.
    fileprivate mutating func bind(_ value: Value?, as type: FieldType) {
        switch (type, value?.type) {
        case (.text, .text): bind(text: value?.bytes ?? [])
        case (.id, .id): bind(value?.bytes ?? [])
        case (.int, .int): bind(value?.int ?? 0)
        case (.day, .day): bind(value?.day ?? 0)
        default: bindNull()
        }
    }

    /// Binds the elements of a set of texts as a JSON array; none is null.
    fileprivate mutating func bind(elements: [Value]) {
        let texts = elements.compactMap(\.text)
        if texts.isEmpty { bindNull() } else { bind(text: Array(JSONText.array(texts).utf8)) }
    }
}

/// Texts as a JSON array, for SQLite's `json_each`.
package enum JSONText {
    package static func array(_ texts: [String]) -> String {
        "[" + texts.map(quoted).joined(separator: ",") + "]"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..<"\u{20}":
                quoted += "\\u00" + Hex.encode([UInt8(scalar.value)])
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
