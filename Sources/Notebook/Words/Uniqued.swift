extension Sequence {
    /// Each once by what `key` makes of it, in the order of the first.
    package func uniqued<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
        var seen: Set<Key> = []
        return filter { seen.insert(key($0)).inserted }
    }
}

extension Sequence where Element: Hashable {
    /// Each once, in the order of the first.
    package var uniqued: [Element] { uniqued(by: \.self) }
}
