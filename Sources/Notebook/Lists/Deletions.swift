import GRDB
package import Replication
import Store

/// A record that somebody else deleted.
package struct Deletion: Sendable {
    package let key: RecordKey
    package let title: Title
    package let by: String
    /// Milliseconds since 1970.
    package let at: UInt64
}

extension Notebook {
    /// What others deleted in so many days, the latest first: of the kinds that leaders write, too.
    package func deletionsByOthers(within days: Int64 = 14) throws -> [Deletion] {
        let mine = Set(me.ids)
        return try store.read { db in
            let (names, people) = (try Names(db), try SamePeople(db))
            return try Kinds.writtenByLeaders.sorted()
                .flatMap { try Records.deleted($0, db) }
                .compactMap { key, state -> Deletion? in
                    guard let write = state[CommonField.life]?.winner,
                        !mine.contains(write.author),
                        today - zone.day(at: write.effective.milliseconds) < days
                    else { return nil }
                    return Deletion(
                        key: key, title: try Titles.title(of: key, state, people, db, today),
                        by: try names.name(of: write.author, db),
                        at: write.effective.milliseconds)
                }
                .sorted { ($1.at, $0.key.id) < ($0.at, $1.key.id) }
        }
    }
}
