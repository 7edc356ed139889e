import Foundation
import Testing

/// The simulator's short runs, as the built program makes them.
@Suite("The simulator")
struct SimulatorTests {
    @Test("Merging alone: 2,000 schedules", .timeLimit(.minutes(10)))
    func merging() throws {
        let text = try Self.run("--depth", "replication", "--schedules", "2000")
        #expect(text.contains("No failure."), "\(text)")
    }

    @Test("Laptops and a hub: 200 schedules", .timeLimit(.minutes(10)))
    func everything() throws {
        let text = try Self.run("--schedules", "200")
        #expect(text.contains("No failure."), "\(text)")
        // Weather that never gets bad proves nothing.
        for fault in ["answerLost", "hubCrashed", "laptopCrashed", "revoked", "turfTaken"] {
            #expect(text.contains(" \(fault) "), "\(text)")
        }
    }

    /// A seed runs alike in two processes, so that a failure can be looked at. Between memory and disk
    /// a crash may fall upon another statement.
    @Test(arguments: [[], ["--disk"]]) func aSeedRunsAlikeAgain(_ place: [String]) throws {
        let runs = try (0..<2).map { _ in try Self.run(["--schedules", "5"] + place) }
        let marks = runs.map { $0.split(separator: "mark ").last?.prefix { $0 != "\n" } }
        #expect(Set(marks).count == 1, "\(runs)")
    }

    /// The defects that `--planted` looks for, which takes hours where many schedules have to be run.
    @Test func plantedBugsFitTheSources() throws {
        let text = try Self.run("--planted", "--fit")
        #expect(text.contains("planted bugs fit the sources"), "\(text)")
    }

    private static func run(_ arguments: String...) throws -> String { try run(arguments) }

    private static func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("simulator")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
