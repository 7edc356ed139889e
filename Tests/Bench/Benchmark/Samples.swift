/// What runs have measured, by row.
struct Samples {
    private var ours: [String: [Double]] = [:]
    /// Where a run measures the floor itself.
    private var floors: [String: [Double]] = [:]

    mutating func add(_ row: Row, _ value: Double) {
        ours[row.key, default: []].append(value)
    }

    mutating func addFloor(_ row: Row, _ value: Double) {
        floors[row.key, default: []].append(value)
    }

    /// Adds those rows of another run that are wanted.
    mutating func add(_ run: Samples, where isWanted: (String) -> Bool) {
        for (key, values) in run.ours where isWanted(key) { ours[key, default: []] += values }
        for (key, values) in run.floors where isWanted(key) { floors[key, default: []] += values }
    }

    func figure(_ row: Row) -> Figure? {
        ours[row.key].flatMap { Figure(of: $0) }
    }

    func floor(_ row: Row) -> Figure? {
        floors[row.key].flatMap { Figure(of: $0) }
    }
}

/// The middle of several measurements, and how far they lie apart.
struct Figure: Encodable {
    let median: Double
    let least: Double
    let most: Double

    init?(of values: [Double]) {
        let sorted = values.sorted()
        guard let least = sorted.first, let most = sorted.last else { return nil }
        self.least = least
        self.most = most
        median = sorted[sorted.count / 2]
    }
}
