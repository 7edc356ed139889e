import ArgumentParser
import Foundation
import Machines

/// The table: what is measured, the floor, the aim, ours.
struct TableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "Print what everything costs, the floor beside it, and what is to be reached.",
        discussion: """
            A run begins with nothing: a laptop takes all changes in, sends them to an empty hub, \
            and another laptop gets them. Each step is a whole process. One more run goes through a \
            proxy that counts the bytes on the wire.

            With two sizes, what grows between them is shown, too. Example:

              swift run -c release benchmark table --sizes M,L --runs 1
            """)

    @Option(help: "XS (1,000 changes), S, M (100,000), L (1,000,000), or a number.")
    var size = "M"
    @Option(help: "Several sizes, with a comma between them, in place of one.") var sizes: String?
    @Option(help: "How many runs; each figure is their median.") var runs = 5
    @Option(help: "What decides the workload.") var seed: UInt64 = 20_251
    @Option(help: "Also write the figures to this file, as JSON.") var json: String?
    @Flag(help: "Keep the folder with all notebooks.") var keep = false

    func validate() throws {
        guard runs > 0 else { throw ValidationError("There must be a run.") }
    }

    func run() throws {
        let folder = try Scratch.make("fieldbook-benchmark")
        var tables: [Table] = []
        for size in (sizes ?? size).split(separator: ",").map(String.init) {
            let table = try measure(size, in: "\(folder)/\(size)")
            print(table)
            if let smaller = tables.last { print(Growth(from: smaller, to: table)) }
            tables.append(table)
        }
        try write(tables)
        try Scratch.clear(folder, keep: keep)
    }

    private func measure(_ size: String, in folder: String) throws -> Table {
        let workload = try Workload.generate(size: size, seed: seed, in: folder + "/workload")
        let floor = try Floor(in: folder)
        var samples = Samples()
        for run in 0...runs {
            let place = "\(folder)/run\(run)"
            var trial = try Trial(in: place, workload: workload, floor: floor)
            // The proxy would take a part of the time, and bytes are the same in every run.
            let isOnWire = run == 0
            samples.add(try trial.run(isOnWire: isOnWire)) {
                Row.onWire.contains($0) == isOnWire
            }
            if !keep { try FileManager.default.removeItem(atPath: place) }
        }
        return Table(size: size, changes: try workload.count(), runs: runs, samples: samples)
    }

    private func write(_ tables: [Table]) throws {
        guard let json else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let figures = Dictionary(uniqueKeysWithValues: tables.map { ($0.size, $0.figures) })
        try encoder.encode(figures).write(to: URL(fileURLWithPath: json))
    }
}
