import Glibc

/// The notebook's time zone: what day it is for the people who write in it.
package struct Zone: Sendable {
    /// Seconds east of Greenwich at a moment, in milliseconds since 1970.
    package let offsetSeconds: @Sendable (UInt64) -> Int64

    package init(offsetSeconds: @escaping @Sendable (UInt64) -> Int64) {
        self.offsetSeconds = offsetSeconds
    }

    /// The zone that the process runs in, daylight saving time included.
    package static let system = Zone { milliseconds in
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return Int64(parts.tm_gmtoff)
    }

    package static let utc = Zone { _ in 0 }

    package func day(at milliseconds: UInt64) -> Day {
        let seconds = Int64(milliseconds / 1000) + offsetSeconds(milliseconds)
        return Day(number: seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
    }

    /// `2026-11-20T09:30:00-06:00` (ISO 8601).
    package func timestamp(_ milliseconds: UInt64) -> String {
        let offset = offsetSeconds(milliseconds)
        let clock = Self.clock(Int64(milliseconds / 1000) + offset, withSeconds: true)
        let sign = offset < 0 ? "-" : "+"
        let zone = Self.clock(abs(offset), withSeconds: false)
        return "\(day(at: milliseconds))T\(clock)" + (offset == 0 ? "Z" : sign + zone)
    }

    /// `Fri 20 Nov 09:30`
    package func moment(_ milliseconds: UInt64, today: Day) -> String {
        let seconds = Int64(milliseconds / 1000) + offsetSeconds(milliseconds)
        return day(at: milliseconds).short(today: today) + " "
            + Self.clock(seconds, withSeconds: false)
    }

    /// `2026-11-20-0930`, for the name of a file.
    package func name(of milliseconds: UInt64) -> String {
        let seconds = Int64(milliseconds / 1000) + offsetSeconds(milliseconds)
        let clock = Self.clock(seconds, withSeconds: false).filter { $0 != ":" }
        return "\(day(at: milliseconds))-\(clock)"
    }

    private static func clock(_ seconds: Int64, withSeconds: Bool) -> String {
        let parts =
            [seconds % 86_400 / 3600, seconds % 3600 / 60] + (withSeconds ? [seconds % 60] : [])
        return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
