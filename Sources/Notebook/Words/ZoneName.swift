import Foundation
import Glibc

extension Zone {
    /// The zone with a name of the time zone database, like `America/Chicago`; the system's own for
    /// a name that the machine does not know.
    ///
    /// The process's environment is left alone: a hub serves many at once.
    package static func named(_ name: String) -> Zone {
        if name == "UTC" { return .utc }
        guard name != systemName, let zone = TimeZone(identifier: name) else { return .system }
        return Zone { milliseconds in
            let moment = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            return Int64(zone.secondsFromGMT(for: moment))
        }
    }

    /// The name of the zone that the process runs in, for a new notebook to keep.
    package static var systemName: String {
        if let variable = getenv("TZ").map({ String(cString: $0) }), !variable.isEmpty {
            return tidy(variable)
        }
        guard let target = realpath("/etc/localtime", nil) else { return "UTC" }
        defer { free(target) }
        return tidy(String(cString: target))
    }

    /// `America/Chicago` out of `:America/Chicago` or a path.
    private static func tidy(_ name: String) -> String {
        let plain = name.hasPrefix(":") ? String(name.dropFirst()) : name
        guard let folder = plain.range(of: "/zoneinfo/") else { return plain }
        return String(plain[folder.upperBound...])
    }
}
