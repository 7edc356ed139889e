import Notebook
import Replication
import Store
import Testing
import Wording

@Suite("What somebody can work out who reads a shared report with a pencil")
struct SharedLeakTests {
    private static let shareable = Report.all.filter { !$0.namesPeople }.map(\.name)
    private static let shared = ReportQuestion(isShared: true)
    @Test("Every report that can be shared is looked into")
    func all() {
        #expect(Set(Bounds.relations.keys) == Set(Self.shareable))
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

    @Test("Two who were met before this week are not told by the goals of the week and the month")
    func goalWithinGoal() throws {
        let (ana, people) = try Self.desk()
        for (number, person) in people.prefix(7).enumerated() {
            try ana.meet(person, on: March.third + (number < 5 ? 0 : -2))
        }
        for period in ["week", "month"] {
            try ana.write(
                Goal.kind,
                [
                    .set(Goal.name, .text("Meet people")), .set(Goal.measure, .text("newPeople")),
                    .set(Goal.period, .text(period)), .set(Goal.target, .int(10)),
                ])
        }
        let done = { (question: ReportQuestion) in
            let table = try ana.report("goals", question)
            return ["week", "month"].map { table.row("period", .text($0))?["done"] }
        }
        #expect(try done(ReportQuestion()) == [.count(5), .count(7)])
        #expect(try done(Self.shared) == [.few, .count(7)])
    }

    @Test(
        "Whom an organizer met in a week of three meetings, and who did not come, stays in the house"
    )
    func fewMeetings() throws {
        let (ana, people) = try Self.desk()
        for (number, person) in people.prefix(9).enumerated() {
            try ana.meet(person, on: March.third + (number < 3 ? 0 : -7))
        }
        for person in people.suffix(2) { try ana.meet(person, status: "noShow") }
        let week = ReportQuestion(from: March.third + -7, isShared: true, goal: 10)
        let table = try ana.report("one-to-ones", week)
        #expect(table.rows.indices.map { table[$0, "held"] } == [.count(6), .few])
        #expect(
            table.rows.indices.map { table[$0, "attainment"] } == [.ratio(0.6), ReportValue.none])
        #expect(table.rows.indices.map { table[$0, "mean4"] } == [.number(1.5), ReportValue.none])
        #expect(table[1, "noShow"] == .few)
        #expect(table.figure("held") == ReportValue.none)
        #expect(table.figure("heldByWeek") == ReportValue.none)
        let rates = try ana.report("hold-rate", Self.shared)
        #expect(rates[0, "held"] == .count(9) && rates[0, "noShow"] == .few)
        #expect(rates[0, "rate"] == ReportValue.none && rates.figure("rate") == ReportValue.none)
        #expect(try ana.report("hold-rate")[0, "noShow"] == .count(2))
    }

    @Test("Three who spoke of it ten times are three")
    func fewWhoSaidMuch() throws {
        let (ana, people) = try Self.desk()
        let issue = try ana.issue("Clean air on Cedar", cutOn: March.third)
        try ana.write(
            Campaign.kind,
            [.set(Campaign.name, .text("Cedar")), .set(Campaign.issue, .id(issue))])
        for number in 0..<10 {
            try ana.concern(
                "trucks \(number)", of: people[number % 3], .set(Concern.issue, .id(issue)))
        }
        let concerns = { (question: ReportQuestion) in
            try ana.report("campaign-chain", question).row("link", .text("concerns"))
        }
        #expect(try concerns(ReportQuestion())?["detail"] == .text("people: 3"))
        let kept = try concerns(Self.shared)
        #expect(kept?["count"] == .few && kept?["detail"] == ReportValue.none)
    }

    @Test("A median is none of fewer than five")
    func medianOfFew() throws {
        let (ana, people) = try Self.desk()
        for person in people.prefix(9) {
            try ana.meet(person, on: March.third + -9)
            try ana.promise(person, due: March.third)
        }
        #expect(try ana.report("funnel", Self.shared)[2, "medianDays"] == .number(9))
        let four = ReportQuestion(from: March.third + -1, isShared: true)
        for person in people[0..<2] { try ana.meet(person) }
        #expect(try ana.report("funnel", four)[2, "medianDays"] == ReportValue.none)
    }

    private static func desk() throws -> (Desk, [RecordID]) {
        let ana = try Desk.open()
        return (ana, try (0..<12).map { try ana.add("Person \($0)") })
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
