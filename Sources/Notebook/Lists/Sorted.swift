extension Sequence {
    /// Sorted by what is worked out once of each.
    func sorted<First: Comparable, Second: Comparable, Third: Comparable>(
        by order: (Element) -> (First, Second, Third)
    ) -> [Element] {
        map { (element: $0, order: order($0)) }.sorted { $0.order < $1.order }.map(\.element)
    }
}
