import GRDB
package import Replication
import Store
import Wording

/// A record that somebody looked for.
package struct Found: Sendable, Hashable {
    package let key: RecordKey
    /// Whom it is about: of somebody linked the record that stands for them; nil where it is about
    /// nobody in particular, or about somebody who is not here.
    package let person: RecordID?
    package let title: Title
    /// A few words around what was found.
    package let snippet: String
}

extension Notebook {
    /// The records that hold all the words of `text`, or words that begin with them, the best first.
    /// A nickname finds its name, and a telephone number who has it, however it is written. Somebody
    /// with several linked records is found once, by the name that lists show.
    package func find(_ text: String) throws -> [Found] {
        let hits =
            try bearers(ofPhone: text)
            + store.find(text) { Nicknames.others(of: Folding.name($0)) }
            .map { (key: $0.key, title: $0.title, snippet: $0.snippet) }
        return try store.read { db in
            let people = try SamePeople(db)
            var found: Set<RecordKey> = []
            return try hits.compactMap { hit in
                let isPerson = hit.key.kind == Person.kind.number
                let key = isPerson ? Person.key(people.canonical(of: hit.key.id)) : hit.key
                guard found.insert(key).inserted else { return nil }
                let state = try Records.state(of: key, db)
                let title = try state.map { try Titles(people, db, today).title(of: key, $0) }
                return Found(
                    key: key, person: try state.flatMap { try subject(of: key, $0, people, db) },
                    title: title ?? Title(hit.title), snippet: hit.snippet)
            }
        }
    }

    private func bearers(
        ofPhone text: String
    ) throws -> [(key: RecordKey, title: String, snippet: String)] {
        let signs = "0123456789+-./() "
        guard let number = Folding.phone(text), text.allSatisfy(signs.contains) else { return [] }
        let forms = ContactSearch(LinkagePerson(name: "", phones: [text])).forms
        return try store.keys(of: Person.kind.number, holding: forms).compactMap { id in
            guard let person = try entry(id),
                let phone = person.phones.first(where: { Folding.phone($0) == number })
            else { return nil }
            return (Person.key(id), person.name, phone)
        }
    }

    private func subject(
        of key: RecordKey, _ state: RecordState, _ people: SamePeople, _ db: Database
    ) throws -> RecordID? {
        if key.kind == Person.kind.number { return key.id }
        guard let field = Kinds.policy(of: key.kind)?.personField,
            let person = state.value(of: field.number)?.id.map(people.canonical)
        else { return nil }
        return try Self.entry(person, db).map(\.id)
    }

    /// People whom somebody may mean by a name that nothing here holds, the likeliest first: those who
    /// may be a person of that name, or else those who are called so but for a slip in each word,
    /// however many bear the name. With `wholly`, a part of their name is not enough.
    package func lookalikes(
        of person: LinkagePerson, besides own: RecordID? = nil, wholly: Bool = false, most: Int = 3
    ) throws -> [Acquaintance] {
        let known = try acquaintances(like: person, besides: own, most: most)
        guard known.isEmpty else { return known }
        let words = Self.words(of: person.name)
        guard !words.isEmpty else { return [] }
        let others = try own.map { try samePeople().all(of: $0) } ?? []
        let near = try people().compactMap { person in
            others.contains(person.id)
                ? nil
                : Self.slips(from: words, to: person.name, wholly: wholly).map { ($0, person) }
        }
        return near.sorted { ($0.0, $0.1.name, $0.1.id) < ($1.0, $1.1.name, $1.1.id) }
            .prefix(most).map { slips, person in
                Acquaintance(
                    id: person.id, name: person.name, probability: 0,
                    reasons: [slips == 0 ? "same name" : "name written alike"])
            }
    }

    private static func words(of name: String) -> [String] {
        Folding.name(name).split(separator: " ").map(String.init)
    }

    /// How many slips make words of a name out of these words, each out of one of its own; nil where
    /// one is like none that is left.
    private static func slips(from words: [String], to name: String, wholly: Bool) -> Int? {
        var parts = Self.words(of: name)
        guard !wholly || parts.count == words.count else { return nil }
        var sum = 0
        for word in words {
            let near = parts.indices.compactMap { place in
                Spelling.slipsOfName(from: word, to: parts[place]).map { ($0, place) }
            }
            guard let (slips, place) = near.min(by: <) else { return nil }
            sum += slips
            parts.remove(at: place)
        }
        return sum
    }
}
