import Histories
import Replication
import Store
import Sync
import Synchronization

/// The schedule's time, and how far each machine's clock is off from it.
final class VirtualClock: Sendable {
    private let now: Atomic<UInt64>

    init(milliseconds: UInt64) { now = Atomic(milliseconds) }

    var milliseconds: UInt64 { now.load(ordering: .relaxed) }

    func pass(milliseconds: UInt64) { now.add(milliseconds, ordering: .relaxed) }
}

/// One machine: its clock, its dice, and the keys of the devices that it has been.
final class Machine: Sendable, KeyRing {
    private let keys: Mutex<[DeviceKey]>
    /// A key that is made, and that no notebook here writes with yet.
    private let waiting = Mutex<DeviceID?>(nil)
    private let clock: VirtualClock
    private let offset = Atomic<Int64>(0)
    private let dice: Mutex<SplitMix64>

    /// A copy of another machine has the same keys.
    init(clock: VirtualClock, seed: UInt64, copying other: Machine? = nil) throws {
        var dice = SplitMix64(seed: seed)
        guard let key = DeviceKey(bytes: dice.bytes(32)) else { throw Broken("no key.") }
        keys = Mutex(other?.allKeys ?? [key])
        self.clock = clock
        self.dice = Mutex(dice)
        let untaken = other?.waiting.withLock { $0 }
        waiting.withLock { $0 = untaken }
    }

    var allKeys: [DeviceKey] { keys.withLock { $0 } }

    /// The key of a notebook that is new here.
    var firstKey: DeviceKey { allKeys[0] }

    func successor(of device: DeviceID) throws -> DeviceKey {
        if let last = allKeys.last, last.device != device, waiting.withLock({ $0 }) == last.device {
            return last
        }
        guard let key = DeviceKey(bytes: dice.withLock { $0.bytes(32) }) else {
            throw Broken("no key.")
        }
        keys.withLock { $0.append(key) }
        waiting.withLock { $0 = key.device }
        return key
    }

    func take(_ device: DeviceID) throws {
        waiting.withLock { if $0 == device { $0 = nil } }
    }

    func predecessors(of device: DeviceID) throws -> [DeviceKey] {
        let keys = allKeys
        return keys.firstIndex { $0.device == device }.map { keys[..<$0].reversed() } ?? []
    }

    /// How wrong this machine's clock is, in milliseconds.
    func set(offset milliseconds: Int64) { offset.store(milliseconds, ordering: .relaxed) }

    var milliseconds: UInt64 {
        UInt64(max(0, Int64(clock.milliseconds) + offset.load(ordering: .relaxed)))
    }

    func environment(_ key: DeviceKey) -> Environment {
        Environment(
            milliseconds: { self.milliseconds },
            randomBytes: { count in self.dice.withLock { $0.bytes(count) } }, key: key)
    }
}
