import ArgumentParser
import Foundation
import Glibc

/// Replays a realistic workload: first in bad weather, for correctness; then in calm, for figures.
@main
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Replay an organizing network's changes on eight laptops and a hub.",
        discussion: """
            Needs python3, and cc with SQLite's headers for the floor. Example:

              swift run -c release replay --size M
            """,
        subcommands: [Run.self, Phase.self], defaultSubcommand: Run.self)

    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        await main(nil)
    }
}

/// The whole replay.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Replay, check and measure.")

    @Option(help: "XS (1,000 changes), S, M (100,000), L, or a number.") var size = "XS"
    @Option(help: "What decides the workload and the weather.") var seed: UInt64 = 20_251
    @Option(help: "Also write the figures to this file, as JSON.") var json: String?
    @Flag(help: "Keep the folder with all notebooks.") var keep = false
    @Flag(help: "Only the bad weather: check, and measure nothing.") var chaosOnly = false
    @Flag(help: "Only the calm: measure, and check nothing.") var measureOnly = false

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("fieldbook-replay-\(getpid())").path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            try await replay(in: folder)
            try clear(folder)
            print("ok: size \(size), seed \(seed)")
        } catch {
            print("The notebooks are in \(folder).")
            print("FAILED: size \(size), seed \(seed): \(error)")
            throw ExitCode.failure
        }
    }

    private func clear(_ folder: String) throws {
        guard !keep else { return print("Kept \(folder).") }
        try FileManager.default.removeItem(atPath: folder)
    }

    private func replay(in folder: String) async throws {
        let workload = try Workload.generate(size: size, seed: seed, in: folder + "/workload")
        var document = Document(size: size, seed: seed)
        if !measureOnly {
            var chaos = try Chaos(seed: seed, in: folder + "/chaos")
            let began = ContinuousClock.now
            let outcome = try await chaos.run(try workload.changes())
            document.chaos = outcome
            document.chaosSeconds = (ContinuousClock.now - began).seconds
            print(outcome.description(seconds: (ContinuousClock.now - began).seconds))
        }
        if !chaosOnly {
            let figures = try Measurement(folder: folder + "/measure", workload: workload).run()
            document.figures = figures
            print(figures.description)
        }
        guard let json else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(document).write(to: URL(fileURLWithPath: json))
    }

    private struct Document: Encodable {
        let size: String
        let seed: UInt64
        var chaos: Chaos.Outcome?
        var chaosSeconds: Double?
        var figures: Figures?

        init(size: String, seed: UInt64) {
            self.size = size
            self.seed = seed
        }
    }
}

extension Chaos.Outcome {
    func description(seconds: Double) -> String {
        """
        Bad weather: \(changes) changes on 8 laptops in \(rounds) rounds, \(Int(seconds)) s.
          The network was cut \(cuts) times and the hub killed \(kills) times; \(failedSyncs) syncs \
        failed and were tried again; \(wireBytes) bytes passed.
          9 notebooks and the hub are equal in \(findings.spaces) spaces: \(findings.records) \
        records, \(findings.values) values, none lost.
          \(findings.conflicts) fields were written apart and wait for a person, and \
        \(findings.deletedWhileEdited) records were deleted beside an edit; all are visible.
          \(repetitions) edits said what was there already. The leader has exactly \
        \(findings.leaderRecords) records.
        """
    }
}
