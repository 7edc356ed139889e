import GRDB
package import Replication
import Store

/// Who named somebody as worth meeting, and whom they named, each once.
package struct Referrals: Sendable, Hashable {
    package let by: [RecordID]
    package let of: [RecordID]
}

extension Notebook {
    /// The referrals that a person, of whichever linked records, gave and was given.
    package func referrals(of person: RecordID) throws -> Referrals {
        try store.read { db in
            let same = try SamePeople(db)
            return Referrals(
                by: try Self.named("from", where: "to", isOneOf: same.all(of: person), same, db),
                of: try Self.named("to", where: "from", isOneOf: same.all(of: person), same, db))
        }
    }

    /// By name.
    private static func named(
        _ end: String, where otherEnd: String, isOneOf people: [RecordID], _ same: SamePeople,
        _ db: Database
    ) throws -> [RecordID] {
        var found: Set<RecordID> = []
        return try Row.fetchAll(
            db,
            sql: """
                SELECT person.id AS named FROM relationship AS r JOIN person ON person.id = r."\(end)"
                WHERE r."\(otherEnd)" IN (\(people.marks)) AND r.kind = 'refers'
                ORDER BY person.name, person.id
                """, arguments: StatementArguments(people.map(\.data))
        ).compactMap { $0.id("named").map(same.canonical) }.filter { found.insert($0).inserted }
    }
}
