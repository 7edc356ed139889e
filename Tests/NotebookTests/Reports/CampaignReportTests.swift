import Notebook
import Replication
import Store
import Testing

@Suite("Reports on listening, research and campaigns")
struct CampaignReportTests {
    let ana: Desk
    let people: [RecordID]
    let stMark: RecordID
    let lent: RecordID

    /// Ten people of St. Mark, and a listening campaign that began four weeks ago today.
    init() throws {
        let ana = try Desk.open()
        self.ana = ana
        let stMark = try ana.notebook.addInstitution("St. Mark")
        self.stMark = stMark
        people = try (0..<10).map { number in
            let person = try ana.add("Person \(number)")
            try ana.notebook.edit(person, PersonDetails(institution: stMark))
            return person
        }
        lent = try ana.write(
            ListeningCampaign.kind,
            [
                .set(ListeningCampaign.name, .text("Lent")), .set(ListeningCampaign.goal, .int(8)),
                .set(ListeningCampaign.institution, .id(stMark)),
                .set(ListeningCampaign.start, .day((March.third + -27).number)),
                .set(ListeningCampaign.end, .day((March.third + 30).number)),
            ])
    }

    private func listener(_ person: RecordID, assigned: Int64) throws {
        try ana.write(
            Listener.kind,
            [
                .set(Listener.person, .id(person)), .set(Listener.campaign, .id(lent)),
                .set(Listener.assigned, .int(assigned)),
            ])
    }

    private func meet(_ person: Int, daysAgo: Int64, by listener: Int) throws {
        try ana.meet(people[person], on: March.third + -daysAgo, by: people[listener])
    }

    private func listen() throws {
        try listener(people[0], assigned: 5)
        try listener(people[1], assigned: 2)
        try meet(4, daysAgo: 20, by: 0)
        try meet(4, daysAgo: 10, by: 1)
        try meet(5, daysAgo: 9, by: 1)
        // Not in the campaign: before it, by nobody who listens, and by its own word.
        try meet(6, daysAgo: 40, by: 0)
        try meet(7, daysAgo: 5, by: 3)
        let other = try ana.meet(people[9], on: March.third + -2, by: people[0])
        try ana.change(
            OneToOne.key(other), .set(OneToOne.campaign, .id(RecordID(rawValue: 0xEA57))))
        let named = try ana.meet(people[8], on: March.third + -1, by: people[3])
        try ana.change(OneToOne.key(named), .set(OneToOne.campaign, .id(lent)))
        try ana.meet(people[9], on: March.third + -1, status: "noShow", by: people[0])
    }

    @Test("Who was listened to, how many are left, when it will be done, and who came to the fore")
    func listening() throws {
        try listen()
        try ana.assess(people[4], level: 3, on: March.third + -20)
        try ana.assess(people[5], level: 4, on: March.third + -10)
        try ana.assess(people[8], level: 1, on: March.third)
        let row = try #require(ana.report("listening").row("campaign", .text("Lent")))
        #expect(row["heard"] == .count(3) && row["done"] == .ratio(3.0 / 8))
        #expect(row["list"] == .count(10) && row["reached"] == .ratio(0.3))
        #expect(row["perWeek"] == .number(0.75))
        // Five are left, at three in 28 days: 46.7 days.
        #expect(row["finish"] == .day(March.third + 47))
        #expect(row["leaders"] == .count(1))
        let shared = try ana.report("listening", ReportQuestion(isShared: true))
        #expect(shared[0, "heard"] == .few && shared[0, "finish"] == ReportValue.none)
    }

    @Test("Each listener's part, those furthest behind first")
    func listeners() throws {
        try listen()
        let table = try ana.report("listeners")
        #expect(table.column("listener") == [.text("Person 0"), .text("Person 1")])
        #expect(table.column("assigned") == [.count(5), .count(2)])
        #expect(table.column("done") == [.count(1), .count(2)])
        #expect(table.column("share") == [.ratio(0.2), .ratio(1)])
    }

    @Test("A member who is nobody's person here listens, to anybody but herself")
    func memberListens() throws {
        let me = ana.notebook.me.asOrganizer
        _ = try ana.notebook.appoint([me], to: lent, assigned: 4, trained: nil)
        let stranger = try ana.add("Not of St. Mark")
        try ana.meet(stranger)
        try ana.meet(people[0], by: people[0])
        let own = try ana.meet(people[1], by: people[1])
        try ana.change(OneToOne.key(own), .set(OneToOne.campaign, .id(lent)))
        #expect(try ana.report("listening")[0, "heard"] == .count(1))
        let table = try ana.report("listeners")
        #expect(table[0, "listener"] == .text("Organizer 1") && table[0, "done"] == .count(1))
    }

    @Test("A campaign that is over, or undated, has no day on which it will be done")
    func finish() throws {
        try listen()
        try ana.change(
            ListeningCampaign.key(lent),
            .set(ListeningCampaign.end, .day((March.third + -5).number)))
        #expect(try ana.report("listening")[0, "finish"] == ReportValue.none)
        try ana.change(
            ListeningCampaign.key(lent), .set(ListeningCampaign.start, .null),
            .set(ListeningCampaign.end, .null))
        let table = try ana.report("listening")
        #expect(table[0, "heard"] == .count(1) && table[0, "perWeek"] == ReportValue.none)
    }

    @Test("A campaign's chain goes from the concerns to what was won and kept")
    func chain() throws {
        let day = { (days: Int64) in Value.day((March.third + days).number) }
        let issue = try ana.issue("Asthma", cutOn: March.third + -60)
        for (number, days) in [(0, -100), (0, -95), (1, -90)] as [(Int, Int64)] {
            try ana.write(
                Concern.kind,
                [
                    .set(Concern.words, .text("air")), .set(Concern.issue, .id(issue)),
                    .set(Concern.person, .id(people[number])), .set(Concern.on, day(days)),
                ])
        }
        try ana.write(
            ResearchAction.kind,
            [
                .set(ResearchAction.title, .text("Meet the agency")),
                .set(ResearchAction.issue, .id(issue)), .set(ResearchAction.on, day(-40)),
            ])
        let campaign = try ana.write(
            Campaign.kind,
            [
                .set(Campaign.name, .text("Clean air")), .set(Campaign.issue, .id(issue)),
                .insert(Campaign.wins, .text("a filter in each school")),
            ])
        try ana.change(
            Action.key(ana.action("Hearing", on: March.third + -10)),
            .set(Action.campaign, .id(campaign)))
        for (answer, kept, win) in [
            ("yes", "yes", "monitors"), ("partial", nil, nil), ("evaded", nil, nil),
        ] as [(String, String?, String?)] {
            var changes: [Change] = [
                .set(Demand.wording, .text("We want \(answer)")),
                .set(Demand.campaign, .id(campaign)), .set(Demand.askedOn, day(-10)),
                .set(Demand.answer, .text(answer)),
            ]
            if let kept { changes.append(.set(Demand.kept, .text(kept))) }
            if let win { changes.append(.set(Demand.win, .text(win))) }
            try ana.write(Demand.kind, changes)
        }
        let table = try ana.report("campaign-chain")
        #expect(
            table.column("link") == [
                .text("concerns"), .text("cut"), .text("research"), .text("demands"),
                .text("actions"), .text("answers"), .text("wins"),
            ])
        #expect(
            table.column("count")
                == [3, 1, 1, 3, 1, 3, 2].map(ReportValue.count))
        #expect(
            table.column("days") == [
                .none, .count(40), .count(20), .count(30), .count(0), .count(0), .count(0),
            ])
        #expect(table[0, "detail"] == .text("people: 2"))
        #expect(table[5, "detail"] == .text("1 yes, 1 partial, 0 no, 1 evaded, 0 absent"))
        #expect(table[6, "detail"] == .text("promises: 1 kept, 0 partly, 0 not, 1 open"))
        let earlier = try ana.report("campaign-chain", ReportQuestion(to: March.third + -50))
        #expect(
            earlier.column("count")
                == [3, 1, 0, 0, 0, 0, 1].map(ReportValue.count))
        let shared = try ana.report("campaign-chain", ReportQuestion(isShared: true))
        #expect(shared[0, "count"] == .few && shared[0, "detail"] == ReportValue.none)
    }

    @Test("Research actions have their roles, their first-timers, and who led them")
    func research() throws {
        let visits = try [-50, -20].map { days in
            try ana.write(
                ResearchAction.kind,
                [
                    .set(ResearchAction.title, .text("Visit \(-days)")),
                    .set(ResearchAction.on, .day((March.third + days).number)),
                ])
        }
        try ana.change(Person.key(people[0]), .set(Person.constituency, .text("resident")))
        try ana.attend(people[0], visits[0], "attended", role: "questions")
        try ana.attend(people[1], visits[0], "attended", role: "Chair")
        try ana.attend(people[0], visits[1], "attended", role: "lead")
        try ana.attend(people[2], visits[1], "walkIn")
        try ana.attend(people[3], visits[1], "noShow", role: "notes")
        let table = try ana.report("research-actions")
        #expect(table.column("title") == [.text("Visit 20"), .text("Visit 50")])
        #expect(table.column("people") == [.count(2), .count(2)])
        #expect(table.column("roles") == [.count(1), .count(2)])
        #expect(table.column("firstTimers") == [.count(1), .count(2)])
        #expect(table.column("residents") == [.count(1), .count(1)])
        #expect(table.column("ledByResident") == [.text("yes"), .text("no")])
        #expect(table.figure("firstTimers") == .ratio(0.75))
        #expect(table.figure("ledByResidents") == .ratio(0.5))
    }
}
