import ArgumentParser
import Foundation
import Glibc
import Machines

/// Replays a realistic workload in bad weather, and checks that nothing is lost.
@main
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Replay an organizing network's changes in bad weather, and check what is left.",
        discussion: """
            Eight laptops, a leader and a hub: the network is cut, the hub is killed. Needs python3. \
            Example:

              swift run -c release replay --size M
            """)

    @Option(help: "XS (1,000 changes), S, M (100,000), L, or a number.") var size = "XS"
    @Option(help: "What decides the workload and the weather.") var seed: UInt64 = 20_251
    @Flag(help: "Keep the folder with all notebooks.") var keep = false

    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        await main(nil)
    }

    func run() async throws {
        let folder = try Scratch.make("fieldbook-replay")
        do {
            try await replay(in: folder)
            try Scratch.clear(folder, keep: keep)
            print("ok: size \(size), seed \(seed)")
        } catch {
            print("The notebooks are in \(folder).")
            print("FAILED: size \(size), seed \(seed): \(error)")
            throw ExitCode.failure
        }
    }

    private func replay(in folder: String) async throws {
        let workload = try Workload.generate(size: size, seed: seed, in: folder + "/workload")
        var chaos = try Chaos(seed: seed, in: folder + "/chaos")
        let began = ContinuousClock.now
        let outcome = try await chaos.run(try workload.changes())
        print(outcome.description(seconds: (ContinuousClock.now - began).seconds))
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
