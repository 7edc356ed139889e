import Notebook
import Replication
import Store
import Testing

@Suite("Reports on leadership, participation and voice")
struct LeadershipReportTests {
    let ana: Desk
    let people: [RecordID]
    let stMark: RecordID

    init() throws {
        let ana = try Desk.open()
        self.ana = ana
        let stMark = try ana.write(
            Institution.kind,
            [
                .set(Institution.name, .text("St. Mark")), .set(Institution.teamGoal, .int(2)),
                .set(Institution.sector, .text("faith")),
            ])
        self.stMark = stMark
        people = try (0..<8).map { number in
            let person = try ana.add("Person \(number)")
            if number < 6 { try ana.notebook.edit(person, PersonDetails(institution: stMark)) }
            return person
        }
    }

    private func serve(_ person: RecordID, _ team: RecordID, since: Day?, until: Day?) throws {
        var changes: [Change] = [
            .set(TeamMember.person, .id(person)), .set(TeamMember.team, .id(team)),
        ]
        if let since { changes.append(.set(TeamMember.since, .day(since.number))) }
        if let until { changes.append(.set(TeamMember.until, .day(until.number))) }
        try ana.write(TeamMember.kind, changes)
    }

    private func tell(_ number: Int, _ field: FieldSchema, _ text: String) throws {
        try ana.change(Person.key(people[number]), .set(field, .text(text)))
    }

    @Test("Leaders of each institution by tier, who left its teams, and whom they stand for")
    func leaders() throws {
        let union = try ana.notebook.addInstitution("Local 26")
        try tell(0, Person.tier, "primary")
        try tell(1, Person.tier, "Secondary")
        let judged = try ana.assess(people[2], level: 2, on: March.third + -5)
        try ana.change(Assessment.key(judged), .set(Assessment.tier, .text("tertiary")))
        try tell(6, Person.tier, "primary")
        for (number, language) in [(0, "Spanish"), (1, "spanish"), (3, "Somali"), (4, "English")] {
            try tell(number, Person.language, language)
        }
        let team = try ana.write(
            Team.kind, [.set(Team.name, .text("Core")), .set(Team.institution, .id(stMark))])
        try serve(people[0], team, since: nil, until: nil)
        try serve(people[1], team, since: March.third + -500, until: March.third + -100)
        try serve(people[2], team, since: March.third + -20, until: nil)
        let table = try ana.report("leaders")
        let row = try #require(table.row("institution", .text("St. Mark")))
        #expect(row["people"] == .count(6) && row["leaders"] == .count(3))
        #expect(row["primary"] == .count(1) && row["secondary"] == .count(1))
        #expect(row["tertiary"] == .count(1) && row["other"] == .count(0))
        #expect(row["enough"] == .text("yes") && row["turnover"] == .ratio(0.5))
        #expect(table.row("id", .id(union))?["enough"] == .text("no"))
        #expect(table.row("institution", .text("(no institution)"))?["primary"] == .count(1))
        #expect(table.figure("enough") == .ratio(0.5) && table.figure("sectors") == .count(1))
        // Both leaders who say so speak Spanish; of four, two do.
        #expect(table.figure("leaderLanguage") == .number(0))
        #expect(table.figure("baseLanguage") == .number(1 - (0.25 + 0.0625 + 0.0625)))
        #expect(table.figure("baseNeighborhood") == ReportValue.none)
        let shared = try ana.report("leaders", ReportQuestion(isShared: true))
        #expect(shared[1, "primary"] == .few && shared[1, "enough"] == ReportValue.none)
        #expect(shared.figure("baseLanguage") == ReportValue.none)
    }

    @Test("Of newcomers those stay whom somebody met, and who went to a research action")
    func participation() throws {
        let autumn = try #require(Day(iso: "2025-10-10"))
        let first = try ana.action("Assembly", on: autumn)
        let winter = try ana.action("Hearing", on: March.third + -30)
        let research = try ana.write(
            ResearchAction.kind,
            [
                .set(ResearchAction.title, .text("Visit")),
                .set(ResearchAction.on, .day((autumn + 9).number)),
            ])
        for person in people[0..<6] { try ana.attend(person, first, "attended") }
        for person in people[0..<3] { try ana.meet(person, on: autumn + 5) }
        try ana.attend(people[0], research, "attended")
        for person in [people[0], people[1], people[3]] { try ana.attend(person, winter, "walkIn") }
        try ana.attend(people[4], winter, "noShow")
        try ana.meet(people[7], on: March.third)
        let table = try ana.report("participation")
        #expect(
            table.column("cohort") == Array(repeating: .text("2025 Q4"), count: 5)
                + Array(repeating: .text("2026 Q1"), count: 5))
        #expect(
            table.column("people").prefix(5) == [
                .count(6), .count(3), .count(3), .count(1), .count(5),
            ])
        #expect(
            table.column("stayed").prefix(5) == [
                .count(3), .count(2), .count(1), .count(1), .count(2),
            ])
        #expect(table.column("rate").suffix(5) == Array(repeating: .none, count: 5))
        #expect(table.figure("stayedMet") == .ratio(2.0 / 3))
        #expect(table.figure("stayedUnmet") == .ratio(1.0 / 3))
        #expect(table.figure("stayedResearch") == .ratio(1))
        #expect(table.figure("stayedNoResearch") == .ratio(0.4))
        let shared = try ana.report("participation", ReportQuestion(isShared: true))
        #expect(shared.column("group") == [.text("all"), .text("all")])
        #expect(shared.column("stayed") == [.none, .none])
    }

    @Test("Whether residents take part and lead, and those speak whom it concerns")
    func voice() throws {
        for number in 0..<3 { try tell(number, Person.constituency, "resident") }
        try tell(3, Person.constituency, "clergy")
        try ana.change(Person.key(people[1]), .insert(Person.affectedBy, .text("rent")))
        let assembly = try ana.action("Assembly", on: March.third + -3)
        for (number, role) in [
            (0, nil), (1, "Testimony"), (3, "speaker"), (4, "food"),
        ] as [(Int, String?)] {
            try ana.attend(people[number], assembly, "attended", role: role)
        }
        try ana.attend(people[2], assembly, "noShow", role: "speaker")
        try ana.change(Action.key(assembly), .set(Action.chair, .id(people[3])))
        let team = try ana.write(
            Team.kind, [.set(Team.name, .text("Core")), .set(Team.chair, .id(people[0]))])
        try serve(people[0], team, since: nil, until: nil)
        try serve(people[2], team, since: nil, until: March.third + -1)
        let table = try ana.report("resident-voice")
        #expect(table.column("part") == [.count(2), .count(2), .count(1)])
        #expect(table.column("all") == [.count(3), .count(3), .count(2)])
        #expect(table.column("share") == [.ratio(2.0 / 3), .ratio(2.0 / 3), .ratio(0.5)])
        #expect(table[0, "unknown"] == .count(1))
        let shared = try ana.report("resident-voice", ReportQuestion(isShared: true))
        #expect(shared.column("part") == [.few, .few, .few])
        #expect(shared.column("share") == [.none, .none, .none])
    }
}
