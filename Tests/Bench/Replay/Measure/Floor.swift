import Foundation

/// What the same work costs with nothing but C and SQLite.
struct Floor {
    private let program: String
    private let folder: String

    init(in folder: String) throws {
        self.folder = folder
        program = folder + "/floor"
        let compiler = try Tool.path("cc", neededFor: "floor.c, which the figures stand beside")
        let outcome = try Child(
            compiler, ["-O2", Workload.folder + "/floor.c", "-o", program, "-lsqlite3"]
        ).finish()
        guard outcome.status == 0 else {
            throw ReplayError(
                "floor.c does not compile. It needs SQLite's headers: install libsqlite3-dev.")
        }
    }

    /// The CPU seconds of one way to take the changes in: the middle one of three runs.
    func cpuSeconds(_ mode: String, _ workload: Workload) throws -> Double {
        try (0..<3).map { run in
            let outcome = try Child(
                program, [mode, "\(folder)/\(mode)\(run).db", workload.changesPath, "FULL", "0"]
            ).finish()
            try check(outcome.status == 0, "floor \(mode) failed.")
            return outcome.cpuSeconds
        }.sorted()[1]
    }
}
