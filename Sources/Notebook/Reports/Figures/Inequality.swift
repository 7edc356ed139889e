/// How unequally something is shared out.
package enum Inequality {
    /// The Gini coefficient: 0 when all have the same, near 1 when one has everything. Nil where
    /// nobody has anything.
    ///
    /// G = 2·Σ i·x₍ᵢ₎ / (n·Σ x) − (n + 1) / n, with x in ascending order.
    package static func gini(_ amounts: [Int]) -> Double? {
        let sum = amounts.reduce(0, +)
        guard sum > 0 else { return nil }
        let count = Double(amounts.count)
        let weighted = amounts.sorted().enumerated().reduce(0.0) { total, next in
            total + Double(next.offset + 1) * Double(next.element)
        }
        return 2 * weighted / (count * Double(sum)) - (count + 1) / count
    }

    /// Simpson's index of diversity: how likely two that are drawn with replacement are of different
    /// groups, 1 − Σ p² (E. H. Simpson, "Measurement of Diversity", 1949). Nil of nobody.
    package static func simpson(_ groups: [Int]) -> Double? {
        let sum = Double(groups.reduce(0, +))
        guard sum > 0 else { return nil }
        return 1 - groups.reduce(0.0) { $0 + (Double($1) / sum) * (Double($1) / sum) }
    }
}
