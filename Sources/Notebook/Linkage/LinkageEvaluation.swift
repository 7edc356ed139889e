/// How well detection does on people of whom somebody has said who is who.
package struct LinkageEvaluation: Sendable {
    /// How many people were compared.
    package let rows: Int
    /// Pairs that were proposed.
    package let pairs: Int
    /// Pairs that were proposed, and are one person.
    package let truePositives: Int
    /// Pairs of one person that were not proposed.
    package let falseNegatives: Int

    /// Proposes pairs, and compares them with what is known: people with the same label are one, and one
    /// without a label is nobody else.
    package init(_ people: [LinkagePerson], labels: [String?]) {
        self.init(people, labels: labels, proposed: Linkage(people).pairs)
    }

    /// Compares pairs that were proposed with what is known.
    package init(_ people: [LinkagePerson], labels: [String?], proposed found: [Linkage.Pair]) {
        let right = found.filter { labels[$0.a] != nil && labels[$0.a] == labels[$0.b] }.count
        let groups = Dictionary(grouping: labels.compactMap { $0 }) { $0 }.values.map(\.count)
        rows = people.count
        pairs = found.count
        truePositives = right
        falseNegatives = groups.map { $0 * ($0 - 1) / 2 }.reduce(0, +) - right
    }

    /// Pairs that were proposed, and are two people.
    package var falsePositives: Int { pairs - truePositives }

    /// The share of the proposed pairs that are one person; 1 when none was proposed.
    package var precision: Double { Self.share(truePositives, of: pairs) }

    /// The share of the pairs of one person that were proposed; 1 when there are none.
    package var recall: Double { Self.share(truePositives, of: truePositives + falseNegatives) }

    /// The harmonic mean of both.
    package var f1: Double {
        Self.share(2 * truePositives, of: pairs + truePositives + falseNegatives)
    }

    private static func share(_ part: Int, of whole: Int) -> Double {
        whole == 0 ? 1 : Double(part) / Double(whole)
    }
}
