import ArgumentParser
import Foundation
import Glibc
import Histories
import Machines
import Notebook

/// How well and how fast people who are in a list twice are found.
struct LinkageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linkage",
        abstract: "Print how well and how fast several records of one person are found.",
        discussion: """
            The same list is judged by Splink, of whose figures they print a row, when its Python is \
            named. Example:

              python3 -m venv /tmp/splink && /tmp/splink/bin/pip install splink
              swift run -c release benchmark linkage --people 100000 --python /tmp/splink/bin/python
            """)

    @Option(help: "How many records the list has.") var people = 100_000
    @Option(help: "What decides the list.") var seed: UInt64 = 20_251
    @Option(help: "A Python with Splink, to compare.") var python: String?
    @Option(help: "Keep the list in this file.") var list: String?

    func validate() throws {
        guard people > 1 else { throw ValidationError("There must be two people.") }
    }

    func run() throws {
        let folder = try Scratch.make("fieldbook-linkage")
        let records = Town(records: people, seed: seed).records
        let file = list ?? folder + "/people.csv"
        let rows = [LabelledPerson.headings] + records.map(\.row)
        try rows.joined(separator: "\n").write(toFile: file, atomically: false, encoding: .utf8)
        print("\(people) records, seed \(seed)\n")
        print("            precision  recall     F1  seconds   CPU    peak MB  compared")
        fflush(nil)
        try measure(records)
        if let python { try Splink(python: python).measure(file) }
        try Scratch.clear(folder, keep: false)
    }

    private func measure(_ records: [LabelledPerson]) throws {
        let people = records.map(LinkagePerson.init)
        let (cpu, start) = (ProcessCost.ownCPUSeconds, Date())
        let linkage = Linkage(people)
        let (cpuSeconds, seconds) = (
            ProcessCost.ownCPUSeconds - cpu, Date().timeIntervalSince(start)
        )
        let figures = LinkageEvaluation(
            people, labels: records.map { String($0.label) }, proposed: linkage.pairs)
        let peak = try ProcessCost(of: getpid()).peakBytes >> 20
        print(
            String(
                format: "Fieldbook   %9.4f %7.4f %6.4f %8.1f %5.1f %10d %9d", figures.precision,
                figures.recall, figures.f1, seconds, cpuSeconds, peak, linkage.compared))
        fflush(nil)
    }
}

extension LinkagePerson {
    fileprivate init(_ record: LabelledPerson) {
        self.init(
            name: record.name, phones: [record.phone].compactMap { $0 },
            emails: [record.email].compactMap { $0 }, address: record.address)
    }
}

/// Splink from PyPI: what it makes of the same list.
private struct Splink {
    let python: String

    func measure(_ file: String) throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../linkage.py").standardized.path
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = [script, file]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ExitCode.failure }
    }
}
