import Foundation
import Machines

/// A notebook, and `fieldbook` as its person would run it: every call is a whole process.
struct LaptopProgram {
    let notebook: String

    /// One sync, and what it said of itself.
    struct Synced {
        let outcome: Child.Outcome
        let report: Report
    }

    /// What `fieldbook sync --json` says that matters here.
    struct Report: Decodable {
        let sent: Int
        let received: Int
        let roundTrips: Int
    }

    func sync() throws -> Synced {
        let outcome = try run("sync")
        let report = try JSONDecoder().decode(Report.self, from: Data(outcome.text.utf8))
        return Synced(outcome: outcome, report: report)
    }

    @discardableResult
    func run(_ arguments: String...) throws -> Child.Outcome {
        let outcome = try Child(
            try Tool.built("fieldbook"), arguments + ["--notebook", notebook, "--json"]
        ).finish()
        guard outcome.status == 0 else {
            throw BenchError("fieldbook \(arguments[0]) failed: \(outcome.text)")
        }
        return outcome
    }

    /// Writes the changes of a file into the notebook, which is made when there is none. Returns the
    /// CPU seconds of writing alone.
    func load(_ changesPath: String) throws -> Double {
        let outcome = try Child(
            try Tool.own(), ["load", "--notebook", notebook, "--changes", changesPath]
        ).finish()
        guard outcome.status == 0, let seconds = Double(outcome.text) else {
            throw BenchError("\(changesPath) could not be taken in.")
        }
        return seconds
    }
}
