import Histories
import Testing

@testable import Notebook

@Suite("What the comparisons of records speak for")
struct WeightsTests {
    private static func learnt(_ size: Int, seed: UInt64) -> Weights {
        Linkage(Town(records: size, seed: seed).records.map(LinkagePerson.init)).weights
    }

    private static func checkSums(_ weights: Weights) {
        for shares in weights.same + weights.kin + weights.strangers.shares {
            #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
            #expect(shares.allSatisfy { $0 > 0 && $0 < 1 })
        }
    }

    @Test("Each adds up to one, learnt or not", arguments: [0, 1, 2, 10, 500])
    func sums(_ size: Int) {
        Self.checkSums(Weights(people: size, strangers: Strangers()))
        Self.checkSums(Self.learnt(size, seed: 3))
    }

    @Test("The more alike two are, the more it speaks for one person", arguments: 1...3)
    func order(seed: UInt64) {
        for weights in [Self.learnt(10, seed: seed), Self.learnt(400, seed: seed)] {
            for comparison in Comparison.allCases {
                let bits = comparison.levels.indices.map { weights.bits(comparison, $0) }
                for (more, less) in zip(bits, bits.dropFirst()) { #expect(more >= less - 1e-9) }
                #expect(bits[0] > 0 && bits[bits.count - 1] < 0)
            }
        }
    }

    @Test("Levels that stand in the wrong order are pooled, and what they add up to stays")
    func pooled() {
        let strangers = [0.1, 0.2, 0.3, 0.4]
        let ordered = ExpectationMaximisation.inOrder([0.2, 0.5, 0.1, 0.2], strangers)
        let wanted = [0.7 / 3, 1.4 / 3, 0.1, 0.2].enumerated().map { index, share in
            index < 2 ? share : 0.3 * strangers[index] / 0.7
        }
        for (one, other) in zip(ordered, wanted) { #expect(abs(one - other) < 1e-9) }
        #expect(abs(ordered.reduce(0, +) - 1) < 1e-9)
    }

    @Test("Nobody is taught by nothing: without pairs all stays as it was held plausible")
    func untaught() {
        let plausible = Weights(people: 10, strangers: Strangers())
        var learning = ExpectationMaximisation([:], people: 10, strangers: Strangers())
        learning.run()
        for (one, other) in zip(learning.weights.same.joined(), plausible.same.joined()) {
            #expect(abs(one - other) < 0.02)
        }
        #expect(learning.weights.shareOfSame <= plausible.shareOfSame)
    }

    @Test("What is learnt is what there is: the share of pairs that are one person")
    func shares() {
        let records = Town(records: 1000, seed: 5).records
        let weights = Linkage(records.map(LinkagePerson.init)).weights
        let groups = Dictionary(grouping: records, by: \.label).values.map(\.count)
        let pairs = Double(groups.map { $0 * ($0 - 1) / 2 }.reduce(0, +))
        let learnt = weights.shareOfSame * 1000 * 999 / 2
        #expect(learnt > 0.6 * pairs && learnt < 1.4 * pairs, "\(learnt) of \(pairs)")
    }
}
