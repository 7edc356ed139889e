/// Finds who may be one person among people of whom nobody has said so.
///
/// It knows no notebook: a labelled file is measured by the same steps by which entries are proposed.
package struct Linkage: Sendable {
    /// From here on a pair is proposed: rather one too few than two neighbours taken for one.
    package static let threshold = 0.8

    /// Two of the people, by their places in what was given, the first one first.
    package struct Pair: Sendable, Hashable {
        package let a: Int
        package let b: Int
        /// The probability that they are one person.
        package let probability: Double
        let levels: Levels
    }

    /// The pairs to be proposed, the surest first, and then in the order in which people were given.
    package private(set) var pairs: [Pair] = []
    /// How many pairs were compared.
    package private(set) var compared = 0
    private(set) var weights: Weights

    package init(_ people: [LinkagePerson]) {
        let order = Self.inOrderOfNames(people)
        var census = Census(order.lazy.map { people[$0] })
        let strangers = Strangers(of: &census)
        weights = Weights(people: people.count, strangers: strangers)
        var (counts, likely) = Self.compare(&census, strangers, weights)
        compared = counts.values.reduce(0, +)
        var learning = ExpectationMaximisation(counts, people: people.count, strangers: strangers)
        learning.run()
        weights = learning.weights
        counts = [:]
        var known: [Levels: Double] = [:]
        for (first, second, levels) in likely {
            let probability = known[levels] ?? weights.chances(of: levels).same
            known[levels] = probability
            guard probability >= Self.threshold else { continue }
            let (a, b) = (order[Int(first)], order[Int(second)])
            pairs.append(
                Pair(a: min(a, b), b: max(a, b), probability: probability, levels: levels))
        }
        likely = []
        pairs.sort { ($1.probability, $0.a, $0.b) < ($0.probability, $1.a, $1.b) }
    }

    private static func inOrderOfNames(_ people: [LinkagePerson]) -> [Int] {
        let names = people.map { Latin.words($0.name).joined(separator: " ") }
        return people.indices.sorted { (names[$0], $0) < (names[$1], $1) }
    }

    private typealias Likely = (a: Int32, b: Int32, levels: Levels)

    /// How often each outcome of a comparison came, and which pairs may be one person, however much is
    /// learnt yet.
    private static func compare(
        _ census: inout Census, _ strangers: Strangers, _ plausible: Weights
    ) -> ([Levels: Int], [Likely]) {
        let blocking = Blocking(census)
        var counts: [Levels: Int] = [:]
        var likely: [Likely] = []
        var isHopeless: [Levels: Bool] = [:]
        for a in census.people.indices {
            for b in blocking.partners(of: a) {
                let levels = census.levels(a, b, strangers)
                counts[levels, default: 0] += 1
                let hopeless = isHopeless[levels] ?? (plausible.chances(of: levels).same < 0.001)
                isHopeless[levels] = hopeless
                if !hopeless { likely.append((Int32(a), Int32(b), levels)) }
            }
        }
        return (counts, likely)
    }
}
