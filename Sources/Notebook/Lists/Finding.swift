package import Replication
import Store
import Wording

/// A record that somebody looked for.
package struct Found: Sendable, Hashable {
    package let key: RecordKey
    package let title: Title
    /// A few words around what was found.
    package let snippet: String
}

/// Somebody who may be meant by a name that is misspelt.
package struct Lookalike: Sendable, Hashable {
    package let id: RecordID
    package let name: String
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

    /// People whom somebody may mean by a name that nothing here holds, the likeliest first: those who
    /// may be a person of that name, or else those who are called so but for a slip or two in each
    /// word.
    package func lookalikes(of name: String, most: Int = 3) throws -> [Lookalike] {
        let known = try acquaintances(like: LinkagePerson(name: name), most: most)
        guard known.isEmpty else { return known.map { Lookalike(id: $0.id, name: $0.name) } }
        let words = Folding.name(name).split(separator: " ").map(String.init)
        let near = try people().compactMap { person in
            Self.slips(from: words, to: person.name).map { (slips: $0, person: person) }
        }
        return near.sorted { ($0.slips, $0.person.name) < ($1.slips, $1.person.name) }
            .prefix(most).map { Lookalike(id: $0.person.id, name: $0.person.name) }
    }

    /// How many slips make words of a name out of these words; nil where one is like none of them.
    private static func slips(from words: [String], to name: String) -> Int? {
        let parts = Folding.name(name).split(separator: " ").map(String.init)
        return words.reduce(0 as Int?) { sum, word in
            let fewest = parts.compactMap { Spelling.slips(from: word, to: $0) }.min()
            return sum.flatMap { sum in fewest.map { sum + $0 } }
        }
    }
}
