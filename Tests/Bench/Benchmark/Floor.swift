import Foundation
import Machines

/// What the same work costs with nothing but C and SQLite.
struct Floor {
    private let program: String

    init(in folder: String) throws {
        program = folder + "/floor"
        let compiler = try Tool.path("cc", neededFor: "floor.c, which the figures stand beside")
        let outcome = try Child(
            compiler, ["-O2", Workload.tools + "/floor.c", "-o", program, "-lsqlite3"]
        ).finish()
        guard outcome.status == 0 else {
            throw BenchError(
                "floor.c does not compile. It needs SQLite's headers: install libsqlite3-dev.")
        }
    }

    /// Takes the changes of a file into a database: a log row, a typed row and a version row for
    /// each, durable at the end.
    func log3(_ changesPath: String, into database: String) throws -> Child.Outcome {
        let outcome = try Child(program, ["log3", database, changesPath, "FULL", "0"]).finish()
        try check(outcome.status == 0, "floor log3 failed.")
        return outcome
    }
}
