package import Replication

/// What the store needs of the world: time, chance, and the device's key. Handed in, so that a
/// simulator can be the world.
package struct Environment: Sendable {
    /// Milliseconds since 1970, as the wall clock says now.
    package let milliseconds: @Sendable () -> UInt64
    /// That many random bytes.
    package let randomBytes: @Sendable (Int) -> [UInt8]
    /// The key of the device that writes here.
    package let key: DeviceKey

    package init(
        milliseconds: @escaping @Sendable () -> UInt64,
        randomBytes: @escaping @Sendable (Int) -> [UInt8], key: DeviceKey
    ) {
        self.milliseconds = milliseconds
        self.randomBytes = randomBytes
        self.key = key
    }

    /// A new UUIDv7.
    package func newID() -> RecordID {
        let random = randomBytes(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return RecordID(milliseconds: milliseconds(), random: random)
    }
}
