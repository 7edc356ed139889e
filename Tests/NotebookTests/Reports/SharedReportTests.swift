import Notebook
import Replication
import Store
import Testing
import Wording

@Suite("Reports on what is heard, and on whom we reach")
struct SharedReportTests {
    let ana: Desk
    let people: [RecordID]
    let stMark: RecordID
    let mosque: RecordID

    /// Twelve people: eight of St. Mark, three of the mosque, one of nowhere.
    init() throws {
        let ana = try Desk.open()
        self.ana = ana
        stMark = try ana.notebook.addInstitution("St. Mark")
        mosque = try ana.notebook.addInstitution("Dar Al-Hijrah")
        people = try (0..<12).map { try ana.add("Person \($0)") }
        for (number, person) in people.prefix(11).enumerated() {
            try ana.notebook.edit(
                person, PersonDetails(institution: number < 8 ? stMark : mosque))
        }
    }

    private let shared = ReportQuestion(isShared: true)

    private func hearAsthma() throws {
        for person in people[0..<9] { try ana.meet(person, heard: ["asthma"]) }
        try ana.meet(people[0], heard: ["Asthma ", "rent"])
        try ana.meet(people[10], heard: ["buses"])
        try ana.meet(people[11], status: "void", heard: ["asthma"])
    }

    @Test("A concern counts its people once, however often and however spelled they say it")
    func issues() throws {
        try hearAsthma()
        let table = try ana.report("issues")
        let asthma = try #require(table.row("concern", .text("asthma")))
        #expect(asthma["people"] == .count(9) && asthma["institutions"] == .count(2))
        #expect(asthma["breadth"] == .ratio(1))
        #expect(asthma["trend"] == .trend([0, 0, 0, 0, 0, 9]))
        #expect(table.row("concern", .text("rent"))?["breadth"] == .ratio(0.5))
        #expect(table.figure("listenedTo") == .count(10))
        #expect(table.figure("institutions") == .count(2))
    }

    @Test(
        "Concerns that are records count too, those of an issue under its title, each person once")
    func records() throws {
        try hearAsthma()
        let issue = try ana.issue("Clean air on Cedar", cutOn: March.third)
        let linked = Change.set(Concern.issue, .id(issue))
        try ana.concern("ASTHMA!", of: people[0], linked)
        try ana.concern("The trucks idle all night", of: people[1], linked)
        try ana.concern("Rent", of: people[0])
        try ana.concern("rent", of: people[11])
        let table = try ana.report("issues")
        // Of the nine who said it, the first one's words belong to the issue now.
        #expect(table.row("concern", .text("asthma"))?["people"] == .count(8))
        #expect(table.row("concern", .text("Clean air on Cedar"))?["people"] == .count(2))
        #expect(table.row("concern", .text("rent"))?["people"] == .count(2))
        #expect(table.rows.count == 4)
        #expect(table.figure("listenedTo") == .count(11))
        let mine = try ana.report("issues-by-institution")
        #expect(
            mine.rows.filter { $0.contains(.text("Clean air on Cedar")) }.count == 1)
    }

    @Test("A concern's day is its own, or else that of its one-to-one, if that was held")
    func daysOfRecords() throws {
        let held = try ana.meet(people[0], on: March.third + -3)
        let missed = try ana.meet(people[1], status: "noShow")
        try ana.concern("buses", of: nil, on: nil, .set(Concern.oneToOne, .id(held)))
        try ana.concern("buses", of: people[1], .set(Concern.oneToOne, .id(missed)))
        try ana.concern("buses", of: people[2], on: March.third + -400)
        try ana.concern("buses", of: people[3], on: nil)
        try ana.concern("buses", of: nil)
        #expect(try ana.report("issues").column("people") == [.count(1)])
    }

    @Test("For others, what few people said is neither worded nor counted")
    func suppressed() throws {
        try hearAsthma()
        let table = try ana.report("issues", shared)
        #expect(
            table.column("concern") == [.text("asthma"), .text("(others, each of 1 to 4 people)")])
        #expect(table.column("people") == [.count(9), .few])
        let places = try ana.report("issues-by-institution", shared)
        // Eight of St. Mark would tell that one of nine is of the mosque.
        #expect(places.column("concern") == [.text("asthma"), .text("asthma")])
        #expect(places.column("people") == [.few, .few])
        let mine = try ana.report("issues-by-institution")
        #expect(mine.row("institution", .text("St. Mark"))?["share"] == .ratio(1))
        #expect(mine.rows.count == 4)
    }

    @Test("What is kept back cannot be worked out from what is shown")
    func hiddenParts() {
        #expect(SmallCells.hidden(of: [8, 1]) == [0, 1])
        #expect(SmallCells.hidden(of: [8, 9, 1, 0]) == [0, 2])
        #expect(SmallCells.hidden(of: [8, 2, 1]) == [0, 1, 2])
        #expect(SmallCells.hidden(of: [8, 0, 5]).isEmpty)
        #expect(SmallCells.hidden(of: [3]) == [0])
    }

    @Test("Whatever the groups, taking what is shown from the whole tells no group of 1 to 4")
    func nothingToSubtract() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let parts = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                Int.random(in: 0...12, using: &random)
            }
            let hidden = SmallCells.hidden(of: parts.map { [$0] })
            let shown = parts.indices.filter { !hidden.parts.contains($0) }.map { parts[$0] }
            #expect(!shown.contains { (1..<5).contains($0) }, "\(parts)")
            guard !hidden.whole else { continue }
            let left = parts.reduce(0, +) - shown.reduce(0, +)
            #expect(!(1..<5).contains(left) && hidden.parts.count != 1, "\(parts)")
            #expect(left == 0 || left > hidden.parts.count, "\(parts)")
        }
    }

    @Test("Who was listened to is not counted where it would tell the one who did not say it")
    func theOneWhoDidNot() throws {
        try hearAsthma()
        #expect(try ana.report("issues", shared).figure("listenedTo") == ReportValue.none)
        #expect(try ana.report("issues").figure("listenedTo") == .count(10))
    }

    @Test("The one person without an institution is not told by the leaders' table")
    func leadersOfTheRest() throws {
        let table = try ana.report("leaders", shared)
        #expect(!table.column("people").contains(.count(8)))
    }

    @Test("Three people without a turf cannot be worked out beside a turf of nine")
    func coverageOfTheRest() throws {
        let north = try ana.notebook.addTurf("North Side", leader: people[0])
        try ana.notebook.assign(Array(people[0..<9]), to: north)
        for person in people[0..<11] { try ana.meet(person) }
        let table = try ana.report("coverage", shared)
        #expect(table.column("people") == [.few, .few] && table.column("met") == [.none, .none])
        #expect(table.figure("met") == ReportValue.none)
        let equity = try ana.report("equity", shared)
        #expect(equity.row("id", .id(north))?["count"] == .few)
    }

    /// Three come to everything, of whom one is a resident and two are leaders.
    private func takePart() throws {
        let research = try ana.write(
            ResearchAction.kind,
            [
                .set(ResearchAction.title, .text("Visit")),
                .set(ResearchAction.on, .day((March.third + -150).number)),
            ])
        let vigil = try ana.action("Vigil", on: March.third + -5, goal: 9)
        for (number, step) in [(0, "attended"), (1, "walkIn"), (2, "attended"), (3, "noShow")] {
            try ana.attend(people[number], vigil, step, role: "speaker")
            try ana.attend(people[number], research, step, role: "lead")
        }
        for number in 4..<10 { try ana.attend(people[number], vigil, "pledged") }
        try ana.change(Person.key(people[0]), .set(Person.constituency, .text("resident")))
        try ana.change(Person.key(people[1]), .set(Person.tier, .text("primary")))
        try ana.change(Person.key(people[2]), .set(Person.tier, .text("tertiary")))
        try ana.write(
            ListeningCampaign.kind,
            [
                .set(ListeningCampaign.name, .text("Lent")),
                .set(ListeningCampaign.institution, .id(mosque)),
            ])
    }

    @Test(
        "A report that names people is not for others",
        arguments: Report.all.filter(\.namesPeople).map(\.name))
    func notForSharing(_ name: String) throws {
        #expect(throws: ReportError.notForSharing(report: name)) { try ana.report(name, shared) }
    }

    @Test(
        "No report for others counts out a small group",
        arguments: Report.all.filter { !$0.namesPeople }.map(\.name))
    func noSmallGroups(_ name: String) throws {
        try hearAsthma()
        for (number, person) in people.prefix(3).enumerated() {
            try ana.assess(person, level: 1, on: March.third + -400)
            try ana.assess(person, level: Int64(1 + number), on: March.third + -1)
            try ana.promise(person, due: nil)
        }
        try takePart()
        let table = try ana.report(name, shared)
        let counted = Set([
            "people", "newPeople", "count", "lost", "level1", "level2", "level3", "perLeader",
            "heard", "list", "primary", "secondary", "tertiary", "other", "leaders", "stayed",
            "part",
            "all", "unknown", "roles", "firstTimers", "residents", "invited", "pledged",
            "confirmed",
            "came", "walkIns", "noShow", "cancelled", "unmet",
        ])
        for (index, column) in table.columns.enumerated() where counted.contains(column.name) {
            for row in table.rows {
                if case .count(let count) = row[index] {
                    #expect(count == 0 || count >= 5, "\(name) \(column.name)")
                }
            }
        }
    }

    @Test("Coverage says of each turf who has a point person and was met, and who has no turf")
    func coverage() throws {
        let north = try ana.notebook.addTurf("North Side", leader: people[0])
        try ana.notebook.assign(Array(people[0..<6]), to: north)
        try ana.meet(people[0])
        try ana.meet(people[1], on: March.third + -364)
        try ana.meet(people[2], on: March.third + -365)
        let table = try ana.report("coverage")
        let turf = try #require(table.row("turf", .text("North Side")))
        #expect(turf["people"] == .count(6) && turf["pointPerson"] == .ratio(1))
        #expect(turf["met"] == .ratio(1.0 / 3) && turf["perLeader"] == .count(6))
        #expect(turf["leader"] == .text("Person 0"))
        #expect(table.figure("unassigned") == .count(6))
    }

    @Test("Equity is 0 when all are met alike, and near 1 when one is met alone")
    func equity() throws {
        for person in people { try ana.meet(person) }
        #expect(try ana.report("equity")[0, "gini"] == .number(0))
        let before = ReportQuestion(from: March.third + -40, to: March.third + -1)
        #expect(try ana.report("equity", before)[0, "gini"] == ReportValue.none)
        for _ in 0..<12 { try ana.meet(people[0], on: March.third + -30) }
        let table = try ana.report("equity", before)
        guard case .number(let gini)? = table[0, "gini"] else { throw NotebookError.sameEntry }
        #expect(abs(gini - 11.0 / 12) < 1e-12)
        #expect(table.row("among", .text("institutions"))?["unmet"] == .ratio(0.5))
    }

    @Test("Where every bridge leads to one person, none holds several together")
    func bridgesToOne() throws {
        try ana.meet(people[0])
        let table = try ana.report("network-bridges")
        #expect(table.rows.isEmpty && table.figure("bridges") == .count(1))
        #expect(
            table.nothing.text(in: .english)
                == "No tie here alone holds two parts of several people together.")
    }

    @Test("The web shows who holds it together, under one name for two entries")
    func network() throws {
        let bo = try ana.colleague("Bo Lind")
        for person in people[0..<3] { try ana.meet(person) }
        for person in people[2..<5] { try ana.meet(person, by: bo) }
        try ana.meet(people[6], status: "cancelled-by-us")
        let twin = try ana.add("Person 0 again")
        try ana.meet(twin)
        try ana.notebook.link(people[0], twin)
        let measures = try ana.report("network")
        let value = { (key: String) in measures.row("key", .text(key))?["value"] }
        #expect(value("nodes") == .count(14) && value("edges") == .count(6))
        #expect(value("isolates") == .count(7) && value("components") == .count(8))
        #expect(value("largest") == .ratio(0.5) && value("transitivity") == .number(0))
        #expect(value("cutPoints") == .count(3) && value("bridges") == .count(6))
        let named = try ana.report("network-people")
        #expect(named.rows.count == 7)
        #expect(named.column("cutPoint").count { $0 == .text("yes") } == 3)
        #expect(named.column("name").prefix(2).contains(.text("Bo Lind")))
        let bridges = try ana.report("network-bridges")
        #expect(bridges.rows.count == 2 && bridges.figure("onlyTies") == .count(4))
        #expect(bridges.column("cutOff") == [.count(3), .count(3)])
    }
}
