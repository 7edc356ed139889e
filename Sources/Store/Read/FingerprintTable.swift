import Foundation
package import GRDB
package import Replication

/// The sums of the records' fingerprints, by space.
package enum FingerprintTable {
    static func add(_ difference: Fingerprint, to space: SpaceID, _ db: Database) throws {
        var sum =
            try Data.fetchOne(
                db.cachedStatement(sql: "SELECT sum FROM fingerprint WHERE space = ?"),
                arguments: [Data(space.bytes)]
            ).flatMap { Fingerprint(bytes: $0) } ?? Fingerprint()
        sum += difference
        try db.run(
            "INSERT OR REPLACE INTO fingerprint(space, sum) VALUES (?, ?)",
            [Data(space.bytes), Data(sum.bytes)])
    }

    /// The fingerprints of the spaces of a scope that have records.
    private static func sums(of scope: Scope, _ db: Database) throws -> [SpaceID: Fingerprint] {
        try all(db).filter { scope.contains($0.key) }
    }

    /// One fingerprint of everything in a scope.
    package static func combined(_ scope: Scope, _ db: Database) throws -> Fingerprint {
        Fingerprint(of: try sums(of: scope, db))
    }

    /// What a comparison asks of a notebook that may read the spaces of a scope.
    package static func sums(
        _ compare: Compare, in scope: Scope, _ db: Database
    ) throws -> [Sum] {
        switch compare {
        case .spaces:
            return try sums(of: scope, db).map { Sum(.space($0.key), $0.value) }
        case .buckets(let space):
            guard scope.contains(space) else { return [] }
            return try buckets(of: space, db).map { Sum(.bucket($0.key), $0.value) }
        case .records(let space, let some):
            guard scope.contains(space) else { return [] }
            return try records(of: space, in: Set(some), db).map { Sum(.record($0.key), $0.value) }
        }
    }

    /// The sums of a space's buckets: of the records whose ids end in the same byte.
    private static func buckets(
        of space: SpaceID, _ db: Database
    ) throws -> [UInt8: Fingerprint] {
        var sums: [UInt8: Fingerprint] = [:]
        try forEach(of: space, db) { key, sum in
            sums[UInt8(truncatingIfNeeded: key.id.rawValue), default: Fingerprint()] += sum
        }
        return sums.filter { $0.value != Fingerprint() }
    }

    /// The fingerprints of the records in some of a space's buckets.
    private static func records(
        of space: SpaceID, in buckets: Set<UInt8>, _ db: Database
    ) throws -> [RecordKey: Fingerprint] {
        var sums: [RecordKey: Fingerprint] = [:]
        try forEach(of: space, db) { key, sum in
            if buckets.contains(UInt8(truncatingIfNeeded: key.id.rawValue)) { sums[key] = sum }
        }
        return sums
    }

    private static func forEach(
        of space: SpaceID, _ db: Database, _ body: (RecordKey, Fingerprint) -> Void
    ) throws {
        var row = try FastStatement(
            db, "SELECT kind, id, fingerprint FROM record WHERE space = ?")
        row.bind(space.bytes)
        while try row.step() {
            body(
                RecordKey(try row.number(0), try row.id(1)),
                Fingerprint(rawValue: try row.id(2).rawValue))
        }
    }

    /// The fingerprint of every space that has records.
    package static func all(_ db: Database) throws -> [SpaceID: Fingerprint] {
        var sums: [SpaceID: Fingerprint] = [:]
        var row = try FastStatement(db, "SELECT space, sum FROM fingerprint")
        while try row.step() {
            let (space, sum) = try (row.id(0), Fingerprint(rawValue: row.id(1).rawValue))
            if sum != Fingerprint() { sums[space] = sum }
        }
        return sums
    }
}

extension Store {
    /// One fingerprint of everything that the device may read; nil while something of it is unsent,
    /// or wanted.
    package func fingerprint() throws -> Fingerprint? {
        try read { db in
            try Self.evenCursor(db).map { try FingerprintTable.combined($0.scope, db) }
        }
    }

    /// What a comparison asks, of what the device may read; nil, too, where the notebook stands
    /// elsewhere by now than at `cursor`.
    package func sums(_ compare: Compare, at cursor: Replication.Cursor?) throws -> [Sum]? {
        try read { db in
            guard let own = try Self.evenCursor(db), own == cursor else { return nil }
            return try FingerprintTable.sums(compare, in: own.scope, db)
        }
    }

    /// Where the notebook stands, if nothing is unsent and nothing wanted.
    private static func evenCursor(_ db: Database) throws -> Replication.Cursor? {
        let meta = try Meta.load(db)
        guard meta.pending == 0, try Wanted.all(db).isEmpty else { return nil }
        return meta.cursor
    }
}
