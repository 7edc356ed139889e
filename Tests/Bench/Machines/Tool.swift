import Foundation

/// The programs that a replay or a benchmark needs: those of the machine, and those built beside it.
package enum Tool {
    /// A program on the PATH. Throws a sentence that says what it is needed for.
    package static func path(_ name: String, neededFor what: String) throws -> String {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
            .split(separator: ":")
        let found = folders.map { "\($0)/\(name)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        guard let found else {
            throw BenchError("\(name) is missing. It is needed for \(what). Install it.")
        }
        return found
    }

    /// This program itself.
    package static func own() throws -> String {
        try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }

    /// A program that the package builds beside this one.
    package static func built(_ name: String) throws -> String {
        let path = try URL(fileURLWithPath: own()).deletingLastPathComponent()
            .appendingPathComponent(name).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            let release = path.contains("/release/") ? "-c release " : ""
            throw BenchError(
                "\(path) is missing. Build it first: swift build \(release)--product \(name)")
        }
        return path
    }
}
