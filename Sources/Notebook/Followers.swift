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
        if case .spaces? = try store.meta().cursor?.scope { return 0 }
        let edits = try store.read { db in
            try Kinds.dependents.flatMap { kind, field in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT d.id, p.space FROM \(kind.table) d
                        JOIN person p ON p.id = d."\(field.name)" WHERE p.space <> d.space
                        """
                ).compactMap { row -> Edit? in
                    guard let id = row.id("id"), let space = row.id("space") else { return nil }
                    let key = RecordKey(kind.number, id)
                    guard try !writtenHere || Records.isWrittenHere(key, db) else { return nil }
                    return Edit(key, [.move(space)])
                }
            }
        }
        guard !edits.isEmpty else { return 0 }
        return try commit(edits).count
    }
}
