import Foundation

/// What single commands cost on a full notebook, each as a whole process.
struct Commands {
    let notebook: String
    private static let runs = 7

    /// What `fieldbook sync --json` says that matters here.
    private struct Report: Decodable {
        let roundTrips: Int
        let bytesSent: Int
        let bytesReceived: Int
        let sent: Int
        let received: Int
    }

    func measure(_ figures: inout Figures) throws {
        let idle = try (0..<Self.runs).map { _ in try run(["sync"]) }
        let report = try report(idle)
        try check(report.sent + report.received == 0, "The idle sync was not idle.")
        add("idle sync", idle, &figures)
        add("idle sync", report, &figures)
        let met = try (0..<Self.runs).map { number in
            try run(["met", "Rosa Replay \(number)", "--new", "--summary", "Walks to dialysis."])
        }
        add("met", met, &figures)
        let one = try run(["sync"])
        add("sync of \(Self.runs)", [one], &figures)
        add("sync of \(Self.runs)", try self.report([one]), &figures)
        let find = try (0..<2).map { _ in try run(["find", "dialysis"]) }
        figures.add("find", "first, which indexes everything", find[0].wallSeconds, "s")
        figures.add("find", "then", find[1].wallSeconds * 1000, "ms")
    }

    private func run(_ arguments: [String]) throws -> Child.Outcome {
        let outcome = try Child(
            try Tool.built("fieldbook"), arguments + ["--notebook", notebook, "--json"]
        ).finish()
        guard outcome.status == 0 else {
            throw ReplayError("fieldbook \(arguments[0]) failed: \(outcome.text)")
        }
        return outcome
    }

    private func report(_ outcomes: [Child.Outcome]) throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data((outcomes.last?.text ?? "").utf8))
    }

    private func add(_ section: String, _ outcomes: [Child.Outcome], _ figures: inout Figures) {
        let wall = outcomes.map(\.wallSeconds).sorted()[outcomes.count / 2]
        let cpu = outcomes.map(\.cpuSeconds).sorted()[outcomes.count / 2]
        figures.add(section, "whole process, wall", wall * 1000, "ms")
        figures.add(section, "whole process, CPU", cpu * 1000, "ms")
    }

    private func add(_ section: String, _ report: Report, _ figures: inout Figures) {
        figures.add(section, "round trips", Double(report.roundTrips), "")
        figures.add(section, "sent", Double(report.bytesSent), "bytes")
        figures.add(section, "received", Double(report.bytesReceived), "bytes")
    }
}
