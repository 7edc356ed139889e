import Synchronization

/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014):
/// chance that can be had again.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

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
