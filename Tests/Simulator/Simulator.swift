import ArgumentParser
import Foundation

/// Runs seeded schedules of everything that can go wrong, and stops at the first that does.
@main
struct Simulator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulator",
        abstract: "Run laptops and a hub through seeded bad weather.",
        discussion: """
            The merge, the store, the session and the door are the program's own; the clocks, the \
            network and the crashes are not. A failing seed prints itself, and runs again alike with \
            --seed. Example:

              swift run -c release simulator --schedules 1000

            With --planted it builds the program once with \(PlantedBug.all.count) deliberate defects \
            that can be switched on, and says of each whether its schedules find it: in seconds where \
            an early one does, in a quarter of an hour where none of 3,000 does. To be run from the \
            package's folder.
            """)

    /// How much of the program takes part.
    enum Depth: String, ExpressibleByArgument, CaseIterable {
        /// Histories of commits alone, against the oracle.
        case replication
        /// Notebooks, sessions and a hub.
        case full
    }

    @Option(help: "How many schedules to run: 200; with --planted 3,000 for each bug.")
    var schedules: UInt64?
    @Option(help: "The first schedule's seed; the others follow it.") var seed: UInt64 = 1
    @Option(help: "replication: merging alone. full: laptops and a hub.") var depth = Depth.full
    @Option(help: "Steps in each schedule of the full depth.") var steps = 60
    @Option(
        help:
            "Have many of these in each schedule, not two steps and two acts by chance: \(Favoured.names)"
    )
    var favour: Favoured?
    @Flag(help: "Keep the notebooks on disk, and open them anew after a crash.") var disk = false
    @Flag(help: "Print each step.") var trace = false
    @Flag(help: "Look for planted bugs.") var planted = false
    @Flag(help: "With --planted: only check that each still fits the sources.") var fit = false

    func validate() throws {
        guard schedules != 0 else { throw ValidationError("There must be at least one schedule.") }
        guard steps > 0 else { throw ValidationError("A schedule needs at least one step.") }
    }

    func run() async throws {
        guard !planted else { return try await lookForPlantedBugs() }
        var tally = Tally()
        let began = ContinuousClock.now
        for seed in seed..<seed + (schedules ?? 200) {
            do {
                tally += try await schedule(seed)
            } catch {
                print("FAILED: seed \(seed), \(depth): \(error)")
                print("Again: simulator --depth \(depth) --schedules 1 --seed \(seed)\(options)")
                throw ExitCode.failure
            }
        }
        print(tally.description(depth: depth, seconds: (ContinuousClock.now - began) / .seconds(1)))
    }

    private func lookForPlantedBugs() async throws {
        let all = PlantedBug.all.count
        let misfits = PlantedRun.misfits()
        for bug in misfits { print("Does not fit \(bug.file): \(bug.name)") }
        guard misfits.isEmpty else { throw ExitCode.failure }
        guard !fit else { return print("\(all) planted bugs fit the sources") }
        let found = try await PlantedRun(schedules: schedules ?? 3000).run()
        print("\(found) of \(all) planted bugs found")
        if found < all { throw ExitCode.failure }
    }

    private func schedule(_ seed: UInt64) async throws -> Tally {
        switch depth {
        case .replication: try MergeSchedule(seed: seed).run()
        case .full:
            try await World.run(
                seed: seed, steps: steps, favouring: favour, isOnDisk: disk, trace: trace)
        }
    }

    private var options: String {
        (depth == .full ? " --steps \(steps)" : "") + (favour.map { " --favour \($0)" } ?? "")
            + (disk ? " --disk" : "")
    }
}
