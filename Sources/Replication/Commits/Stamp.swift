/// A hybrid logical clock's reading: 48 bits of milliseconds since 1970 and a counter of 16 bits
/// (Kulkarni et al., "Logical Physical Clocks", 2014).
///
/// A stamp orders what is *shown*. It never decides what is kept.
package struct Stamp: Hashable, Comparable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    package init(milliseconds: UInt64, counter: UInt16 = 0) {
        rawValue = milliseconds << 16 | UInt64(counter)
    }

    /// Stamps from here on are refused by the decoder: room for every clock to go on, and for
    /// databases whose integers have a sign.
    package static let limit = Stamp(rawValue: 1 << 63)

    package var milliseconds: UInt64 { rawValue >> 16 }
    package var counter: UInt16 { UInt16(truncatingIfNeeded: rawValue) }

    package static func < (a: Stamp, b: Stamp) -> Bool { a.rawValue < b.rawValue }
}

/// A device's hybrid logical clock. The wall clock is handed in at every reading.
package struct HybridClock: Sendable {
    package private(set) var last: Stamp

    package init(last: Stamp = Stamp(rawValue: 0)) {
        self.last = last
    }

    /// The next stamp: later than every stamp read or observed, and not before `milliseconds`.
    ///
    /// The counter carries into the milliseconds when it overflows.
    package mutating func next(milliseconds: UInt64) -> Stamp {
        let wall = Stamp(milliseconds: min(milliseconds, Stamp.limit.milliseconds - 1))
        last = max(wall, Stamp(rawValue: min(last.rawValue + 1, Stamp.limit.rawValue - 1)))
        return last
    }

    /// Folds in the greatest *effective* stamp of a batch, once, after its transaction. Signed
    /// stamps are never folded: a clock that is years ahead would spread.
    package mutating func observe(_ effective: Stamp) {
        last = max(last, effective)
    }
}
