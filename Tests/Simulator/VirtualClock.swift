import Histories
import Replication
import Store
import Synchronization

/// The schedule's time, and how far each machine's clock is off from it.
final class VirtualClock: Sendable {
    private let now: Atomic<UInt64>

    init(milliseconds: UInt64) { now = Atomic(milliseconds) }

    var milliseconds: UInt64 { now.load(ordering: .relaxed) }

    func pass(milliseconds: UInt64) { now.add(milliseconds, ordering: .relaxed) }
}

/// One machine: its clock, its dice, and the key of the device on it.
final class Machine: Sendable {
    let key: DeviceKey
    private let clock: VirtualClock
    private let offset = Atomic<Int64>(0)
    private let dice: Mutex<SplitMix64>

    init(clock: VirtualClock, seed: UInt64) throws {
        var dice = SplitMix64(seed: seed)
        guard let key = DeviceKey(bytes: dice.bytes(32)) else { throw Broken("no key.") }
        self.key = key
        self.clock = clock
        self.dice = Mutex(dice)
    }

    /// How wrong this machine's clock is, in milliseconds.
    func set(offset milliseconds: Int64) { offset.store(milliseconds, ordering: .relaxed) }

    var milliseconds: UInt64 {
        UInt64(max(0, Int64(clock.milliseconds) + offset.load(ordering: .relaxed)))
    }

    var environment: Environment {
        Environment(
            milliseconds: { self.milliseconds },
            randomBytes: { count in self.dice.withLock { $0.bytes(count) } }, key: key)
    }
}
