import Foundation

/// The programs that a replay needs: those of the machine, and those built beside it.
enum Tool {
    /// A program on the PATH. Throws a sentence that says what it is needed for.
    static func path(_ name: String, neededFor what: String) throws -> String {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
            .split(separator: ":")
        let found = folders.map { "\($0)/\(name)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        guard let found else {
            throw ReplayError("\(name) is missing. It is needed for \(what). Install it.")
        }
        return found
    }

    /// This program itself.
    static func own() throws -> String {
        try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }

    /// A program that the package builds beside this one.
    static func built(_ name: String) throws -> String {
        let path = try URL(fileURLWithPath: own()).deletingLastPathComponent()
            .appendingPathComponent(name).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw ReplayError(
                "\(path) is missing. Build it first: swift build --product \(name)")
        }
        return path
    }
}
