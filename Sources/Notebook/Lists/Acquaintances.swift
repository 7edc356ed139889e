import GRDB
package import Replication
import Store
package import Wording

/// Somebody here who may be the person of a name that was just typed, and why.
package struct Acquaintance: Sendable, Hashable {
    package let id: RecordID
    package let name: String
    /// The probability that they are one person, from 0 to 1; 0 where nothing but the name was compared.
    package let probability: Double
    /// In words, as those of a `DuplicatePair`.
    package let reasons: [Phrase]
}

extension Notebook {
    /// Who may be this person, the surest first: those of whom it is more probable than not.
    ///
    /// It is asked while somebody types, so it looks up the words of the name and its nicknames,
    /// the telephone number and the e-mail address in the index of `find`, and compares those few alone, by what is
    /// held plausible of names in general. Of linked records one stands for all.
    package func acquaintances(
        like person: LinkagePerson, besides own: RecordID? = nil, most: Int = 3
    ) throws -> [Acquaintance] {
        let person = person.bounded
        var ids = try store.keys(of: Person.kind.number, named: NameSearch(person).forms)
        ids += try store.keys(of: Person.kind.number, holding: ContactSearch(person).forms)
        guard !ids.isEmpty else { return [] }
        let (size, same, entries) = try store.read { db in
            let size = try Int.fetchOne(db, sql: "SELECT count(*) FROM person") ?? 0
            return (size, try SamePeople(db), try Self.linkagePeople(Set(ids).sorted(), db))
        }
        let others = own.map(same.all) ?? []
        let known = entries.filter { !others.contains($0.id) }
        let people = [person] + known.map(\.person)
        // Itself is counted with the others.
        let already = own == nil ? 0 : 1
        let recognition = try Recognition(people, of: size + 1 - already) { word in
            try store.countRecords(named: word) + 1 - already
        }
        var found: Set<RecordID> = []
        var result: [Acquaintance] = []
        for pair in recognition.pairs
        where found.insert(same.canonical(of: known[pair.b - 1].id)).inserted {
            guard result.count < most else { break }
            let id = same.canonical(of: known[pair.b - 1].id)
            result.append(
                Acquaintance(
                    id: id, name: same.name(of: id) ?? people[pair.b].name,
                    probability: pair.probability,
                    reasons: recognition.reasons(for: pair, among: people)))
        }
        return result
    }

    private static func linkagePeople(
        _ ids: [RecordID], _ db: Database
    ) throws -> [(id: RecordID, person: LinkagePerson)] {
        var row = try FastStatement(
            db,
            """
            SELECT name, given, family, phone, email, address, neighbourhood, birthday
            FROM person WHERE id = ?
            """)
        var people: [(id: RecordID, person: LinkagePerson)] = []
        for id in ids {
            row.bind(id.bytes)
            guard try row.step() else { continue }
            let texts = (0..<8).map { row.isNull($0) ? nil : row.text($0) }
            people.append(
                (
                    id,
                    LinkagePerson(
                        name: texts[0] ?? "", given: texts[1], family: texts[2],
                        phones: [texts[3]].compactMap { $0 }, emails: [texts[4]].compactMap { $0 },
                        address: texts[5], neighbourhood: texts[6],
                        birthday: texts[7].flatMap { Birthday($0) })
                ))
            row.reset()
        }
        return people
    }
}

/// The words by which records of a name are looked up: any of its words with any other.
private struct NameSearch {
    let forms: [[[SearchWord]]]

    init(_ person: LinkagePerson) {
        let latin = Latin.words(person.name).prefix(6).map(Self.forms)
        let own = person.name.split(whereSeparator: \.isWhitespace).prefix(6).map(String.init)
            .filter { Folding.name($0).utf8.contains { $0 >= 0x80 } }
        forms = Self.pairs(latin) + Self.pairs(own.map(Self.ownForms))
    }

    /// Each with each other; one by itself.
    private static func pairs(_ words: [[SearchWord]]) -> [[[SearchWord]]] {
        guard words.count > 1 else { return words.map { [$0] } }
        return words.indices.flatMap { one in
            words.indices.filter { $0 > one }.map { [words[one], words[$0]] }
        }
    }

    /// How a word of other letters than Latin ones begins: it stands in the index as it is written.
    private static func ownForms(of word: String) -> [SearchWord] {
        [word, Folding.name(word)].uniqued.map { .start(String($0.prefix(3))) }
    }

    /// How a word may begin, and what else its bearer may be called.
    private static func forms(of word: String) -> [SearchWord] {
        let start = String(word.prefix(3))
        // "OBrien" may be written as two words, "O'Brien".
        let isJoined = word.count > 4 && "odlnm".contains(word.prefix(1))
        let second = isJoined ? [String(word.dropFirst().prefix(3))] : []
        let starts = [start] + second + otherStarts(start) + Latin.inOtherScripts(start)
        return starts.map(SearchWord.start)
            + Nicknames.others(of: word).map(SearchWord.whole)
    }

    /// How else people write what sounds like this.
    private static func otherStarts(_ start: String) -> [String] {
        let alike = [
            ("b", "v"), ("c", "k"), ("s", "z"), ("c", "s"), ("j", "g"), ("j", "x"), ("ll", "y"),
            ("h", ""), ("i", "y"), ("ph", "f"), ("w", "v"),
        ]
        return alike.flatMap { one, other in
            [(one, other), (other, one)].compactMap { from, to in
                start.hasPrefix(from) ? to + start.dropFirst(from.count) : nil
            }
        }
    }
}

/// The words by which records of a telephone number or an e-mail address are looked up.
struct ContactSearch {
    let forms: [[[SearchWord]]]

    init(_ person: LinkagePerson) {
        let phones = person.phones.compactMap(Folding.phone).flatMap { digits in
            [
                [digits], digits.count == 10 ? ["1\(digits)"] : [],
                [
                    String(digits.dropLast(7)), "\(digits.suffix(7).prefix(3))",
                    "\(digits.suffix(4))",
                ],
            ]
        }
        let emails = person.emails.compactMap(Folding.email).map { email in
            email.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        }
        forms = (phones + emails).map { words in
            words.filter { !$0.isEmpty }.map { [SearchWord.whole($0)] }
        }.filter { !$0.isEmpty }
    }
}
