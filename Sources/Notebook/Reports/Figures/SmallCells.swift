/// Keeps small groups out of what is shared: who knows the neighbourhood knows who the three are.
package enum SmallCells {
    /// Groups of fewer people, but of more than none, are not counted out.
    package static let least = 5

    static func shown(_ count: Int, _ isShared: Bool) -> ReportValue {
        isShared && isSmall(count) ? .few : .count(count)
    }

    package static func isSmall(_ count: Int) -> Bool { (1..<least).contains(count) }

    /// Which parts of a known whole to keep back: the small ones, and where that is one alone, which
    /// the others would give away, the smallest of them too (complementary suppression; Willenborg
    /// and de Waal, "Elements of Statistical Disclosure Control", 2001).
    package static func hidden(of parts: [Int]) -> Set<Int> {
        var hidden = Set(parts.indices.filter { isSmall(parts[$0]) })
        guard hidden.count == 1 else { return hidden }
        let others = parts.indices.filter { !hidden.contains($0) && parts[$0] > 0 }
        if let next = others.min(by: { (parts[$0], $0) < (parts[$1], $1) }) { hidden.insert(next) }
        return hidden
    }
}
