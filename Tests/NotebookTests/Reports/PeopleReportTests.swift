import Notebook
import Replication
import Store
import Testing
import Wording

@Suite("Reports on people and what they promised")
struct PeopleReportTests {
    let ana: Desk
    let rosa: RecordID
    let luis: RecordID
    let amina: RecordID

    init() throws {
        ana = try Desk.open()
        rosa = try ana.add("Rosa Alvarez")
        luis = try ana.add("Luis Ortiz")
        amina = try ana.add("Amina Yusuf")
    }

    @Test("Whom we lose touch with comes first, never met after, and all is well at the end")
    func stale() throws {
        try ana.meet(rosa, on: March.third + -31)
        try ana.meet(luis, on: March.third + -14)
        try ana.meet(amina, on: March.third + -40, status: "no-show")
        let table = try ana.report("stale")
        #expect(
            table.column("name") == [
                .text("Rosa Alvarez"), .text("Amina Yusuf"), .text("Luis Ortiz"),
            ])
        #expect(table.column("state") == [.text("overdue"), .text("never"), .text("ok")])
        #expect(table.column("days") == [.count(31), .none, .count(14)])
        #expect(table[0, "urgency"] == .number(31.0 / 14))
        let later = try ana.report("stale", ReportQuestion(to: March.third + 1))
        #expect(later.column("state") == [.text("overdue"), .text("due"), .text("never")])
    }

    @Test("Who is met under one of two entries has been met")
    func staleSamePerson() throws {
        let other = try ana.add("R. Alvarez")
        try ana.meet(other)
        try ana.notebook.link(rosa, other)
        let table = try ana.report("stale")
        #expect(table.rows.count == 3)
        #expect(table.row("person", .id(rosa))?["state"] == .text("ok"))
    }

    @Test(
        "The kept rate leaves out what was agreed anew in time, and counts who asked and who promised"
    )
    func promises() throws {
        let day = March.third
        try ana.promise(rosa, due: day + -10, status: "kept", settled: day + -10)
        try ana.promise(rosa, due: day + -10, status: "kept", settled: day + -6)
        try ana.promise(rosa, due: day + -10, status: "broken", settled: day + -9)
        try ana.promise(luis, due: day, status: "renegotiated", settled: day + -1)
        try ana.promise(luis, due: day + -5, status: "renegotiated", settled: day + -1)
        try ana.promise(luis, due: day + -1)
        try ana.promise(luis, due: day + 7)
        try ana.promise(luis, due: nil)
        try ana.promise(amina, due: day + -1, theirs: false)
        let table = try ana.report("commitments")
        let asker = try #require(table.row("by", .text("asker")))
        #expect(asker["promises"] == .said("made to"))
        #expect(asker["kept"] == .count(2) && asker["broken"] == .count(2))
        #expect(asker["keptRate"] == .ratio(0.5) && asker["renegotiated"] == .count(1))
        #expect(asker["open"] == .count(3) && asker["overdue"] == .count(1))
        #expect(asker["dueSoon"] == .count(1) && asker["daysLate"] == .number(2))
        #expect(table.row("name", .text("Rosa Alvarez"))?["keptRate"] == .ratio(2.0 / 3))
        #expect(table.row("name", .text("Luis Ortiz"))?["keptRate"] == .ratio(0))
        #expect(table.row("by", .text("us"))?["overdue"] == .count(1))
        #expect(table.row("name", .text("Amina Yusuf")) == nil)
    }

    @Test("As on a past day a promise kept later was open, and one made later was not there")
    func pastPromises() throws {
        let day = March.third
        let meeting = try ana.meet(rosa, on: day + -20)
        let kept = try ana.promise(rosa, due: day + -12, status: "kept", settled: day)
        try ana.change(Commitment.key(kept), .set(Commitment.oneToOne, .id(meeting)))
        try ana.promise(luis, due: day + 7)
        let past = try ana.report("commitments", ReportQuestion(to: day + -10))
        let asker = try #require(past.row("by", .text("asker")))
        #expect(asker["open"] == .count(1) && asker["overdue"] == .count(1))
        #expect(asker["kept"] == .count(0) && past.row("name", .text("Luis Ortiz")) == nil)
        let before = try ana.report("commitments", ReportQuestion(to: day + -21))
        #expect(before.rows.isEmpty)
        let now = try #require(ana.report("commitments").row("by", .text("asker")))
        #expect(now["open"] == .count(1) && now["kept"] == .count(1))
    }

    @Test("The days to a promise end at the one-to-one at which it was made, not when it was typed")
    func daysToPromise() throws {
        try ana.meet(rosa, on: March.third + -30)
        let meeting = try ana.meet(rosa, on: March.third + -20)
        let promise = try ana.promise(rosa, due: nil, status: "kept", settled: March.third + -15)
        try ana.change(Commitment.key(promise), .set(Commitment.oneToOne, .id(meeting)))
        let table = try ana.report("funnel")
        #expect(table.column("medianDays") == [.none, .none, .number(10), .number(5)])
    }

    @Test("The funnel goes from met to committed to kept, and names whom nobody has asked")
    func funnel() throws {
        for person in [rosa, luis, amina] { try ana.meet(person, on: March.third + -4) }
        try ana.meet(amina)
        try ana.promise(rosa, due: nil, status: "kept", settled: March.third)
        try ana.promise(luis, due: nil)
        let table = try ana.report("funnel")
        #expect(table.column("people") == [.count(3), .count(2), .count(2), .count(1)])
        #expect(table.column("rate") == [.none, .ratio(2.0 / 3), .ratio(1), .ratio(0.5)])
        #expect(table.column("medianDays") == [.none, .none, .number(4), .number(0)])
        let open = try ana.report("never-asked")
        #expect(open.column("name") == [.text("Amina Yusuf")])
        #expect(open[0, "met"] == .count(2) && open[0, "lastMet"] == .day(March.third))
    }

    @Test("Who was asked, pledged people or is in a team is not among those never asked")
    func neverAsked() throws {
        for person in [rosa, luis, amina] { try ana.meet(person, on: March.third + -4) }
        var notes = OneToOneNotes(on: March.third)
        notes.ask = "chair the meeting"
        try ana.notebook.log(notes, with: amina)
        try ana.write(TurnoutPledge.kind, [.set(TurnoutPledge.leader, .id(luis))])
        #expect(try ana.report("never-asked").column("name") == [.text("Rosa Alvarez")])
        let funnel = try ana.report("funnel")
        #expect(funnel.column("people") == [.count(3), .count(2), .count(0), .count(0)])
        #expect(funnel.figure("neverAsked") == .count(1))
        try ana.write(TeamMember.kind, [.set(TeamMember.person, .id(rosa))])
        #expect(try ana.report("never-asked").rows.isEmpty)
    }

    @Test("The ladder shows who rose, stayed, slipped, came and went")
    func ladder() throws {
        let (before, after) = (March.third + -400, March.third + -10)
        let others = try ["Bea", "Cy", "Di"].map { try ana.add($0) }
        for (person, level) in [(rosa, 1), (luis, 2), (amina, 2), (others[0], 1)]
            as [(RecordID, Int64)]
        {
            try ana.assess(person, level: level, on: before)
        }
        try ana.assess(rosa, level: 2, on: after)
        try ana.assess(luis, level: 1, on: after)
        try ana.assess(amina, level: 2, on: after)
        try ana.assess(others[1], level: 3, on: after)
        try ana.notebook.deletePerson(others[0])
        let table = try ana.report("ladder")
        #expect(table.column("from") == [.text("1"), .text("2"), .text("3"), .text("new")])
        #expect(table.column("level1") == [.count(0), .count(1), .count(0), .count(0)])
        #expect(table.column("level2") == [.count(1), .count(1), .count(0), .count(0)])
        #expect(table.column("level3") == [.count(0), .count(0), .count(0), .count(1)])
        #expect(table.column("lost") == [.count(1), .count(0), .count(0), .count(0)])
        #expect(table.column("medianDays") == [.number(10), .number(205), .number(10), .none])
        #expect(table.figure("promotionRate") == .ratio(1.0 / 3))
    }

    @Test("An assessment that is old, disputed or without a basis is named")
    func assessments() throws {
        let bo = try ana.colleague("Bo Lind")
        try ana.assess(rosa, level: 2, on: March.third + -200)
        try ana.assess(luis, level: 1, on: March.third + -50)
        try ana.assess(luis, level: 3, on: March.third + -20, by: bo)
        try ana.assess(luis, level: 5, on: March.third + -19, by: bo)
        try ana.assess(amina, level: 2, on: March.third, basis: " ")
        let table = try ana.report("assessments")
        #expect(
            table.column("finding") == [
                .text("disputed"), .text("disputed"), .text("no basis"), .text("old"),
            ])
        #expect(table[0, "levels"] == .text("1 / 3"))
        #expect(table[0, "by"] == .text("Organizer 1 / Bo Lind"))
        #expect(table[3, "name"] == .text("Rosa Alvarez") && table[3, "days"] == .count(200))
        #expect(table.figure("never") == .count(0))
    }

    @Test("My week holds what I did, what lies ahead and what is due, and nobody else's")
    func week() throws {
        let bo = try ana.colleague("Bo Lind")
        try ana.meet(rosa, on: March.third + -1)
        try ana.meet(luis, on: March.third + 2, status: "scheduled")
        try ana.meet(amina, on: March.third, status: "no-show")
        try ana.meet(amina, on: March.third + 7, status: "scheduled")
        try ana.meet(luis, by: bo)
        try ana.meet(luis, status: "void")
        try ana.promise(rosa, due: March.third + -1)
        try ana.promise(rosa, due: March.third + 20)
        let table = try ana.report("week", ReportQuestion(goal: 10))
        #expect(
            table.column("part") == [
                .text("this week"), .text("this week"), .text("this week"), .text("next week"),
                .text("past"),
            ])
        #expect(table.figure("week") == .text("2026-W10"))
        #expect(
            table.figure("done") == .ratio(1.0 / 3) && table.figure("attainment") == .ratio(0.1))
        #expect(table.figure("nextWeek") == .count(1))
    }

    @Test("The sheet recalls three meetings, both sides' promises, the story and what to mind")
    func memory() throws {
        let book = ana.notebook
        for (days, words) in [(40, "fourth"), (30, "third"), (20, "second"), (10, "first")]
            as [(Int64, String)]
        {
            try book.log(
                OneToOneNotes(
                    on: March.third + -days, summary: words, next: words == "first" ? "call" : nil,
                    due: words == "first" ? March.third + -1 : nil), with: rosa)
        }
        let bo = try ana.colleague("Bo Lind")
        try ana.meet(rosa, on: March.third + -50, by: bo)
        try ana.promise(rosa, due: March.third + 3)
        try ana.promise(rosa, due: March.third + -3, theirs: false)
        try ana.reflect(
            on: try #require(book.oneToOnes(with: rosa).last).id, story: "the mill closed")
        let table = try ana.report("memory", ReportQuestion(who: rosa))
        let texts = { (part: String) in
            table.rows.filter { $0[0] == .text(part) }.map { $0[2] }
        }
        #expect(
            texts("met").count == 3
                && texts("met")[0] == .text("first Next: call (open, due 2026-03-02)."))
        #expect(texts("story") == [.text("the mill closed")])
        #expect(
            texts("they owe") == [.text("bring five")] && texts("we owe") == [.text("bring five")])
        #expect(texts("caution").count == 2)
        #expect(texts("also met") == [.text("Bo Lind")])
        #expect(
            table.figure("name") == .text("Rosa Alvarez") && table.figure("meetings") == .count(5))
        #expect(throws: ReportError.needsPerson(report: "memory")) { try ana.report("memory") }
        #expect(throws: ReportError.noPersonNeeded(report: "stale")) {
            try ana.report("stale", ReportQuestion(who: rosa))
        }
    }
}
