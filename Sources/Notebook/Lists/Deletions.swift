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
    /// The keys of what is deleted here, by whomever: of the kinds that leaders write, too.
    package func deletedKeys() throws -> Set<RecordKey> {
        try store.read { db in
            Set(try Kinds.writtenByLeaders.flatMap { try Records.deletedKeys($0, db) })
        }
    }

    /// What others deleted in the last two weeks, the latest first: of the kinds that leaders write,
    /// too, and besides what was deleted already.
    package func deletionsByOthers(besides known: Set<RecordKey> = []) throws -> [Deletion] {
        let mine = Set(me.ids)
        let deleted = try deletedKeys().subtracting(known)
        guard !deleted.isEmpty else { return [] }
        return try store.read { db in
            let (names, people) = (try Names(db), try SamePeople(db))
            return
                try deleted
                .compactMap { key -> Deletion? in
                    guard let state = try Records.state(of: key, db),
                        let write = state[CommonField.life]?.winner,
                        !mine.contains(write.author),
                        today - zone.day(at: write.effective.milliseconds) < 14
                    else { return nil }
                    return Deletion(
                        key: key, title: try Titles(people, db, today).title(of: key, state),
                        by: try names.name(of: write.author, db),
                        at: write.effective.milliseconds)
                }
                .sorted { ($1.at, $0.key.id) < ($0.at, $1.key.id) }
        }
    }
}
