/// Keeps small groups out of what is shared: who knows the neighbourhood knows who the three are.
package enum SmallCells {
    /// Groups of fewer people, but of more than none, are not counted out.
    package static let least = 5

    static func shown(_ count: Int, _ isShared: Bool) -> ReportValue {
        isShared && isSmall(count) ? .few : .count(count)
    }

    package static func isSmall(_ count: Int) -> Bool { (1..<least).contains(count) }

    /// Whether neither a part of a whole nor what is left of it is a small group.
    static func isSafe(_ part: Int, of whole: Int) -> Bool {
        ![part, whole - part, whole].contains(where: isSmall)
    }

    /// Whether a sum may be told of which these parts are kept back, and all others told.
    static func isSafe(sumOf hidden: [Int]) -> Bool {
        let some = hidden.filter { $0 > 0 }
        return !tells(Set(some.indices), some.map { [$0] })
    }

    /// What is kept back of a whole that is told or known: some of its parts, and where they would not
    /// be safe in it either, the whole.
    package struct Hidden: Sendable {
        package fileprivate(set) var parts: Set<Int> = []
        package fileprivate(set) var whole = false
    }

    /// Which parts of a known whole to keep back (complementary suppression; Willenborg and de Waal,
    /// "Elements of Statistical Disclosure Control", 2001).
    package static func hidden(of parts: [Int]) -> Set<Int> { hidden(of: parts.map { [$0] }).parts }

    /// Which groups to keep back that together are a known whole, each with the counts of which it
    /// consists: those with a small count, and the smallest others, until what the rest leaves over
    /// tells none of them.
    package static func hidden(of groups: [[Int]], besides known: Set<Int> = []) -> Hidden {
        let sizes = groups.map { $0.reduce(0, +) }
        var hidden = Hidden(
            parts: known.union(
                groups.indices.filter { isSmall(sizes[$0]) || groups[$0].contains(where: isSmall) })
        )
        while tells(hidden.parts, groups) {
            let others = groups.indices.filter { !hidden.parts.contains($0) && sizes[$0] > 0 }
            guard let next = others.min(by: { (sizes[$0], $0) < (sizes[$1], $1) }) else {
                hidden.whole = true
                return hidden
            }
            hidden.parts.insert(next)
        }
        return hidden
    }

    /// Whether somebody who takes what is shown from the whole learns of a small group: of the only
    /// one, of all together, or since each must be one person, or four.
    private static func tells(_ hidden: Set<Int>, _ groups: [[Int]]) -> Bool {
        guard let first = hidden.first else { return false }
        let sums = groups[first].indices.map { cell in hidden.reduce(0) { $0 + groups[$1][cell] } }
        let whole = sums.reduce(0, +)
        return hidden.count == 1 || sums.contains(where: isSmall) || isSmall(whole)
            || whole == hidden.count || whole == hidden.count * (least - 1)
    }
}
