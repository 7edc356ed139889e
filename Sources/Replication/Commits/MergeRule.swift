/// How a field's concurrent writes are read. The rule travels with every write, so that a hub
/// merges fields that it has never heard of. A number that is not listed merges like `keep`.
package struct MergeRule: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Every live value is shown until a person settles it: a multi-value register.
    package static let keep = MergeRule(rawValue: 0)
    /// Merges like `keep`; only the winner is ever shown.
    package static let latest = MergeRule(rawValue: 1)
    /// One cell per element; an addition wins over a concurrent removal.
    package static let set = MergeRule(rawValue: 2)
    /// Immutable: names no dots and is never dead. Of several the earliest is shown.
    package static let once = MergeRule(rawValue: 3)
}
