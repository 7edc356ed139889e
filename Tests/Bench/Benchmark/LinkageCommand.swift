import ArgumentParser
import Foundation
import Glibc
import Histories
import Machines
import Notebook
import Replication
import Store

/// How well and how fast people who are in a list twice are found.
struct LinkageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linkage",
        abstract: "Print how well and how fast several records of one person are found.",
        discussion: """
            The same list is judged by Splink, of whose figures they print a row, when its Python is \
            named. Example:

              python3 -m venv splink && splink/bin/pip install splink
              swift run -c release benchmark linkage --people 100000 --python splink/bin/python
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
        try TypedNames(records, in: folder, seed: seed).measure()
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

/// Names that are typed into a notebook of everybody, each looked up among those who are here.
private struct TypedNames {
    private static let batch = 5000
    private static let most = 500
    private let records: [LabelledPerson]
    private let notebook: Notebook

    init(_ records: [LabelledPerson], in folder: String, seed: UInt64) throws {
        self.records = records
        let now = UInt64(Date().timeIntervalSince1970 * 1000)
        notebook = try Laptop("town", in: folder, seed: seed, milliseconds: now).notebook
        for start in stride(from: 0, to: records.count, by: Self.batch) {
            let some = records[start..<min(start + Self.batch, records.count)]
            try notebook.store.write { transaction in
                for record in some {
                    let key = Person.key(notebook.store.environment.newID())
                    let edit = Edit(key, home: Space.organizers, Self.changes(record))
                    try transaction.commit([edit], by: notebook.me.member)
                }
            }
        }
    }

    private static func changes(_ record: LabelledPerson) -> [Change] {
        let texts: [(FieldSchema, String?)] = [
            (Person.name, record.name), (Person.phone, record.phone),
            (Person.email, record.email), (Person.address, record.address),
        ]
        return texts.compactMap { field, text in text.map { Change.set(field, .text($0)) } }
    }

    func measure() throws {
        let first = try milliseconds(of: records[0])
        let times = try records.prefix(Self.most).map(milliseconds).sorted()
        print(
            String(
                format: "\nA name that is typed: median %.1f ms, worst of %d %.1f ms; "
                    + "the first one, which indexes everybody, %.0f ms", times[times.count / 2],
                times.count, times[times.count - 1], first))
    }

    private func milliseconds(of record: LabelledPerson) throws -> Double {
        let start = Date()
        _ = try notebook.acquaintances(like: LinkagePerson(record))
        return Date().timeIntervalSince(start) * 1000
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
