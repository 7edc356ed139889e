import Foundation
import Testing

/// The benchmarks' short runs, as the built program makes them: that all figures come, not how good
/// they are.
@Suite("Benchmarks")
struct BenchmarkTests {
    @Test("The table has a figure in every row", .timeLimit(.minutes(10)))
    func table() throws {
        let json = FileManager.default.temporaryDirectory
            .appending(path: "figures-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: json) }
        let text = try Self.run("table", "--sizes", "300,XS", "--runs", "1", "--json", json.path)
        #expect(text.contains("Growth from 300 to XS"), "\(text)")
        let sizes = try JSONDecoder().decode(
            [String: [String: Figure]].self, from: Data(contentsOf: json))
        for size in ["300", "XS"] {
            let figures = try #require(sizes[size])
            #expect(Set(figures.keys) == Self.rows)
            for (row, figure) in figures {
                #expect(figure.least > 0, "\(row)")
                #expect(figure.least <= figure.median && figure.median <= figure.most, "\(row)")
            }
            #expect(figures["idleRoundTrips"]?.median == 1)
        }
    }

    @Test("A crowd is served without an error", .timeLimit(.minutes(10)))
    func crowd() throws {
        let text = try Self.run(
            "crowd", "--devices", "8", "--bootstraps", "2", "--rounds", "2", "--size", "300")
        #expect(text.contains("No sync failed."), "\(text)")
        #expect(!text.contains("none\n") && !text.contains("nan"), "\(text)")
    }

    @Test("People who are in a list twice are found, and what that took is told")
    func linkage() throws {
        let text = try Self.run("linkage", "--people", "300")
        #expect(text.contains("A name that is typed: median"), "\(text)")
        let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("Fieldbook") })
        let figures = row.split(separator: " ").dropFirst().compactMap { Double($0) }
        #expect(figures.count == 7, "\(text)")
        #expect(figures.prefix(3).allSatisfy { $0 > 0.5 && $0 <= 1 }, "\(text)")
    }

    private struct Figure: Decodable {
        let median: Double
        let least: Double
        let most: Double
    }

    private static let rows: Set<String> = [
        "log3", "loading", "upload", "uploadLaptop", "uploadHub", "uploadNotebook", "uploadWall",
        "bootstrap", "bootstrapLaptop", "bootstrapHub", "bootstrapWall", "wireUp", "wireDown",
        "hundredUp", "hundredUpBytes", "hundredDown", "hundredDownBytes", "idle", "idleCPU",
        "idleRoundTrips", "idleBytes", "oneLogged", "oneLoggedCPU", "diskHub", "diskLog",
        "diskNotebook",
        "diskWriter", "diskReader", "laptopMemory", "hubMemory",
    ]

    /// Runs the program that is built beside these tests. Returns what it printed.
    private static func run(_ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "benchmark")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(process.terminationStatus == 0, "\(text)")
        return text
    }
}
