import Foundation
import Testing

/// A process beside the test: another `fieldbook`, as far as the file can tell.
final class OtherProcess {
    private let process = Process()
    private let output = Pipe()
    private var rest = Data()

    init(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = output
        try process.run()
    }

    deinit { kill() }

    /// Writes entries into a notebook and says what became of each; see Tests/StoreProbe.
    static func probe(
        _ path: String, count: Int, bytes: Int = 0, environment: [String: String] = [:]
    ) throws -> OtherProcess {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = URL(filePath: tests).deletingLastPathComponent().appending(path: "StoreProbe")
        return try OtherProcess(
            program.path, [path, "\(count)", "\(bytes)"], environment: environment)
    }

    static func python(_ script: String, _ arguments: String...) throws -> OtherProcess {
        try OtherProcess("/usr/bin/env", ["python3", "-c", script] + arguments)
    }

    /// The next line that it prints; nil when it has ended.
    func line() -> String? {
        while true {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: rest[..<end], as: UTF8.self)
                rest = Data(rest[rest.index(after: end)...])
                return line
            }
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { return nil }
            rest += more
        }
    }

    /// All the lines that it has yet to print. Waits for its end.
    func lines() -> [String] {
        var lines: [String] = []
        while let line = line() { lines.append(line) }
        process.waitUntilExit()
        return lines
    }

    var exitStatus: Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Ends it at once, as a power button would end the program.
    func kill() {
        guard process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
