import Foundation
import Testing

/// The small workload in bad weather, as the built program replays it.
@Suite struct ReplayTests {
    @Test("Eight laptops, a leader and a hub lose nothing in bad weather", .timeLimit(.minutes(10)))
    func badWeather() throws {
        let process = Process()
        process.executableURL = Self.programs.appendingPathComponent("replay")
        process.arguments = ["--size", "XS"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.split(separator: "\n").last == "ok: size XS, seed 20251", "\(text)")
    }

    /// Where the package's programs are built: beside these tests.
    private static var programs: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent()
    }
}
