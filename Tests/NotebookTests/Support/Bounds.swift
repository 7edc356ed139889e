import Notebook

/// What somebody can work out who knows some whole numbers, and sums, shares and limits of them.
///
/// Each number has a range that is narrowed until nothing moves. What it says is certain; what takes
/// more than one equation at a time it may miss.
struct Bounds {
    private static let most = 1_000_000
    private var ranges: [String: ClosedRange<Int>] = [:]
    private var sums: [(whole: String, parts: [String])] = []
    private var shares: [(part: String, whole: String, ratio: Double)] = []
    /// The numbers that nobody should be able to work out when they are 1 to 4.
    private var people: [String] = []
    private var slack = 0

    subscript(name: String) -> ClosedRange<Int> { ranges[name] ?? 0...Self.most }

    /// What a report shows of a number of people.
    mutating func people(_ name: String, _ value: ReportValue? = nil, few least: Int = 1) {
        people.append(name)
        know(name, value, few: least)
    }

    mutating func know(_ name: String, _ value: ReportValue?, few least: Int = 1) {
        switch value {
        case .count(let count): narrow(name, to: count...count)
        case .few: narrow(name, to: least...Self.most)
        default: break
        }
    }

    mutating func know(_ name: String, _ range: ClosedRange<Int>) { narrow(name, to: range) }

    mutating func sum(_ whole: String, _ parts: [String]) { sums.append((whole, parts)) }

    /// A part and the rest of a whole, of which both are people.
    mutating func split(_ whole: String, _ part: String, rest: String) {
        people.append(rest)
        sum(whole, [part, rest])
    }

    mutating func atMost(_ less: String, _ more: String) {
        slack += 1
        sum(more, [less, "slack \(slack)"])
    }

    mutating func share(_ part: String, of whole: String, _ value: ReportValue?) {
        switch value {
        case .ratio(let ratio), .number(let ratio): shares.append((part, whole, ratio))
        default: break
        }
    }

    /// The numbers of 1 to 4 people that are certain.
    mutating func leaks() -> [String] {
        settle()
        return people.filter {
            ranges[$0].map { $0.count == 1 && (1...4).contains($0.lowerBound) } ?? false
        }
        .map { "\($0) = \(self[$0].lowerBound)" }
    }

    private mutating func settle() {
        var before: [String: ClosedRange<Int>]
        repeat {
            before = ranges
            for (whole, parts) in sums { settle(whole, parts) }
            for (part, whole, ratio) in shares { settle(part, whole, ratio) }
        } while ranges != before
    }

    private mutating func settle(_ whole: String, _ parts: [String]) {
        let (least, most) = (
            parts.reduce(0) { $0 + self[$1].lowerBound },
            parts.reduce(0) { min(Self.most, $0 + self[$1].upperBound) }
        )
        narrow(whole, to: least...max(least, most))
        for part in parts {
            let others = parts.filter { $0 != part }
            let (low, high) = (
                others.reduce(0) { $0 + self[$1].lowerBound },
                others.reduce(0) { min(Self.most, $0 + self[$1].upperBound) }
            )
            let range = (max(0, self[whole].lowerBound - high), self[whole].upperBound - low)
            narrow(part, to: range.0...max(range.0, range.1))
        }
    }

    private mutating func settle(_ part: String, _ whole: String, _ ratio: Double) {
        let (a, b) = (self[part], self[whole])
        if b.count == 1 {
            let count = Int((ratio * Double(b.lowerBound)).rounded())
            narrow(part, to: count...count)
        }
        if ratio == 0 { narrow(part, to: 0...0) }
        if a.count == 1, a.lowerBound > 0, ratio > 0 {
            let count = Int((Double(a.lowerBound) / ratio).rounded())
            narrow(whole, to: count...count)
        }
    }

    private mutating func narrow(_ name: String, to range: ClosedRange<Int>) {
        let old = self[name]
        let low = max(old.lowerBound, range.lowerBound)
        ranges[name] = low...max(low, min(old.upperBound, range.upperBound))
    }
}
