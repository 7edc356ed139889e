/// How many will come, of those whom leaders pledged to bring.
///
/// Each leader's share of pledges kept is drawn towards a common one, the more so the less is known
/// of them: r = (A + k·r₀) / (P + k), the mean of a beta distribution whose prior weighs as much as k
/// pledges. The range is that of a sum of independent beta-binomial counts, taken as normal.
package struct TurnoutForecast: Sendable {
    /// One leader: pledged now; pledged and come before.
    package struct Leader: Sendable {
        package let pledged: Int
        package let pledgedBefore: Int
        package let cameBefore: Int

        package init(pledged: Int, pledgedBefore: Int = 0, cameBefore: Int = 0) {
            self.pledged = pledged
            self.pledgedBefore = pledgedBefore
            self.cameBefore = cameBefore
        }
    }

    /// The share that comes where nothing is known: the rule of halves.
    package static let usualRate = 0.5
    /// The pledges that `usualRate` weighs as much as.
    package static let usualWeight = 10.0

    package let expected: Double
    /// In which four of five such evenings end.
    package let range: ClosedRange<Double>

    package init(
        _ leaders: [Leader], rate: Double = usualRate, weight: Double = usualWeight
    ) {
        var mean = 0.0
        var variance = 0.0
        for leader in leaders {
            let (pledged, total) = (Double(leader.pledged), Double(leader.pledgedBefore) + weight)
            let share = Self.share(of: leader, rate: rate, weight: weight)
            mean += pledged * share
            variance += pledged * share * (1 - share) * (total + pledged) / (total + 1)
        }
        let reach = 1.2816 * variance.squareRoot()
        let most = Double(leaders.reduce(0) { $0 + $1.pledged })
        expected = mean
        range = max(0, mean - reach)...max(0, min(most, mean + reach))
    }

    /// The share of a leader's pledges that is expected to come.
    package static func share(
        of leader: Leader, rate: Double = usualRate, weight: Double = usualWeight
    ) -> Double {
        (Double(leader.cameBefore) + weight * rate) / (Double(leader.pledgedBefore) + weight)
    }
}
