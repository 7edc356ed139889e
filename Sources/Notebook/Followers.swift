import Foundation
import GRDB
import Replication
import Store

extension Notebook {
    /// Moves what this device wrote about people who have meanwhile been assigned to a turf, so
    /// that it lives where they live. Returns how many records followed.
    ///
    /// Somebody who was offline when a person moved has written about them in the old space. The
    /// device that made a record moves it after its exchange, so that no two do; what leaders
    /// wrote, who may not move anything, the hub moves at night (`writtenHere` false).
    @discardableResult
    package func followMovedPeople(writtenHere: Bool = true) throws -> Int {
        // Without a move from elsewhere nobody here can have stayed behind.
        if writtenHere, try !store.read({ try Setting.hasMoved($0) }) { return 0 }
        if try isOfTurfsAlone { return 0 }
        return try store.write { transaction in
            let edits = try transaction.read { try Self.strays(writtenHere, $0) }
            for start in stride(from: 0, to: edits.count, by: Limits.actCommits) {
                let act = edits[start...].prefix(Limits.actCommits)
                try transaction.commit(Array(act), by: me.member)
            }
            try transaction.forgetMoves()
            return edits.count
        }
    }

    /// A move to their person's space for each record that lives elsewhere.
    private static func strays(_ writtenHere: Bool, _ db: Database) throws -> [Edit] {
        let isOurs =
            writtenHere
            ? "AND d.id IN (SELECT record FROM log UNION SELECT record FROM formerLog)" : ""
        let dependents = try Kinds.dependents.flatMap { kind, field in
            try moves(
                of: kind,
                """
                SELECT d.id, p.space FROM \(kind.table) d
                JOIN person p ON p.id = d."\(field.name)" WHERE p.space <> d.space \(isOurs)
                """, [], db)
        }
        let pairs = try moves(
            of: SamePerson.kind,
            """
            SELECT d.id, iif(a.space = b.space, a.space, ?1) AS space FROM samePerson d
            JOIN person a ON a.id = d.a JOIN person b ON b.id = d.b
            WHERE d.space <> iif(a.space = b.space, a.space, ?1) \(isOurs)
            """, [Space.organizers.data], db)
        return dependents + pairs
    }

    private static func moves(
        of kind: KindSchema, _ sql: String, _ arguments: StatementArguments, _ db: Database
    ) throws -> [Edit] {
        try Row.fetchAll(db, sql: sql, arguments: arguments).compactMap { row in
            guard let id = row.id("id"), let space = row.id("space") else { return nil }
            return Edit(RecordKey(kind.number, id), [.move(space)])
        }
    }
}
