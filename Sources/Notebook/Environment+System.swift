import Glibc
package import Replication
package import Store

extension Environment {
    /// The machine's clock and random source.
    package static func system(key: DeviceKey) -> Environment {
        Environment(
            milliseconds: {
                var now = timespec()
                clock_gettime(CLOCK_REALTIME, &now)
                return UInt64(max(0, now.tv_sec)) * 1000 + UInt64(now.tv_nsec) / 1_000_000
            },
            randomBytes: { count in
                var generator = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            }, key: key)
    }
}
