package import Replication
import Store
package import Wording

/// Two person records that may be one person, and why.
package struct DuplicatePair: Sendable, Hashable {
    package let a: RecordID
    package let b: RecordID
    package let nameA: String
    package let nameB: String
    /// In words: what speaks for it, the strongest first, then what speaks against it.
    package let reasons: [Phrase]
    /// The probability that they are one person, from 0 to 1.
    package let score: Double
}

/// The pairs that may be one person: all of them counted, and as many kept as a person can look
/// through.
package struct LikelyDuplicates: Sendable {
    /// The surest first.
    package fileprivate(set) var first: [DuplicatePair] = []
    package fileprivate(set) var count = 0
}

extension Notebook {
    /// People who are probably one, by what their records say, and of whom nobody has said whether
    /// they are. Of linked records one stands for all.
    package func likelyDuplicates(keeping most: Int = 1000) throws -> LikelyDuplicates {
        let (entries, same) = try store.read { db in
            (try Self.entries(db).sorted { $0.id < $1.id }, try SamePeople(db))
        }
        let people = entries.map(\.forLinkage)
        let linkage = Linkage(people)
        var found = LikelyDuplicates()
        var proposed: Set<PersonPair> = []
        for pair in linkage.pairs {
            let (a, b) = (entries[pair.a], entries[pair.b])
            guard isNew(a.id, b.id, same, &proposed) else { continue }
            found.count += 1
            guard found.count <= most else { continue }
            found.first.append(
                DuplicatePair(
                    a: a.id, b: b.id, nameA: a.name, nameB: b.name,
                    reasons: linkage.reasons(for: pair, among: people), score: pair.probability))
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

extension Person {
    /// This record alone, by which one would know the person again.
    package var forLinkage: LinkagePerson {
        LinkagePerson(
            name: name, given: given, family: family,
            phones: apart.texts(Self.phone, shown: phone),
            emails: apart.texts(Self.email, shown: email), address: address,
            institution: institution?.description, neighbourhood: neighbourhood,
            birthday: birthday.flatMap { Birthday($0) })
    }
}
