import Foundation
package import GRDB
package import Replication
import Store
import Wording

/// Which person records are one person: what was said of the pairs, taken together.
///
/// A pair is linked when everybody who spoke of it says so. Links make chains: who is linked to one
/// entry of a person is that person. Where somebody says that two of them are not the same, none of
/// the chain counts until it is settled: two people shown as one do more harm than one shown twice.
package struct SamePeople: Sendable {
    /// What was said of each pair; an empty text stands for a verdict that was taken back.
    private var verdicts: [PersonPair: Set<String>] = [:]
    /// The linked pairs, from each of their ends.
    private var neighbours: [RecordID: [RecordID]] = [:]
    /// Of each linked record, all that are one person with it, in order of id.
    private var groups: [RecordID: [RecordID]] = [:]
    /// The names of the linked records that are here.
    private var names: [RecordID: String] = [:]
    /// Those who are not one person, by the id that stands for each.
    private var apart: Set<PersonPair> = []
    /// The pairs that are called one person and two, in order of id.
    package private(set) var contested: [PersonPair] = []

    /// By what was said in all that is here, or in what `scope` may read of it.
    package init(_ db: Database, readableTo scope: Scope = .everything) throws {
        try readVerdicts(db, scope)
        guard !verdicts.isEmpty else { return }
        try readNames(db)
        link()
        group()
        apart = Set(denials.map { PersonPair(canonical(of: $0.a), canonical(of: $0.b)) })
    }

    private mutating func readVerdicts(_ db: Database, _ scope: Scope) throws {
        // In this order: there are few pairs and many records.
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT s.id, s.a, s.b, s.verdict, r.conflicts FROM samePerson s
                CROSS JOIN record r ON r.id = s.id AND r.kind = \(SamePerson.kind.number)
                WHERE true \(scope.condition("s.space"))
                """, arguments: StatementArguments(scope.bound.map(\.data)))
        for row in rows {
            guard let id = row.id("id"), let a = row.id("a"), let b = row.id("b"), a != b else {
                continue
            }
            let said =
                row["conflicts"] == 0
                ? [row.shown("verdict") ?? ""]
                : try Self.live(RecordKey(SamePerson.kind.number, id), db)
            verdicts[PersonPair(a, b), default: []].formUnion(said)
        }
    }

    /// Every verdict that stands in a record, in whatever number.
    private static func live(_ key: RecordKey, _ db: Database) throws -> [String] {
        let state = try Records.state(of: key, db) ?? RecordState()
        return state[SamePerson.verdict.number]?.live.map { $0.value.text ?? "" } ?? []
    }

    private mutating func readNames(_ db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, name FROM person
                WHERE id IN (SELECT a FROM samePerson UNION SELECT b FROM samePerson)
                """)
        for row in rows {
            if let id = row.id("id") { names[id] = row.shown("name") ?? said("(no name)") }
        }
    }

    private mutating func link() {
        for (pair, said) in verdicts where said == [SamePerson.same] {
            neighbours[pair.a, default: []].append(pair.b)
            neighbours[pair.b, default: []].append(pair.a)
        }
    }

    private mutating func group() {
        var chain: [RecordID: RecordID] = [:]
        for person in neighbours.keys.sorted() where chain[person] == nil {
            let members = reachable(from: person).sorted()
            for member in members { chain[member] = person }
            groups[person] = members
        }
        let broken = denials.filter { chain[$0.a] != nil && chain[$0.a] == chain[$0.b] }
        for pair in broken {
            if let person = chain[pair.a] { groups[person] = nil }
        }
        for members in groups.values {
            for member in members { groups[member] = members }
        }
        let divided = verdicts.filter { $0.value.count > 1 && $0.value.contains(SamePerson.same) }
        contested = Set(divided.map(\.key) + broken).sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    /// The pairs of which somebody says that they are not the same.
    private var denials: [PersonPair] {
        verdicts.filter { $0.value.contains(SamePerson.different) }.map(\.key)
    }

    private func reachable(from person: RecordID) -> Set<RecordID> {
        var found: Set<RecordID> = [person]
        var open = [person]
        while let next = open.popLast() {
            for neighbour in neighbours[next] ?? [] where found.insert(neighbour).inserted {
                open.append(neighbour)
            }
        }
        return found
    }
}

/// For lists.
extension SamePeople {
    /// Whether every record is a person of its own.
    package var isEmpty: Bool { groups.isEmpty }

    /// Every record that is one person with this one, itself included and those that were deleted,
    /// in order of id.
    package func all(of person: RecordID) -> [RecordID] { groups[person] ?? [person] }

    /// The record that stands for a person: of those that are here the one with the smallest id.
    package func canonical(of person: RecordID) -> RecordID {
        let members = all(of: person)
        return members.first { names[$0] != nil } ?? members[0]
    }

    /// A linked person's name, by whichever of the records; nil for one who is not linked or not here.
    package func name(of person: RecordID) -> String? {
        groups[person] == nil ? nil : names[canonical(of: person)]
    }

    package func areOne(_ one: RecordID, _ other: RecordID) -> Bool {
        one == other || groups[one]?.contains(other) ?? false
    }

    /// Puts together what belongs to one person. Each group is in order of id, and stands where its
    /// first stood.
    package func together<Thing>(_ things: [Thing], _ id: (Thing) -> RecordID) -> [[Thing]] {
        guard !isEmpty else { return things.map { [$0] } }
        let groups = Dictionary(grouping: things) { all(of: id($0))[0] }
            .mapValues { $0.sorted { id($0) < id($1) } }
        return things.compactMap { thing in
            let group = groups[all(of: id(thing))[0]] ?? []
            return group.first.map(id) == id(thing) ? group : nil
        }
    }
}

/// For those who judge.
extension SamePeople {
    /// Whether all who spoke of a pair say just this.
    func isSettled(_ pair: PersonPair, as verdict: String) -> Bool {
        verdicts[pair] == [verdict]
    }

    /// Whether somebody calls this very pair two people.
    package func isCalledDifferent(_ pair: PersonPair) -> Bool {
        verdicts[pair]?.contains(SamePerson.different) ?? false
    }

    /// Whether somebody calls this very pair one person.
    func isCalledSame(_ pair: PersonPair) -> Bool {
        verdicts[pair]?.contains(SamePerson.same) ?? false
    }

    /// Whether nobody needs to be asked about two people: somebody has spoken of them, or of other
    /// records of theirs.
    func isJudged(_ one: RecordID, _ other: RecordID) -> Bool {
        areOne(one, other) || apart.contains(PersonPair(canonical(of: one), canonical(of: other)))
            || !(verdicts[PersonPair(one, other)] ?? [""]).isSubset(of: [""])
    }

    /// The links, one after the other, that lead from one of a pair to the other beside a link of
    /// the pair itself; nil when there are none. Its ends are the pair.
    func path(between pair: PersonPair) -> [RecordID]? {
        var origin: [RecordID: RecordID] = [pair.a: pair.a]
        var open = [pair.a]
        while !open.isEmpty, origin[pair.b] == nil {
            open = open.flatMap { person in
                (neighbours[person] ?? []).filter { neighbour in
                    guard origin[neighbour] == nil, PersonPair(person, neighbour) != pair else {
                        return false
                    }
                    origin[neighbour] = person
                    return true
                }
            }
        }
        guard origin[pair.b] != nil else { return nil }
        var path = [pair.b]
        while let last = path.last, last != pair.a, let before = origin[last] {
            path.append(before)
        }
        return path.reversed()
    }

    /// Two others who would be one person if this pair were, and of whom somebody says that they are
    /// not; nil when there are none.
    func denial(against pair: PersonPair) -> PersonPair? {
        let ends = (reachable(from: pair.a), reachable(from: pair.b))
        return denials.sorted { ($0.a, $0.b) < ($1.a, $1.b) }.first { other in
            other != pair
                && (ends.0.contains(other.a) && ends.1.contains(other.b)
                    || ends.0.contains(other.b) && ends.1.contains(other.a))
        }
    }
}
