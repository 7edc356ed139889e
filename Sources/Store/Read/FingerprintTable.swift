import Foundation
package import GRDB
package import Replication

/// The sums of the records' fingerprints, by space.
package enum FingerprintTable {
    static func add(_ difference: Fingerprint, to space: SpaceID, _ db: Database) throws {
        var sum =
            try Data.fetchOne(
                db, sql: "SELECT sum FROM fingerprint WHERE space = ?",
                arguments: [Data(space.bytes)]
            ).flatMap { Fingerprint(bytes: $0) } ?? Fingerprint()
        sum += difference
        try db.execute(
            sql: "INSERT OR REPLACE INTO fingerprint(space, sum) VALUES (?, ?)",
            arguments: [Data(space.bytes), Data(sum.bytes)])
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
