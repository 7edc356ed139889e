/// Learns the weights from pairs of which nobody has said what they are (Dempster, Laird and Rubin, 1977;
/// for record linkage Winkler, "Using the EM Algorithm for Weight Computation", 1988).
///
/// What strangers have in common is known from pairs picked at random, and stays. Pairs that no block has
/// brought together are strangers. What was held plausible counts as some dozens of pairs, so that ten people
/// are judged by it, and a hundred thousand by what they are.
struct ExpectationMaximisation {
    private let patterns: [(levels: Levels, count: Double)]
    /// All pairs that there are, compared or not.
    private let pairs: Double
    private let plausible: Weights
    private(set) var weights: Weights

    private static let mostRounds = 30
    /// How many pairs what is held plausible counts as, at least, and as a share of those found.
    private static let leastWeight = 40.0
    private static let shareOfWeight = 0.1

    init(_ counts: [Levels: Int], people: Int, strangers: Strangers) {
        // In order, so that the same people always give the same weights.
        patterns = counts.sorted { $0.key < $1.key }.map { ($0.key, Double($0.value)) }
        pairs = Double(people) * Double(max(people - 1, 0)) / 2
        plausible = Weights(people: people, strangers: strangers)
        weights = plausible
    }

    mutating func run() {
        for _ in 0..<Self.mostRounds {
            let before = weights
            step()
            let change = zip(before.same.joined(), weights.same.joined()).map { abs($0 - $1) }.max()
            let growth = abs(before.shareOfSame / weights.shareOfSame - 1)
            if (change ?? 0) < 0.0005 && growth < 0.001 { return }
        }
    }

    /// One expectation, one maximisation.
    mutating func step() {
        var same = weights.same.map { $0.map { _ in 0.0 } }
        var kin = same
        var (allSame, allKin) = (0.0, 0.0)
        for (levels, count) in patterns {
            let chances = weights.chances(of: levels)
            let (ofSame, ofKin) = (chances.same * count, chances.kin * count)
            (allSame, allKin) = (allSame + ofSame, allKin + ofKin)
            for comparison in Comparison.allCases {
                guard let level = levels[comparison] else { continue }
                same[comparison.rawValue][level] += ofSame
                kin[comparison.rawValue][level] += ofKin
            }
        }
        let parish = Double(Weights.parish * Weights.parish / 2)
        weights.shareOfSame = (allSame + parish * plausible.shareOfSame) / (pairs + parish)
        weights.shareOfKin = (allKin + parish * plausible.shareOfKin) / (pairs + parish)
        for index in same.indices {
            weights.same[index] = Self.shares(same[index], plausible.same[index])
            if index == Comparison.given.rawValue { keepGenerations() }
            // Of kin called alike nobody can tell how many are one person: that stays as it is.
            if index != Comparison.given.rawValue {
                weights.kin[index] = Self.shares(kin[index], plausible.kin[index])
            }
            weights.same[index] = Self.inOrder(
                weights.same[index], weights.strangers.shares[index])
        }
    }

    /// How many write down one person as the younger and as nothing, nobody can tell from the pairs: they
    /// look like a parent and a child.
    private mutating func keepGenerations() {
        let (given, level) = (Comparison.given.rawValue, Int(GivenLevel.generation.rawValue))
        let kept = plausible.same[given][level]
        let scale = (1 - kept) / (1 - weights.same[given][level])
        weights.same[given] = weights.same[given].map { $0 * scale }
        weights.same[given][level] = kept
    }

    private static func shares(_ counts: [Double], _ plausible: [Double]) -> [Double] {
        let found = counts.reduce(0, +)
        let weight = max(leastWeight, found * shareOfWeight)
        return zip(counts, plausible).map { ($0 + weight * $1) / (found + weight) }
    }

    /// The more alike, the more it speaks for one person: where what was found says otherwise, neighbours
    /// among the levels take the same ratio (pooling adjacent violators; Ayer and others, 1955). What
    /// they add up to stays.
    static func inOrder(_ same: [Double], _ strangers: [Double]) -> [Double] {
        var pools: [(same: Double, strangers: Double, count: Int)] = []
        for (one, other) in zip(same, strangers) {
            pools.append((one, other, 1))
            while pools.count > 1 {
                let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
                guard last.same * before.strangers > before.same * last.strangers else { break }
                pools.removeLast(2)
                pools.append(
                    (
                        before.same + last.same, before.strangers + last.strangers,
                        before.count + last.count
                    ))
            }
        }
        let ratios = pools.flatMap { pool in
            repeatElement(pool.same / pool.strangers, count: pool.count)
        }
        return zip(ratios, strangers).map { $0 * $1 }
    }
}
