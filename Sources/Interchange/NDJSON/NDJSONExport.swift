package import GRDB
package import Notebook
import Replication
import Store

/// Every record that may be read here, one a line: by kind, then by id.
package struct NDJSONExport {
    private let db: Database
    private let me: Me
    private let hasForeign: Bool

    package init(_ db: Database, of me: Me) throws {
        self.db = db
        self.me = me
        hasForeign =
            try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \"foreign\")") ?? false
    }

    /// Returns how many lines there were.
    package func write(_ put: ([UInt8]) throws -> Void) throws -> Int {
        var count = 0
        for name in try names() {
            try lines(of: name) { line in
                try put(line.bytes)
                count += 1
            }
        }
        return count
    }

    /// The names of the kinds that there are, in the order of their bytes.
    private func names() throws -> [String] {
        let own = try Records.kinds(db).filter { !KindName.isOurOwnAffair($0) }
            .map { Kinds.policy(of: $0)?.schema.name ?? "kind \($0)" }
        let foreign = try String.fetchAll(
            db, sql: "SELECT DISTINCT \"of\" FROM \"foreign\" WHERE \"of\" IS NOT NULL")
        return Set(own + foreign).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private func lines(of name: String, _ body: (RecordLine) throws -> Void) throws {
        switch KindName(name) {
        case .known(let kind), .numbered(let kind):
            try Records.forEach(of: kind, db) { key, state in
                guard try !isUnneededSelf(key, state) else { return }
                var line = RecordLine(key, state)
                try addWay(of: key, to: &line)
                if hasForeign { try add(to: &line) }
                try body(line)
            }
        case .foreign(let name):
            try foreignLines(of: name, body)
        }
    }

    /// What fields held before that say a way.
    private func addWay(of key: RecordKey, to line: inout RecordLine) throws {
        let fields = Kinds.policy(of: key.kind)?.schema.fields.filter(\.isWay) ?? []
        guard !fields.isEmpty else { return }
        let entries = try History.entries(of: key, db).filter { !$0.isLive }
        for field in fields {
            let values = entries.filter { $0.cell.field == field.number }
                .map { TypedValue.json($0.write.value, as: field.type) }
            if !values.isEmpty { line.before[field.name] = .list(values) }
        }
    }

    /// The fields that nobody here knows, as they came.
    private func add(to line: inout RecordLine) throws {
        guard let kept = try Kept.object(of: line.kind, line.id, db)?["fields"]?.object else {
            return
        }
        line.fields.merge(kept) { known, _ in known }
    }

    private func foreignLines(of name: String, _ body: (RecordLine) throws -> Void) throws {
        let records = try Data16.ids(
            db,
            """
            SELECT record FROM "foreign" WHERE "of" = ? AND record IS NOT NULL ORDER BY record
            """, name)
        for id in records {
            guard let kept = try Kept.object(of: name, id, db) else { continue }
            var line = RecordLine(kind: name, id: id)
            line.fields = kept["fields"]?.object ?? [:]
            line.conflicts = kept["conflicts"]?.object ?? [:]
            line.isDeleted = kept["deleted"] == .flag(true)
            line.space = kept["space"]?.text
            try body(line)
        }
    }

    /// Who keeps a notebook is in it from its beginning. In an export they are only when something
    /// names them, so that an import into an empty notebook gives the same export again.
    private func isUnneededSelf(_ key: RecordKey, _ state: RecordState) throws -> Bool {
        guard key == Member.key(me.member), state.value(of: Member.person.number) == nil else {
            return false
        }
        for policy in Kinds.all where !KindName.isOurOwnAffair(policy.schema.number) {
            let fields = policy.schema.fields.filter { $0.type == .id && !$0.isSet && !$0.isLong }
            guard !fields.isEmpty else { continue }
            let condition = fields.map { "\"\($0.name)\" = ?1" }.joined(separator: " OR ")
            let isNamed = try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM \(policy.schema.table) WHERE \(condition))",
                arguments: [Data16.data(me.member)])
            if isNamed ?? false { return false }
        }
        return true
    }
}

/// What imports brought of one record that nobody here knows.
enum Kept {
    static func object(
        of kind: String, _ id: RecordID, _ db: Database
    ) throws -> [String: JSONValue]? {
        guard let state = try Records.state(of: Foreign.key(kind, id), db) else { return nil }
        return object(in: state)
    }

    static func object(in state: RecordState) -> [String: JSONValue]? {
        guard state.life == .alive, let json = state.value(of: Foreign.json.number)?.text else {
            return nil
        }
        return try? JSONReader.value(Array(json.utf8)).object
    }
}
