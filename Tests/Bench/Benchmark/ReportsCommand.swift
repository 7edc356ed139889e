import ArgumentParser
import Foundation
import Machines
import Notebook

/// What each report costs, beside the same question asked of SQLite by hand.
struct ReportsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reports",
        abstract: "Print what each report costs, and the same query written by hand in SQL.",
        discussion: """
            Example:

              swift run -c release benchmark reports --people 10000 --meetings 50000
            """)

    @Option(help: "How many people there are.") var people = 10_000
    @Option(help: "How many one-to-ones they had.") var meetings = 50_000
    @Option(help: "How often each report is made; the figure is the median.") var runs = 5
    @Option(help: "What decides the notebook.") var seed: UInt64 = 20_251
    @Flag(help: "Leave the reports out, and what was known on a day.") var onlyLists = false

    func validate() throws {
        guard people > 0, meetings >= 0, runs > 0 else {
            throw ValidationError("There must be people, and a run.")
        }
    }

    func run() throws {
        let folder = try Scratch.make("fieldbook-reports")
        let town = try ReportTown(
            in: folder, people: people, meetings: meetings, seed: seed)
        print("\(people) people, \(meetings) one-to-ones; CPU and wall, median of \(runs), in ms\n")
        print("report                    CPU     wall  rows      SQL: CPU     wall")
        if !onlyLists { for report in Report.all { try measure(report, town) } }
        print("\nlist")
        for list in TownList.all(of: town) { try measure(list, town) }
        if !onlyLists { try measurePast(town) }
        try Scratch.clear(folder, keep: false)
    }

    private func measurePast(_ town: ReportTown) throws {
        print("\nas known on a day")
        for days: Int64 in [0, 30, 365, 800] {
            try measure("  \(days) days ago", beside: nil, town) {
                try town.notebook.asKnown(on: town.notebook.today + -days) {
                    try $0.table(Report.named("one-to-ones"), ReportQuestion()).rows.count
                }
            }
        }
    }

    private func measure(_ report: Report, _ town: ReportTown) throws {
        let question = ReportQuestion(who: report.isAboutOne ? town.somebody : nil)
        try measure(report.name, beside: ReportTown.sql[report.name], town) {
            try town.notebook.table(report, question).rows.count
        }
    }

    private func measure(_ list: TownList, _ town: ReportTown) throws {
        try measure(list.name, beside: list.sql, town, make: list.make)
    }

    private func measure(
        _ name: String, beside sql: String?, _ town: ReportTown, make: () throws -> Int
    ) throws {
        var rows = 0
        let ours = try median { rows = try make() }
        let byHand = try sql.map { sql in try median { try town.ask(sql) } }
        let other = byHand.map { "\(Self.padded($0.cpu, 13)) \(Self.padded($0.wall, 8))" } ?? ""
        print(
            "\(name.padding(toLength: 20, withPad: " ", startingAt: 0)) "
                + "\(Self.padded(ours.cpu, 8)) \(Self.padded(ours.wall, 8)) "
                + "\(Self.padded(Double(rows), 6))\(other)")
    }

    private typealias Cost = (cpu: Double, wall: Double)

    private func median(_ body: () throws -> Void) throws -> Cost {
        let costs = try (0..<runs).map { _ in try time(body) }
        let middle = runs / 2
        return (costs.map(\.cpu).sorted()[middle], costs.map(\.wall).sorted()[middle])
    }

    private func time(_ body: () throws -> Void) throws -> Cost {
        let (cpu, start) = (ProcessCost.ownCPUSeconds, Date())
        try body()
        return ((ProcessCost.ownCPUSeconds - cpu) * 1000, Date().timeIntervalSince(start) * 1000)
    }

    private static func padded(_ number: Double, _ width: Int) -> String {
        let digits = "\(Int(number.rounded()))"
        return String(repeating: " ", count: max(0, width - digits.count)) + digits
    }
}
