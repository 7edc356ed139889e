import Notebook
import Replication
import Store
import Testing
import Wording

@Suite("A report as known on a past day")
struct KnownReportTests {
    let clock = Later()
    let ana: Desk
    let rosa: RecordID

    init() throws {
        let clock = clock
        ana = try Desk.open(later: { clock.now })
        rosa = try ana.add("Rosa Alvarez")
    }

    private func held(on day: Day) throws -> ReportValue? {
        try ana.notebook.asKnown(on: day) {
            try $0.table(
                Report.named("one-to-ones"), ReportQuestion(from: March.third, to: March.third))
        }.figure("held")
    }

    @Test("Does not hold what was entered later, of whichever day it is")
    func enteredLater() throws {
        try ana.meet(rosa)
        clock.pass(days: 2)
        try ana.meet(rosa, on: March.third)
        #expect(try held(on: March.third) == .count(1))
        #expect(try held(on: March.third + 1) == .count(1))
        #expect(try held(on: March.third + 2) == .count(2))
        #expect(try held(on: March.third + -1) == .count(0))
    }

    @Test("Has what was changed and deleted since as it was then")
    func changedSince() throws {
        let meeting = try ana.meet(rosa, status: "scheduled")
        clock.pass(days: 1)
        try ana.change(OneToOne.key(meeting), .set(OneToOne.status, .text(OneToOne.held)))
        clock.pass(days: 1)
        try ana.change(OneToOne.key(meeting), .delete)
        clock.pass(days: 1)
        try ana.change(OneToOne.key(meeting), .restore)
        let known = try (0...3).map { try held(on: March.third + Int64($0)) }
        #expect(known == [.count(0), .count(1), .count(0), .count(1)])
    }

    @Test(
        "Knows concerns that have been taken out since, names that were other and links that were not"
    )
    func rest() throws {
        let meeting = try ana.meet(rosa, heard: ["asthma"])
        let other = try ana.add("R. Alvarez")
        clock.pass(days: 1)
        try ana.change(OneToOne.key(meeting), .remove(OneToOne.heard, .text("asthma")))
        try ana.notebook.edit(rosa, PersonDetails(name: "Rosa A. Alvarez"))
        try ana.notebook.link(rosa, other)
        func known(on day: Day) throws -> (names: [String], heard: [[String]], today: Day) {
            try ana.notebook.asKnown(on: day) {
                try ($0.people().map(\.name), $0.oneToOnes(with: rosa).map(\.heard), $0.today)
            }
        }
        let then = try known(on: March.third)
        #expect(then.names == ["R. Alvarez", "Rosa Alvarez"])
        #expect(then.heard == [["asthma"]] && then.today == March.third)
        let now = try known(on: March.third + 1)
        #expect(now.names == ["Rosa A. Alvarez"] && now.heard == [[]])
    }

    @Test("Has the steps on the way that had been taken by then, and no later ones")
    func steps() throws {
        let vigil = try ana.action("Vigil", on: March.third)
        let attendance = try ana.attend(rosa, vigil, "pledged")
        for step in ["confirmed", "attended"] {
            clock.pass(days: 1)
            try ana.change(Attendance.key(attendance), .set(Attendance.status, .text(step)))
        }
        let known = try (0...2).map { days in
            try ana.notebook.asKnown(on: March.third + Int64(days)) {
                try $0.table(Report.named("turnout"), ReportQuestion()).rows[0]
            }
        }
        #expect(known.map { $0[6] } == [.count(0), .count(1), .count(1)])
        #expect(known.map { $0[7] } == [.count(0), .count(0), .count(1)])
    }

    @Test("Holds everything, as of today, for every report", arguments: Report.all.map(\.name))
    func today(_ name: String) throws {
        let other = try ana.add("Luis Ortiz")
        let bo = try ana.colleague("Bo Lind")
        for person in [rosa, other] {
            try ana.meet(person, heard: ["asthma"], by: bo)
            try ana.meet(person, on: March.third + -20)
            try ana.promise(person, due: March.third, status: "kept", settled: March.third)
            try ana.assess(person, level: 2, on: March.third)
        }
        try ana.takePart(rosa, rosa, other)
        let report = try Report.named(name)
        let question = ReportQuestion(who: report.isAboutOne ? rosa : nil)
        let now = try ana.notebook.table(report, question)
        let known = try ana.notebook.asKnown(on: March.third) { try $0.table(report, question) }
        #expect(now.rows == known.rows && now.figures.map(\.value) == known.figures.map(\.value))
    }
}

@Suite("The days of a report")
struct ReportDayTests {
    @Test("Are those asked for; else whole weeks or days up to today")
    func days() throws {
        let book = try Desk.open().notebook
        let days = { (name: String, question: ReportQuestion) in
            try book.days(of: Report.named(name), question)
        }
        #expect(try days("one-to-ones", ReportQuestion()).lowerBound.description == "2025-12-15")
        #expect(try days("issues", ReportQuestion()) == (March.third + -364)...March.third)
        #expect(try days("stale", ReportQuestion()) == March.third...March.third)
        #expect(throws: ReportError.endsBeforeItBegins(from: March.third + 1, to: March.third)) {
            try days("issues", ReportQuestion(from: March.third + 1))
        }
        #expect(throws: ReportError.tooLong(days: 4000)) {
            try days("issues", ReportQuestion(from: March.third + -4000))
        }
        #expect(throws: ReportError.unknown("isues")) { try Report.named("isues") }
    }

    @Test("No two reports have one name, and each explains itself")
    func names() {
        #expect(Set(Report.all.map(\.name)).count == Report.all.count)
        #expect(
            Report.all.allSatisfy { $0.formula.text.count > 80 && $0.abstract.text.hasSuffix(".") })
    }
}
