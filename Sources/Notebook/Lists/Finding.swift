package import Replication
import Store

/// A record that somebody looked for.
package struct Found: Sendable, Hashable {
    package let key: RecordKey
    package let title: Title
    /// A few words around what was found.
    package let snippet: String
}

extension Notebook {
    /// The records that hold all the words of `text`, or words that begin with them, the best first.
    /// A nickname finds its name. Somebody with several linked records is found once, by the name that
    /// lists show.
    package func find(_ text: String) throws -> [Found] {
        let hits = try store.find(text) { Nicknames.others(of: Folding.name($0)) }
        return try store.read { db in
            let people = try SamePeople(db)
            var found: Set<RecordKey> = []
            return try hits.compactMap { hit in
                let isPerson = hit.key.kind == Person.kind.number
                let key = isPerson ? Person.key(people.canonical(of: hit.key.id)) : hit.key
                guard found.insert(key).inserted else { return nil }
                let state = try Records.state(of: key, db)
                let title = try state.map { try Titles.title(of: key, $0, people, db, today) }
                return Found(key: key, title: title ?? Title(hit.title), snippet: hit.snippet)
            }
        }
    }
}
