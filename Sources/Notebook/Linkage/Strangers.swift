import Foundation

/// How often two people who have nothing to do with one another are alike, by comparison and level.
struct Strangers: Sendable {
    private(set) var shares: [[Double]]

    /// What is held plausible without having seen anybody.
    init() { shares = Comparison.allCases.map { $0.levels.map(\.strangers) } }

    /// Pairs picked at random are of strangers, with few exceptions.
    private static let mostPairs = 200_000
    /// How many pairs what is held plausible counts as.
    private static let weight = 400.0

    /// Learns from pairs picked at random, or from all when they are few.
    init(of census: inout Census) {
        self.init()
        let before = self
        var counts = shares.map { $0.map { _ in 0.0 } }
        Self.forEachPair(census.people.count) { a, b in
            let levels = census.levels(a, b, before)
            for comparison in Comparison.allCases {
                if let level = levels[comparison] { counts[comparison.rawValue][level] += 1 }
            }
        }
        for index in shares.indices {
            // What was never seen is not impossible: half a pair is added to each.
            let all = counts[index].reduce(0, +) + Self.weight + 0.5 * Double(counts[index].count)
            for level in shares[index].indices {
                shares[index][level] =
                    (counts[index][level] + 0.5 + Self.weight * before.shares[index][level]) / all
            }
        }
    }

    private static func forEachPair(_ count: Int, _ body: (Int, Int) -> Void) {
        guard count > 1 else { return }
        if count * (count - 1) / 2 <= mostPairs {
            for a in 0..<count {
                for b in a + 1..<count { body(a, b) }
            }
            return
        }
        // The same pairs each time: MMIX by Knuth.
        var state: UInt64 = 1
        func next() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        for _ in 0..<mostPairs {
            let (a, b) = (next(), next())
            if a != b { body(a, b) }
        }
    }

    /// Takes into account how rare what two people have in common is (Winkler, "Frequency-Based Matching in
    /// Fellegi-Sunter Model of Record Linkage", 1989): `chance` instead of the share of the best level.
    func weigh(_ chance: Double, _ comparison: Comparison, _ levels: inout Levels) {
        levels.add(rarityBits: log2(chance / shares[comparison.rawValue][0]))
    }
}
