/// How alike two words are in their letters.
enum JaroWinkler {
    /// From 0 to 1, by the letters that stand in nearly the same place (Jaro, "Advances in
    /// Record-Linkage Methodology", 1989), and more where the words begin alike (Winkler, "String
    /// Comparator Metrics", 1990). Letters after the 60th do not count.
    static func likeness(_ a: [UInt8], _ b: [UInt8]) -> Double {
        let jaro = jaro(a.prefix(mostLetters), b.prefix(mostLetters))
        let start = zip(a, b).prefix(4).prefix { $0 == $1 }.count
        return jaro + 0.1 * Double(start) * (1 - jaro)
    }

    private static let mostLetters = 60

    private static func jaro(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Double {
        guard !a.isEmpty, !b.isEmpty else { return a.isEmpty && b.isEmpty ? 1 : 0 }
        let reach = max(max(a.count, b.count) / 2 - 1, 0)
        // A bit for every letter that has found its like.
        var (foundA, foundB): (UInt64, UInt64) = (0, 0)
        for i in a.indices {
            let first = min(b.count, max(0, i - reach))
            let near = first..<max(first, min(b.count, i + reach + 1))
            guard let j = near.first(where: { foundB & 1 << $0 == 0 && a[i] == b[$0] })
            else { continue }
            foundA |= 1 << i
            foundB |= 1 << j
        }
        let common = Double(foundA.nonzeroBitCount)
        guard common > 0 else { return 0 }
        let moved = Double(misplaced(a, foundA, b, foundB)) / 2
        return (common / Double(a.count) + common / Double(b.count) + (common - moved) / common) / 3
    }

    /// How many of the letters found stand in another order.
    private static func misplaced(
        _ a: ArraySlice<UInt8>, _ foundA: UInt64, _ b: ArraySlice<UInt8>, _ foundB: UInt64
    ) -> Int {
        var (count, j) = (0, 0)
        for i in a.indices where foundA & 1 << i != 0 {
            while foundB & 1 << j == 0 { j += 1 }
            if a[i] != b[j] { count += 1 }
            j += 1
        }
        return count
    }

    /// Whether one slip of the finger makes one word of the other: a letter more, a letter less, another
    /// letter, or two that changed places (Damerau, 1964).
    static func isOneSlip<Letter: Equatable>(_ a: [Letter], _ b: [Letter]) -> Bool {
        let (short, long) = a.count <= b.count ? (a, b) : (b, a)
        guard long.count - short.count <= 1, short != long else { return false }
        let start = zip(short, long).prefix { $0 == $1 }.count
        let end = zip(short.reversed(), long.reversed()).prefix { $0 == $1 }.count
        if long.count > short.count { return start + end >= short.count }
        let isSwap =
            start + end == short.count - 2
            && short[start] == long[start + 1] && short[start + 1] == long[start]
        return start + end >= short.count - 1 || isSwap
    }
}
