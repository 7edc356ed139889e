import Foundation
import Testing

/// Another implementation of SyncProtocol.md, in Python and written from that page alone.
@Suite("A client in another language")
struct ConformanceTests {
    @Test func agreesWithEveryVector() throws {
        let (status, text) = try Self.python("drive.py", "python3", "implementation.py")
        #expect(status == 0, "\(text)")
        for file in ["commits", "blocks", "merge", "comparing", "frames", "snapshot", "http"] {
            let line = text.split(separator: "\n").first { $0.hasPrefix(file + ": ") }
            #expect(line?.hasSuffix(" hold, 0 do not") ?? false, "\(text)")
        }
    }

    /// A life of both: people and meetings, conflicts, erasures, backups put back, copies, revocation.
    @Test("exchanges with the real programs", .timeLimit(.minutes(10)))
    func exchangesWithTheRealPrograms() throws {
        let programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().path
        let (status, text) = try Self.python("live.py", programs)
        #expect(status == 0, "\(text)")
        #expect(text.contains(" hold, 0 do not"), "\(text)")
    }

    private static func python(_ arguments: String...) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Conformance")
        process.environment = ProcessInfo.processInfo.environment
            .merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
