import Notebook
import Replication
import Store
import Testing

@Suite("Reports on turnout")
struct TurnoutReportTests {
    let ana: Desk
    let rosa: RecordID
    let luis: RecordID
    let people: [RecordID]
    let vigil: RecordID

    init() throws {
        let ana = try Desk.open()
        self.ana = ana
        rosa = try ana.add("Rosa Alvarez")
        luis = try ana.add("Luis Ortiz")
        people = try (0..<8).map { try ana.add("Neighbor \($0)") }
        vigil = try ana.action("Vigil", on: March.third + -7, goal: 20)
    }

    /// Rosa pledges ten: of four who are named two confirm and come, one comes unconfirmed, one does
    /// not come; one comes unasked. Luis names one, who confirms and stays away.
    private func vigilTurnout() throws {
        try ana.pledge(rosa, 8, for: vigil)
        try ana.pledge(rosa, 10, for: vigil)
        try ana.attend(people[0], vigil, "pledged", "confirmed", "attended", by: rosa)
        try ana.attend(people[1], vigil, "confirmed", "doubleConfirmed", "attended", by: rosa)
        try ana.attend(people[2], vigil, "pledged", "attended", by: rosa)
        try ana.attend(people[3], vigil, "pledged", "noShow", by: rosa)
        try ana.attend(people[4], vigil, "walkIn", by: rosa)
        try ana.attend(people[5], vigil, "confirmed", "noShow", by: luis)
        try ana.attend(people[6], vigil, "invited")
    }

    @Test("Each leader's number, who confirmed, who came, who walked in, and who flaked")
    func turnout() throws {
        try vigilTurnout()
        let table = try ana.report("turnout")
        let rosa = try #require(table.row("leader", .text("Rosa Alvarez")))
        #expect(rosa["pledged"] == .count(10) && rosa["confirmed"] == .count(2))
        #expect(rosa["came"] == .count(3) && rosa["walkIns"] == .count(1))
        #expect(rosa["delivery"] == .ratio(0.3) && rosa["flake"] == .ratio(0.7))
        let luis = try #require(table.row("leader", .text("Luis Ortiz")))
        #expect(luis["pledged"] == .count(1) && luis["confirmed"] == .count(1))
        #expect(luis["delivery"] == .ratio(0) && luis["flake"] == .ratio(1))
        #expect(table.row("leader", .text("(nobody)"))?["pledged"] == .count(0))
        #expect(table.figure("delivery") == .ratio(3.0 / 11))
        #expect(table.figure("confirmedCame") == .ratio(2.0 / 3))
        #expect(table.figure("unconfirmedCame") == .ratio(0.5))
    }

    @Test("Who stays away without ever having said yes was not pledged, and there is no rate")
    func neverSaidYes() throws {
        try ana.attend(people[0], vigil, "invited", "noShow")
        try ana.attend(people[1], vigil, "walkIn")
        let row = try #require(ana.report("turnout").row("leader", .text("(nobody)")))
        #expect(row["pledged"] == .count(0) && row["walkIns"] == .count(1))
        #expect(row["delivery"] == ReportValue.none && row["flake"] == ReportValue.none)
        try ana.attend(people[2], vigil, "pledged", "noShow")
        let more = try #require(ana.report("turnout").row("leader", .text("(nobody)")))
        #expect(more["pledged"] == .count(1) && more["flake"] == .ratio(1))
    }

    @Test("An action of today that took place, or was evaluated, lies ahead no more")
    func over() throws {
        let (came, judged, ahead) = (
            try ana.action("Came", on: March.third), try ana.action("Judged", on: March.third),
            try ana.action("Tonight", on: March.third)
        )
        for action in [came, judged, ahead] { try ana.pledge(rosa, 10, for: action) }
        try ana.attend(people[0], came, "pledged", "attended", by: rosa)
        try ana.write(Evaluation.kind, [.set(Evaluation.of, .id(judged))])
        let titles = try ana.report("turnout-forecast").column("action")
        #expect(titles == [.text("Tonight"), .text("Tonight")])
    }

    @Test("How many stand on each rung, those whom nobody named included")
    func ladder() throws {
        try vigilTurnout()
        try ana.attend(nil, vigil, "attended", count: 12)
        let row = try #require(ana.report("turnout-ladder").row("action", .text("Vigil")))
        #expect(row["invited"] == .count(1) && row["confirmed"] == .count(0))
        #expect(row["came"] == .count(15) && row["walkIns"] == .count(1))
        #expect(row["noShow"] == .count(2) && row["done"] == .ratio(0.8))
        let shared = try #require(
            ana.report("turnout-ladder", ReportQuestion(isShared: true))
                .row("action", .text("Vigil")))
        #expect(shared["noShow"] == .few && shared["came"] == .few)
        // How many came in all, the funder's report tells.
        #expect(shared["walkIns"] == .few)
        #expect(shared["done"] == ReportValue.none)
    }

    @Test("A cancelled action, an undated one and one of another year are in none")
    func others() throws {
        try ana.attend(people[0], ana.action("Undated", on: nil), "attended", by: rosa)
        try ana.attend(
            people[0], ana.action("Long ago", on: March.third + -400), "attended", by: rosa)
        try ana.attend(people[0], vigil, "attended", by: rosa)
        try ana.change(Action.key(vigil), .set(Action.status, .text("cancelled")))
        #expect(try ana.report("turnout").rows.isEmpty)
        #expect(try ana.report("turnout-ladder").rows.isEmpty)
    }

    @Test("Who was deleted came to nothing, and who is here twice came once")
    func onePerson() throws {
        let other = try ana.add("N. Zero")
        try ana.attend(people[0], vigil, "noShow", by: rosa)
        try ana.attend(other, vigil, "attended", by: rosa)
        try ana.attend(people[1], vigil, "attended", by: rosa)
        try ana.notebook.link(people[0], other)
        try ana.notebook.deletePerson(people[1])
        let row = try #require(ana.report("turnout").rows.first)
        #expect(row[5] == .count(1) && row[7] == .count(1))
    }

    @Test("A leader's record draws the forecast from half towards what it was")
    func forecast() throws {
        let hearing = try ana.action("Hearing", on: March.third + 7)
        try ana.pledge(rosa, 20, for: hearing)
        try ana.pledge(luis, 4, for: hearing)
        try ana.pledge(rosa, 30, for: vigil)
        try ana.attend(nil, vigil, "attended", by: rosa, count: 30)
        let table = try ana.report("turnout-forecast")
        let rosa = try #require(table.row("leader", .text("Rosa Alvarez")))
        // (30 + 10 × 0.5) / (30 + 10)
        #expect(rosa["rate"] == .ratio(0.875) && rosa["expected"] == .count(18))
        #expect(rosa["pledgedBefore"] == .count(30) && rosa["cameBefore"] == .count(30))
        #expect(table.row("leader", .text("Luis Ortiz"))?["rate"] == .ratio(0.5))
        let all = try #require(table.row("leader", .text("(all)")))
        // 17.5 + 2; the variance is 20 × 0.875 × 0.125 × 60 / 41 + 4 × 0.25 × 14 / 11 = 4.474
        #expect(all["pledged"] == .count(24) && all["expected"] == .count(20))
        #expect(all["low"] == .count(17) && all["high"] == .count(22))
    }

    @Test("An evening of which nobody wrote down who came tells nothing of its leaders")
    func unlogged() throws {
        let hearing = try ana.action("Hearing", on: March.third)
        try ana.pledge(rosa, 10, for: hearing)
        try ana.pledge(rosa, 50, for: vigil)
        let row = try #require(ana.report("turnout-forecast").row("leader", .text("Rosa Alvarez")))
        #expect(row["pledgedBefore"] == .count(0) && row["rate"] == .ratio(0.5))
    }

    @Test("The board tells whether our time goes to those who bring others")
    func board() throws {
        try ana.change(Person.key(rosa), .set(Person.tier, .text("Primary")))
        try ana.assess(luis, level: 3, on: March.third + -9)
        try ana.assess(people[0], level: 1, on: March.third + -9)
        for day in 0..<3 { try ana.meet(rosa, on: March.third + Int64(-day)) }
        try ana.meet(people[0])
        try ana.meet(people[1])
        try ana.write(
            Touch.kind,
            [.set(Touch.person, .id(people[0])), .set(Touch.on, .day(March.third.number))])
        let table = try ana.report("turnout-board")
        #expect(table.column("ring") == [.text("inner"), .text("middle"), .text("outer")])
        #expect(table.column("planned") == [.ratio(0.8), .ratio(0.15), .ratio(0.05)])
        #expect(table.column("share") == [.ratio(0.6), .ratio(0), .ratio(0.4)])
        #expect(table.column("each") == [.number(3), .number(0), .number(2)])
        #expect(table.figure("outsideContacts") == .count(1))
    }
}
