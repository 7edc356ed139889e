package import Replication

/// Two person records that may be one person, and why.
package struct DuplicatePair: Sendable, Hashable {
    package let a: RecordID
    package let b: RecordID
    package let nameA: String
    package let nameB: String
    /// Among `phone`, `email`, `name`.
    package let reasons: [String]
}

/// The pairs that may be one person: all of them counted, and as many kept as a person can look
/// through.
package struct LikelyDuplicates: Sendable {
    /// In order of id.
    package fileprivate(set) var first: [DuplicatePair] = []
    package fileprivate(set) var count = 0
}

extension Notebook {
    /// People who share a phone number, an e-mail address or a name, however they are written.
    package func likelyDuplicates(keeping most: Int = 1000) throws -> LikelyDuplicates {
        let people = try people().sorted { $0.id < $1.id }
        let likenesses = Likeness.all(of: people)
        var found = LikelyDuplicates()
        for a in people.indices {
            let partners = Set(likenesses.flatMap { $0.others(like: a) }).filter { $0 > a }
            found.count += partners.count
            for b in partners.sorted().prefix(most - found.first.count) {
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

    init(_ reason: String, _ people: [Person], _ key: (Person) -> String?) {
        let keys = people.map(key)
        self.reason = reason
        self.keys = keys
        groups = Dictionary(grouping: people.indices) { keys[$0] ?? "" }
    }

    static func all(of people: [Person]) -> [Likeness] {
        [
            Likeness("phone", people) { $0.phone.flatMap(Folding.phone) },
            Likeness("email", people) { $0.email.flatMap(Folding.email) },
            Likeness("name", people) { Folding.name($0.name) },
        ]
    }

    func others(like one: Int) -> [Int] {
        guard let key = keys[one], !key.isEmpty, let group = groups[key],
            group.count <= Self.mostAlike
        else { return [] }
        return group.filter { $0 != one }
    }
}
