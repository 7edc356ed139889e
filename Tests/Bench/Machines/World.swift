import Histories
import Synchronization

/// A laptop's clock and dice, in our hands.
package final class World: Sendable {
    private let time: Mutex<UInt64>
    private let dice: Mutex<SplitMix64>

    /// Starts at a time, with dice that a seed decides.
    package init(seed: UInt64, milliseconds: UInt64) {
        time = Mutex(milliseconds)
        dice = Mutex(SplitMix64(seed: seed))
    }

    /// What the clock shows.
    package var milliseconds: UInt64 { time.withLock { $0 } }

    /// Sets the clock.
    package func set(milliseconds: UInt64) {
        time.withLock { $0 = milliseconds }
    }

    /// Throws the dice.
    package func bytes(_ count: Int) -> [UInt8] {
        dice.withLock { dice in (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) } }
    }
}
