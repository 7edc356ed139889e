package import Replication
import Store

/// Two person records that may be one person, and why.
package struct DuplicatePair: Sendable, Hashable {
    package let a: RecordID
    package let b: RecordID
    package let nameA: String
    package let nameB: String
    /// Among `phone`, `email`, `name`.
    package let reasons: [String]
    /// How much speaks for it, from 0 to 1: the share of the possible reasons.
    package var score: Double { Double(reasons.count) / Double(Likeness.reasons.count) }
}

/// The pairs that may be one person: all of them counted, and as many kept as a person can look
/// through.
package struct LikelyDuplicates: Sendable {
    /// In order of id.
    package fileprivate(set) var first: [DuplicatePair] = []
    package fileprivate(set) var count = 0
}

extension Notebook {
    /// People who share a phone number, an e-mail address or a name, however they are written, and of
    /// whom nobody has said whether they are one. Of linked records one stands for all.
    package func likelyDuplicates(keeping most: Int = 1000) throws -> LikelyDuplicates {
        let (people, same) = try store.read { db in
            (try Self.entries(db).sorted { $0.id < $1.id }, try SamePeople(db))
        }
        let likenesses = Likeness.all(of: people, same)
        var found = LikelyDuplicates()
        var proposed: Set<PersonPair> = []
        for a in people.indices {
            let partners = Set(likenesses.flatMap { $0.others(like: a) }).sorted().filter { b in
                b > a && isNew(people[a].id, people[b].id, same, &proposed)
            }
            found.count += partners.count
            for b in partners.prefix(most - found.first.count) {
                found.first.append(
                    DuplicatePair(
                        a: people[a].id, b: people[b].id, nameA: people[a].name,
                        nameB: people[b].name,
                        reasons: likenesses.filter { $0.others(like: a).contains(b) }.map(\.reason))
                )
            }
        }
        return found
    }

    /// Whether two records are to be asked about, and no others of the same two people have been.
    private func isNew(
        _ a: RecordID, _ b: RecordID, _ same: SamePeople, _ proposed: inout Set<PersonPair>
    ) -> Bool {
        guard !same.isJudged(a, b) else { return false }
        // Without links there are no others.
        guard !same.isEmpty else { return true }
        return proposed.insert(PersonPair(same.canonical(of: a), same.canonical(of: b))).inserted
    }
}

/// One way in which people are alike, and who is.
private struct Likeness {
    let reason: String
    /// What each has to share, by place in the list of people.
    private let keys: [String?]
    /// Who shares it.
    private let groups: [String: [Int]]

    /// A number that a whole parish shares says nothing about who is who.
    private static let mostAlike = 5

    /// The reasons there can be, each with what has to be alike.
    static let reasons: [(name: String, key: @Sendable (Person) -> String?)] = [
        ("phone", { $0.phone.flatMap(Folding.phone) }),
        ("email", { $0.email.flatMap(Folding.email) }),
        ("name", { Folding.name($0.name) }),
    ]

    private init(
        _ reason: String, _ people: [Person], _ same: SamePeople, _ key: (Person) -> String?
    ) {
        let keys = people.map(key)
        self.reason = reason
        self.keys = keys
        groups = Dictionary(grouping: people.indices) { keys[$0] ?? "" }.filter { _, group in
            group.count <= Self.mostAlike
                || Set(group.map { same.canonical(of: people[$0].id) }).count <= Self.mostAlike
        }
    }

    static func all(of people: [Person], _ same: SamePeople) -> [Likeness] {
        reasons.map { Likeness($0.name, people, same, $0.key) }
    }

    func others(like one: Int) -> [Int] {
        guard let key = keys[one], !key.isEmpty, let group = groups[key] else { return [] }
        return group.filter { $0 != one }
    }
}
