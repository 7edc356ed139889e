import Histories
import Synchronization

/// A laptop's clock and dice, in the replay's hands.
final class World: Sendable {
    private let time: Mutex<UInt64>
    private let dice: Mutex<SplitMix64>

    init(seed: UInt64, milliseconds: UInt64) {
        time = Mutex(milliseconds)
        dice = Mutex(SplitMix64(seed: seed))
    }

    var milliseconds: UInt64 { time.withLock { $0 } }

    func set(milliseconds: UInt64) {
        time.withLock { $0 = milliseconds }
    }

    func bytes(_ count: Int) -> [UInt8] {
        dice.withLock { dice in (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) } }
    }
}
