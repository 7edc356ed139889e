import Notebook
import Replication
import Store
import Testing

@Suite("The report of one-to-ones, week by week")
struct OneToOnesReportTests {
    let ana: Desk
    let rosa: RecordID
    let luis: RecordID

    init() throws {
        ana = try Desk.open()
        rosa = try ana.add("Rosa Alvarez")
        luis = try ana.add("Luis Ortiz")
    }

    private func week(_ name: String, _ table: ReportTable) throws -> [String: ReportValue] {
        try #require(table.row("week", .text(name)))
    }

    @Test("A week is an ISO week, from Monday to Sunday")
    func isoWeeks() {
        let weeks = [
            "2026-03-03", "2026-03-02", "2026-03-01", "2026-01-01", "2024-12-30", "2021-01-03",
        ]
        #expect(
            weeks.compactMap(Day.init(iso:)).map { "\(Week(of: $0))" } == [
                "2026-W10", "2026-W10", "2026-W09", "2026-W01", "2025-W01", "2020-W53",
            ])
        #expect("\(March.third)" == "2026-03-03")
    }

    @Test("A meeting counts in the week it was held, however late it was entered")
    func byDayHeld() throws {
        try ana.meet(rosa, on: March.third + -2)
        try ana.meet(luis, on: March.third + -1)
        try ana.meet(luis, on: March.third, status: nil)
        let table = try ana.report("one-to-ones", ReportQuestion(goal: 4))
        #expect(table.rows.count == 12)
        let last = try week("2026-W09", table)
        #expect(last["held"] == .count(1) && last["newPeople"] == .count(1))
        #expect(last["attainment"] == .ratio(0.25) && last["mean4"] == .number(0.25))
        let this = try week("2026-W10", table)
        #expect(this["held"] == .count(2) && this["newPeople"] == .count(1))
        #expect(this["attainment"] == .ratio(0.5) && this["mean4"] == .number(0.75))
        #expect(table.figure("held") == .count(3))
        #expect(table.figure("heldByWeek") == .trend([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]))
    }

    @Test("What was not held stands beside it; what was deleted is nowhere")
    func notHeld() throws {
        for status in ["scheduled", "no-show", "cancelled-by-us", "cancelled-by-them", "void"] {
            try ana.meet(rosa, status: status)
        }
        let gone = try ana.meet(rosa)
        try ana.change(OneToOne.key(gone), .delete)
        let this = try week("2026-W10", ana.report("one-to-ones"))
        #expect(this["held"] == .count(0) && this["newPeople"] == .count(0))
        #expect(this["scheduled"] == .count(1) && this["noShow"] == .count(1))
        #expect(this["cancelled"] == .count(2) && this["void"] == .count(1))
        #expect(this["goal"] == ReportValue.none)
    }

    @Test("The mean of the first weeks takes in what came before them")
    func meanBefore() throws {
        for week in 0..<4 { try ana.meet(rosa, on: March.third + Int64(-7 * week)) }
        let question = ReportQuestion(from: March.third + -1)
        let table = try ana.report("one-to-ones", question)
        #expect(table.rows.count == 1)
        #expect(table[0, "held"] == .count(1) && table[0, "mean4"] == .number(1))
        #expect(table[0, "newPeople"] == .count(0))
    }

    @Test("Two entries of one person are one new person, met first by whoever came first")
    func samePerson() throws {
        let other = try ana.add("R. Alvarez")
        let bo = try ana.colleague("Bo Lind")
        try ana.meet(other, on: March.third + -8, by: bo)
        try ana.meet(rosa)
        try ana.notebook.link(rosa, other)
        let table = try ana.report("one-to-ones")
        let this = try #require(table.rows.last)
        #expect(this.first == .text("Organizer 1"))
        #expect(table[table.rows.count - 1, "newPeople"] == .count(0))
        #expect(table.figure("newPeople") == .count(1))
        let before = try week("2026-W09", table)
        #expect(before["organizer"] == .text("Bo Lind") && before["newPeople"] == .count(1))
    }

    @Test("What is arranged for the coming 14 days lies ahead, and is in no rate")
    func ahead() throws {
        try ana.meet(rosa)
        for day in [1, 14, 15] as [Int64] {
            try ana.meet(luis, on: March.third + day, status: "scheduled")
        }
        let row = try #require(ana.report("hold-rate").row("held", .count(1)))
        #expect(row["scheduled"] == .count(2) && row["rate"] == .ratio(1))
        let this = try week("2026-W10", ana.report("one-to-ones"))
        #expect(this["scheduled"] == .count(2) && this["held"] == .count(1))
    }

    @Test("The hold rate asks how many that were arranged took place")
    func holdRate() throws {
        for status in ["held", "held", "held", "no-show", "cancelled-by-them", "cancelled-by-us"] {
            try ana.meet(rosa, status: status)
        }
        try ana.meet(rosa, status: "void")
        let table = try ana.report("hold-rate")
        #expect(table[0, "rate"] == .ratio(0.6) && table.figure("rate") == .ratio(0.6))
        #expect(table[0, "void"] == .count(1) && table[0, "cancelledByUs"] == .count(1))
        let before = ReportQuestion(to: March.third + -1)
        #expect(try ana.report("hold-rate", before).rows.isEmpty)
    }
}
