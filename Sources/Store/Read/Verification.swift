import Foundation
import GRDB
package import Replication
package import Wording

/// What a check of a whole file found.
package struct Verification: Sendable {
    package var records = 0
    package var commits = 0
    package var fingerprints: [SpaceID: Fingerprint] = [:]
    /// What is wrong, one sentence each; empty when nothing is.
    package var problems: [Phrase] = []
    package var isOK: Bool { problems.isEmpty }
}

extension Store {
    /// Checks SQLite's own structure, this device's chain, every record's cells, the fingerprints
    /// and the projected tables. Reads everything and changes nothing.
    package func verify() throws -> Verification {
        try asMade {
            try read { db in
                var result = Verification()
                let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check(5)")
                if integrity != ["ok"] { result.problems.append("SQLite's integrity check fails.") }
                guard try areTablesThere(&result, db) else { return result }
                try verifyChain(&result, db)
                try verifyTables(verifyRecords(&result, db), &result, db)
                return result
            }
        }
    }

    /// Names the tables that are missing, without which nothing more can be said, and those that nobody
    /// here has made.
    private func areTablesThere(_ result: inout Verification, _ db: Database) throws -> Bool {
        let there = try Self.tables(db)
        let made = try Self.ownTables.get().union(schema.kinds.map(\.name))
        for name in made.subtracting(there).sorted() {
            result.problems.append("The table \(name) is missing.")
        }
        for name in there.subtracting(made).sorted() {
            result.problems.append("There is a table \(name) that Fieldbook did not make.")
        }
        return made.isSubset(of: there)
    }

    /// Of every notebook, whatever its program knows.
    private static let ownTables = Result {
        try DatabaseFile(path: nil, format: .notebook, creating: true).read(tables)
    }

    /// All but SQLite's own, which those who tune a database make.
    private static func tables(_ db: Database) throws -> Set<String> {
        try String.fetchSet(
            db,
            sql: """
                SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
                """)
    }

    private func verifyChain(_ result: inout Verification, _ db: Database) throws {
        let meta = try Meta.load(db)
        let secrets = try OwnLog.secrets(from: 1, db)
        var head = ChainHead()
        try OwnLog.forEach(of: device, from: 1, db) { row in
            let dot = row.commit.dot
            let salt = secrets.salt(for: dot)
            let digest = salt.map {
                row.commit.digest(salt: $0, payload: Payload.encode(row.commit.writes))
            }
            if (digest != row.digest && !row.isStub) || dot.seq != head.seq + 1 {
                result.problems.append("Entry \(dot.seq) of this notebook's own log was altered.")
            }
            head = head.appending(row.digest)
            if head.seq == meta.acknowledged.seq, head.hash != meta.acknowledged.hash {
                result.problems.append("The log differs from what the hub acknowledged.")
            }
            return true
        }
        result.commits = Int(head.seq)
        if let seq = try OwnLog.firstEmptied(db) {
            result.problems.append(
                "The content of entry \(seq) is gone, and nobody has erased its record.")
        }
        if let dot = try FormerLog.firstAltered(db) {
            result.problems.append("Entry \(dot.seq) of this notebook's earlier log was altered.")
        }
        if head != meta.head { result.problems.append("This notebook's own log is incomplete.") }
    }

    /// What the records say of one table.
    private struct Expectation {
        var rows = 0
        var differing = 0
    }

    private func verifyRecords(
        _ result: inout Verification, _ db: Database
    ) throws -> [Kind: Expectation] {
        let projection = Projection(schema)
        var expected: [Kind: Expectation] = [:]
        var statement = try FastStatement(
            db, "SELECT kind, id, space, state, fingerprint FROM record")
        while try statement.step() {
            result.records += 1
            let id = RecordID(bytes: statement.bytes(1)) ?? RecordID(rawValue: 0)
            let key = RecordKey(try statement.number(0), id)
            guard let state = try? RecordState(encoded: statement.bytes(3)) else {
                result.problems.append("The record \(id) cannot be read.")
                continue
            }
            let fingerprint = Fingerprint(of: key, state)
            let space = state.space ?? Space.organizers
            if fingerprint.bytes != statement.bytes(4) || space.bytes != statement.bytes(2) {
                result.problems.append("The record \(id) was altered.")
            }
            result.fingerprints[space, default: Fingerprint()] += fingerprint
            guard schema[key.kind] != nil, projection.shows(state) else { continue }
            expected[key.kind, default: Expectation()].rows += 1
            if try !projection.isUpToDate(key, state, db) {
                expected[key.kind, default: Expectation()].differing += 1
            }
        }
        result.fingerprints = result.fingerprints.filter { $0.value != Fingerprint() }
        if try result.fingerprints != FingerprintTable.all(db) {
            result.problems.append("The fingerprints do not match the records.")
        }
        return expected
    }

    private func verifyTables(
        _ expected: [Kind: Expectation], _ result: inout Verification, _ db: Database
    ) throws {
        for kind in schema.kinds {
            let rows = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(kind.table)") ?? 0
            let expectation = expected[kind.number] ?? Expectation()
            if rows != expectation.rows {
                result.problems.append("The table of \(kind.name) is incomplete.")
            } else if expectation.differing > 0 {
                result.problems.append("The table of \(kind.name) is not what the records say.")
            }
        }
    }
}
