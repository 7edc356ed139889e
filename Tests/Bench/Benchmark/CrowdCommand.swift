import ArgumentParser
import Foundation
import Machines
import Store

/// A hub before a crowd of devices.
struct CrowdCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crowd",
        abstract: "Let many devices sync at once while others get everything.",
        discussion: """
            Each device has a notebook file, a key and a connection of its own; all are on this \
            machine, beside the hub, and take their part of it. Example:

              swift run -c release benchmark crowd --devices 200 --bootstraps 5
            """)

    @Option(help: "How many devices sync at once.") var devices = 200
    @Option(help: "How many laptops get everything meanwhile.") var bootstraps = 5
    @Option(help: "How often each device syncs in a phase.") var rounds = 5
    @Option(help: "What the hub holds before: XS (1,000 changes), S, M, or a number.")
    var size = "S"
    @Option(help: "What decides the workload.") var seed: UInt64 = 20_251
    @Flag(help: "Keep the folder with all notebooks.") var keep = false

    func validate() throws {
        guard devices > 0, rounds > 0, bootstraps >= 0 else {
            throw ValidationError("There must be devices and rounds.")
        }
    }

    func run() async throws {
        // Each notebook keeps a few files open.
        OpenFiles.allow(65_536)
        let folder = try Scratch.make("fieldbook-crowd")
        let workload = try Workload.generate(size: size, seed: seed, in: folder + "/workload")
        let (hub, invitation) = try HubProcess.make(in: folder + "/hub")
        try hub.start()
        let outcome: Result<CrowdReport, any Error>
        do {
            try fill(hub, invitation, workload, LaptopProgram(notebook: folder + "/ana.sqlite"))
            let crowd = try await Crowd(of: devices, at: hub, in: folder)
            outcome = .success(try await crowd.live(rounds: rounds, bootstraps: bootstraps))
        } catch {
            outcome = .failure(error)
        }
        try hub.stop()
        let report = try outcome.get()
        print(report)
        try Scratch.clear(folder, keep: keep)
        guard report.errors.isEmpty else { throw ExitCode.failure }
    }

    private func fill(
        _ hub: HubProcess, _ invitation: String, _ workload: Workload, _ laptop: LaptopProgram
    ) throws {
        _ = try laptop.load(workload.changesPath)
        try laptop.run("join", hub.link(invitation))
        _ = try laptop.sync()
    }
}
