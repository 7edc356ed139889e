import Notebook
import Replication
import Store
import Testing

@Suite("Goals and cadences")
struct GoalReportTests {
    let ana: Desk
    let rosa: RecordID
    let luis: RecordID

    init() throws {
        ana = try Desk.open()
        rosa = try ana.add("Rosa Alvarez")
        luis = try ana.add("Luis Ortiz")
    }

    private func goal(
        _ measure: String, _ target: Int64, a period: String = "week", of owner: RecordID? = nil,
        since: Day? = nil, until: Day? = nil
    ) throws {
        var changes: [Change] = [
            .set(Goal.name, .text("\(measure) a \(period)")), .set(Goal.measure, .text(measure)),
            .set(Goal.period, .text(period)), .set(Goal.target, .int(target)),
        ]
        if let owner { changes.append(.set(Goal.owner, .id(owner))) }
        if let since { changes.append(.set(Goal.since, .day(since.number))) }
        if let until { changes.append(.set(Goal.until, .day(until.number))) }
        try ana.write(Goal.kind, changes)
    }

    private func cadence(_ tier: String, due: Int64?, overdue: Int64?) throws {
        var changes: [Change] = [.set(TierCadence.tier, .text(tier))]
        if let due { changes.append(.set(TierCadence.dueDays, .int(due))) }
        if let overdue { changes.append(.set(TierCadence.overdueDays, .int(overdue))) }
        try ana.write(TierCadence.kind, changes)
    }

    @Test("A week is measured by one's own goal, else by everybody's, and by --goal before both")
    func defaultGoal() throws {
        let bo = try ana.colleague("Bo Lind")
        let me = ana.notebook.me.asOrganizer
        try goal("oneToOnes", 10)
        try goal("oneToOnes", 4, of: me, since: March.third + -7)
        try goal("oneToOnes", 99, of: me, until: March.third + -20)
        try goal("newPeople", 1, of: me)
        try ana.meet(rosa)
        try ana.meet(luis, by: bo)
        let week = ReportQuestion(from: March.third, to: March.third)
        let table = try ana.report("one-to-ones", week)
        #expect(table.row("organizer", .text("Organizer 1"))?["goal"] == .count(4))
        #expect(table.row("organizer", .text("Organizer 1"))?["attainment"] == .ratio(0.25))
        #expect(table.row("organizer", .text("Bo Lind"))?["attainment"] == .ratio(0.1))
        #expect(try ana.report("week").figure("attainment") == .ratio(0.25))
        let asked = ReportQuestion(from: March.third, to: March.third, goal: 2)
        #expect(try ana.report("one-to-ones", asked)[0, "goal"] == .count(2))
    }

    @Test("A goal of a month, a quarter or a year has its part in each week")
    func periods() throws {
        try ana.meet(rosa)
        for (period, target, weekly) in [
            ("month", 40, 9), ("quarter", 100, 8), ("year", 520, 10), ("year", 20, nil),
        ] as [(String, Int64, Int?)] {
            try goal("oneToOnes", target, a: period, of: ana.notebook.me.asOrganizer)
            let week = ReportQuestion(from: March.third, to: March.third)
            #expect(
                try ana.report("one-to-ones", week)[0, "goal"]
                    == weekly.map(ReportValue.count) ?? ReportValue.none)
        }
    }

    @Test("Each goal says how far its owner is, in its own time")
    func progress() throws {
        let me = ana.notebook.me.asOrganizer
        let bo = try ana.colleague("Bo Lind")
        try ana.meet(rosa, on: March.third + -1)
        try ana.meet(rosa)
        try ana.meet(luis, on: March.third + -1, by: bo)
        try ana.meet(luis)
        try ana.meet(rosa, on: March.third + -10)
        try ana.promise(rosa, due: nil)
        try ana.assess(rosa, level: 3, on: March.third + -1)
        try ana.assess(rosa, level: 4, on: March.third, by: bo)
        try ana.attend(nil, ana.action("Vigil", on: March.third), "attended", count: 30)
        try goal("oneToOnes", 4, of: me)
        try goal("oneToOnes", 10, a: "month")
        try goal("newPeople", 2, a: "quarter", of: me)
        try goal("commitments", 2, a: "year", of: me)
        try goal("leaders", 1, a: "month", of: bo)
        try goal("turnout", 60, a: "quarter")
        try goal("hugs", 3)
        try goal("oneToOnes", 3, of: me, until: March.third + -1)
        let table = try ana.report("goals")
        let done = { (name: String) in table.row("goal", .text(name))?["done"] }
        #expect(table.rows.count == 6)
        #expect(done("oneToOnes a week") == .count(3))
        #expect(done("oneToOnes a month") == .count(4))
        #expect(done("newPeople a quarter") == .count(1))
        #expect(done("commitments a year") == .count(1))
        #expect(done("leaders a month") == .count(0))
        #expect(table.row("goal", .text("turnout a quarter"))?["share"] == .ratio(0.5))
    }

    @Test("A tier's cadence decides when somebody is due, here and in the turf's list")
    func cadences() throws {
        let mei = try ana.add("Mei Chen")
        try cadence("Primary", due: 7, overdue: 10)
        try cadence("supporter", due: 60, overdue: nil)
        for person in [rosa, luis, mei] { try ana.meet(person, on: March.third + -12) }
        try ana.change(Person.key(rosa), .set(Person.tier, .text("primary")))
        try ana.change(Person.key(mei), .set(Person.tier, .text("supporter")))
        let table = try ana.report("stale")
        #expect(
            table.column("name") == [.text("Rosa Alvarez"), .text("Luis Ortiz"), .text("Mei Chen")])
        #expect(table.column("state") == [.text("overdue"), .text("ok"), .text("ok")])
        #expect(table.column("urgency") == [.number(12.0 / 7), .number(12.0 / 14), .number(0.2)])
        let list = try ana.notebook.turfList(nil)
        #expect(list.map(\.name) == ["Rosa Alvarez", "Luis Ortiz", "Mei Chen"])
        #expect(list.map(\.state) == [.overdue, .ok, .ok])
        try ana.meet(luis, on: March.third + -11)
        let later = try ana.report("stale", ReportQuestion(to: March.third + 20))
        // 32 / 7 × 2, 31 / 14, and 32 / 60, which is not due yet.
        #expect(
            later.column("name") == [.text("Rosa Alvarez"), .text("Luis Ortiz"), .text("Mei Chen")])
        #expect(later.column("state") == [.text("overdue"), .text("overdue"), .text("ok")])
    }

    @Test("A call keeps somebody from being overdue, and is no first meeting")
    func touch() throws {
        try ana.meet(rosa, on: March.third + -40)
        for person in [rosa, luis] {
            try ana.write(
                Touch.kind,
                [.set(Touch.person, .id(person)), .set(Touch.on, .day((March.third + -3).number))])
        }
        let table = try ana.report("stale")
        #expect(table.row("person", .id(rosa))?["state"] == .text("ok"))
        #expect(table.row("person", .id(rosa))?["lastMet"] == .day(March.third + -40))
        #expect(table.row("person", .id(rosa))?["days"] == .count(3))
        // It is what counts, so it is shown; a contact before the last meeting does not.
        #expect(table.row("person", .id(rosa))?["lastTouch"] == .day(March.third + -3))
        try ana.meet(rosa, on: March.third + -1)
        #expect(try ana.report("stale").row("person", .id(rosa))?["lastTouch"] == ReportValue.none)
        #expect(table.row("person", .id(luis))?["state"] == .text("never"))
        #expect(try ana.notebook.turfList(nil).map(\.state) == [.never, .ok])
    }

    @Test(
        "Words for a one-to-one that fell out are read as today's programs and older ones write them"
    )
    func statuses() throws {
        for status in [
            "noShow", "no-show", "cancelledByThem", "cancelled-by-them", "cancelledByUs",
        ] {
            try ana.meet(rosa, status: status)
        }
        let row = try #require(ana.report("hold-rate").rows.first)
        #expect(row[3] == .count(2) && row[4] == .count(2) && row[6] == .count(1))
        let week = try ana.report("week")
        #expect(week.column("what").contains(.text("no-show")))
    }

    @Test("My week has the actions of both weeks, and which way each promise goes")
    func week() throws {
        try ana.promise(rosa, due: March.third)
        try ana.promise(rosa, due: March.third, theirs: false)
        _ = try ana.action("Hearing", on: March.third + 8)
        _ = try ana.action("Vigil", on: March.third)
        _ = try ana.action("Next month", on: March.third + 30)
        let table = try ana.report("week")
        #expect(
            table.column("kind") == [
                .text("promise"), .text("ourPromise"), .text("action"), .text("action"),
            ])
        #expect(table.column("what").suffix(2) == [.text("Vigil"), .text("Hearing")])
    }
}
