import Wording

/// Compares one person with a few others out of many.
struct Recognition {
    /// From here on somebody is asked whether it is the same person: to ask costs less than to propose.
    private static let threshold = 0.5

    /// The pairs of the first of the people with another one, the surest first.
    private(set) var pairs: [Linkage.Pair] = []
    private let weights: Weights

    /// Of `size` people some were read, after the one whom they are compared with; `count` says in how many
    /// names a word is.
    init(
        _ people: [LinkagePerson], of size: Int, count: (String) throws -> Int
    ) rethrows {
        let strangers = Strangers()
        var census = Census(people, size: size)
        try census.countFirst(count)
        weights = Weights(people: size, strangers: strangers)
        for other in people.indices.dropFirst() {
            let levels = census.levels(0, other, strangers)
            let probability = weights.chances(of: levels).same
            guard probability >= Self.threshold else { continue }
            pairs.append(
                Linkage.Pair(a: 0, b: other, probability: probability, levels: levels))
        }
        pairs.sort { ($1.probability, $0.b) < ($0.probability, $1.b) }
    }

    func reasons(for pair: Linkage.Pair, among people: [LinkagePerson]) -> [Phrase] {
        LinkageReasons(
            one: people[pair.a], other: people[pair.b], levels: pair.levels, weights: weights
        ).words
    }
}
