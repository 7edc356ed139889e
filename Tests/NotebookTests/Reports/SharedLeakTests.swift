import Notebook
import Replication
import Testing
import Wording

@Suite("What somebody can work out who reads a shared report with a pencil")
struct SharedLeakTests {
    private static let shareable = Report.all.filter { !$0.namesPeople }.map(\.name)
    private static let shared = ReportQuestion(isShared: true)
    /// Reports that count nobody: what organizers did, and partners' officials.
    private static let ofNobody = ["hold-rate"]

    @Test("Every report that can be shared is looked into")
    func all() {
        #expect(Set(Bounds.relations.keys).union(Self.ofNobody) == Set(Self.shareable))
    }

    @Test(
        "No group of 1 to 4 people follows from what is shown",
        arguments: 1...24 as ClosedRange<UInt64>)
    func nothingFollows(_ seed: UInt64) throws {
        let desk = try RandomNotebook(seed: seed).desk
        for name in Self.shareable {
            guard let relate = Bounds.relations[name] else { continue }
            let table = try desk.report(name, Self.shared)
            var bounds = Bounds()
            relate(&bounds, table)
            #expect(bounds.leaks() == [], "\(name), seed \(seed)")
        }
        try expectMediansOfMany(desk, seed)
    }

    /// A median says that there are people to be in the middle.
    private func expectMediansOfMany(_ desk: Desk, _ seed: UInt64) throws {
        let (funnel, steps) = (try desk.report("funnel", Self.shared), try desk.report("funnel"))
        for row in funnel.rows.indices where funnel[row, "medianDays"] != ReportValue.none {
            #expect(steps.number(row, "people") >= 5, "seed \(seed)")
        }
        let (ladder, all) = (try desk.report("ladder", Self.shared), try desk.report("ladder"))
        let levels = all.columns.map(\.name).filter { $0.hasPrefix("level") }
        for (row, level) in levels.enumerated()
        where ladder[row, "medianDays"] != ReportValue.none {
            let standing = all.rows.indices.reduce(0) { $0 + all.number($1, level) }
            #expect(standing >= 5, "seed \(seed)")
        }
    }
}

extension ReportTable {
    fileprivate func number(_ row: Int, _ column: String) -> Int {
        if case .count(let count)? = self[row, column] { count } else { 0 }
    }
}
