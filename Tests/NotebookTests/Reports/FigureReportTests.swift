import Histories
import Notebook
import Testing

@Suite("The figures that reports are made of")
struct FigureReportTests {
    @Test("The Gini coefficient is half the mean difference over the mean", arguments: 1...20)
    func gini(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let amounts = (0..<Int.random(in: 1...40, using: &random)).map { _ in
            Int.random(in: 0...9, using: &random)
        }
        let count = Double(amounts.count)
        let sum = Double(amounts.reduce(0, +))
        let differences = amounts.flatMap { a in amounts.map { Double(abs(a - $0)) } }
        guard sum > 0 else { return #expect(Inequality.gini(amounts) == nil) }
        let expected = differences.reduce(0, +) / (2 * count * sum)
        #expect(abs(try #require(Inequality.gini(amounts)) - expected) < 1e-12)
    }

    @Test("Simpson's index is how often two drawn are of different groups")
    func simpson() {
        #expect(Inequality.simpson([5]) == 0)
        #expect(Inequality.simpson([2, 2]) == 0.5)
        #expect(Inequality.simpson([]) == nil && Inequality.simpson([0]) == nil)
    }

    @Test("A median is the middle, or between the two in the middle")
    func medians() {
        #expect(median([Int64]()) == nil)
        #expect(median([3]) == 3 && median([9, 1, 5]) == 5 && median([4, 1]) == 2.5)
    }

    @Test(
        "A leader of whom nothing is known brings half; one who always delivers is believed slowly")
    func forecast() {
        let new = TurnoutForecast.Leader(pledged: 10)
        #expect(TurnoutForecast([new]).expected == 5)
        let known = TurnoutForecast.Leader(pledged: 10, pledgedBefore: 10, cameBefore: 10)
        #expect(TurnoutForecast.share(of: known) == 0.75)
        let both = TurnoutForecast([new, known])
        #expect(both.expected == 12.5)
        #expect(
            both.range.contains(12.5) && both.range.lowerBound > 7 && both.range.upperBound < 18)
        #expect(TurnoutForecast([]).range == 0...0)
        let one = TurnoutForecast([TurnoutForecast.Leader(pledged: 1)])
        #expect(one.range == 0...1)
    }

    // The range is worked out; here the evenings are played.
    @Test("The forecast's range holds about four of five evenings")
    func forecastRange() {
        var random = SplitMix64(seed: 7)
        let leaders = [(20, 30, 10), (15, 0, 0), (40, 80, 60), (10, 5, 5), (30, 12, 3)].map {
            TurnoutForecast.Leader(pledged: $0.0, pledgedBefore: $0.1, cameBefore: $0.2)
        }
        let forecast = TurnoutForecast(leaders)
        let evenings = (0..<4000).map { _ in
            leaders.reduce(0) { $0 + Self.evening($1, &random) }
        }
        let within = evenings.count { forecast.range.contains(Double($0)) }
        #expect(abs(Double(within) / 4000 - 0.8) < 0.04)
        let mean = Double(evenings.reduce(0, +)) / 4000
        #expect(abs(mean - forecast.expected) < 1)
    }

    /// Pólya's urn draws a beta-binomial count: what was drawn is put back with another like it.
    private static func evening(
        _ leader: TurnoutForecast.Leader, _ random: inout SplitMix64
    ) -> Int {
        var (come, stay) = (Double(leader.cameBefore) + 5, 0.0)
        stay = Double(leader.pledgedBefore - leader.cameBefore) + 5
        var count = 0
        for _ in 0..<leader.pledged {
            if Double.random(in: 0..<(come + stay), using: &random) < come {
                come += 1
                count += 1
            } else {
                stay += 1
            }
        }
        return count
    }

    @Test("Power shifts as influence and stance change, and as actors come and go")
    func power() {
        let shift = PowerShift<String>(
            from: [
                "mayor": .init(influence: 9, stance: -1), "owner": .init(influence: 6, stance: -2),
                "paper": .init(influence: 3, stance: 0),
            ],
            to: [
                "mayor": .init(influence: 9, stance: 1), "owner": .init(influence: 4, stance: -2),
                "paper": .init(influence: 3, stance: -1), "union": .init(influence: 5, stance: 2),
            ])
        #expect(shift.before == -21 && shift.after == 8)
        #expect(shift.changes == ["mayor": 18, "owner": 4, "paper": -3, "union": 10])
        #expect(shift.movedTowards == 1 && shift.movedAway == 1)
    }
}
