import Notebook
import Replication
import Store
import Testing
import Wording

@Suite("Reports on power, and on ways to people")
struct PowerReportTests {
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

    private func actor(_ name: String, _ person: RecordID? = nil) throws -> RecordID {
        var changes: [Change] = [.set(Actor.name, .text(name))]
        if let person { changes.append(.set(Actor.person, .id(person))) }
        return try ana.write(Actor.kind, changes)
    }

    private func judge(
        _ actor: RecordID, _ demand: RecordID?, on day: Day?, influence: Int64, stance: Int64
    ) throws {
        var changes: [Change] = [
            .set(Stance.actor, .id(actor)), .set(Stance.influence, .int(influence)),
            .set(Stance.stance, .int(stance)),
        ]
        if let demand { changes.append(.set(Stance.demand, .id(demand))) }
        if let day { changes.append(.set(Stance.on, .day(day.number))) }
        try ana.write(Stance.kind, changes)
    }

    private func relate(_ a: RecordID, _ b: RecordID, _ word: String, since: Day? = nil) throws {
        var changes: [Change] = [
            .set(ActorRelation.from, .id(a)), .set(ActorRelation.to, .id(b)),
            .set(ActorRelation.sort, .text(word)),
        ]
        if let since { changes.append(.set(ActorRelation.since, .day(since.number))) }
        try ana.write(ActorRelation.kind, changes)
    }

    private func know(
        _ a: RecordID, _ b: RecordID, _ word: String, strength: Int64? = nil, until: Day? = nil
    ) throws {
        var changes: [Change] = [
            .set(Relationship.from, .id(a)), .set(Relationship.to, .id(b)),
            .set(Relationship.sort, .text(word)),
        ]
        if let strength { changes.append(.set(Relationship.strength, .int(strength))) }
        if let until { changes.append(.set(Relationship.until, .day(until.number))) }
        try ana.write(Relationship.kind, changes)
    }

    @Test("Power before and after, who moved, and how near we have come to who decides")
    func shift() throws {
        let mayor = try actor("Mayor Dahl")
        let (bishop, chamber) = (try actor("Bishop Ames", amina), try actor("Chamber"))
        let demand = try ana.write(
            Demand.kind,
            [
                .set(Demand.wording, .text("Air monitors")),
                .set(Demand.decisionMaker, .id(mayor)),
            ])
        let (old, new) = (March.third + -400, March.third + -10)
        try judge(mayor, demand, on: old, influence: 9, stance: -1)
        try judge(mayor, demand, on: new, influence: 9, stance: 1)
        try judge(chamber, demand, on: old, influence: 5, stance: 0)
        try judge(chamber, demand, on: new, influence: 5, stance: -2)
        try judge(bishop, demand, on: new, influence: 4, stance: 2)
        try judge(bishop, demand, on: nil, influence: 10, stance: -2)
        try judge(bishop, demand, on: March.third + 1, influence: 10, stance: -2)
        try relate(bishop, mayor, "listensTo", since: March.third + -5)
        try relate(chamber, mayor, "funds", since: old)
        try ana.meet(amina)
        let row = try #require(ana.report("power-shift").row("demand", .text("Air monitors")))
        // −9 + 0 before; 9 − 10 + 8 after.
        #expect(row["before"] == .count(-9) && row["after"] == .count(7))
        #expect(row["change"] == .count(16))
        #expect(row["towards"] == .count(1) && row["away"] == .count(1))
        #expect(row["target"] == .text("Mayor Dahl") && row["newTies"] == .count(1))
        #expect(row["steps"] == .count(2))
        let actors = try ana.report("power-actors")
        #expect(
            actors.column("actor") == [
                .text("Mayor Dahl"), .text("Chamber"), .text("Bishop Ames"),
            ])
        #expect(actors.column("change") == [.count(18), .count(-10), .count(8)])
        #expect(actors.column("stanceBefore") == [.count(-1), .count(0), .none])
    }

    @Test("Judgements that nobody could have written break nothing")
    func absurd() throws {
        let mayor = try actor("Mayor Dahl")
        try judge(mayor, nil, on: March.third, influence: .max, stance: .min)
        try judge(RecordID(rawValue: 7), nil, on: March.third, influence: 5, stance: 1)
        let table = try ana.report("power-shift")
        #expect(table.column("demand") == [.text("(no demand)")])
        #expect(table.column("after") == [.count(-20)])
    }

    @Test("The ways to a target, the shortest first, with the names on them")
    func paths() throws {
        let mayor = try actor("Mayor Dahl")
        let aide = try actor("Aide Ruiz", luis)
        try ana.meet(rosa)
        try know(rosa, luis, "family")
        try relate(aide, mayor, "advises")
        let bishop = try actor("Bishop Ames", amina)
        try ana.meet(amina)
        try relate(bishop, mayor, "listensTo")
        try relate(try actor("Rival"), mayor, "opponent")
        let table = try ana.report("paths", ReportQuestion(who: mayor))
        #expect(
            table.column("path") == [
                .text("Organizer 1 > Amina Yusuf > Mayor Dahl"),
                .text("Organizer 1 > Rosa Alvarez > Luis Ortiz > Mayor Dahl"),
            ])
        #expect(table.column("how") == [.text("listensTo"), .text("advises")])
        #expect(table.figure("steps") == .count(2))
        let book = ana.notebook
        #expect(try book.findSubject("dahl", of: Report.named("paths")) == mayor)
        #expect(throws: NotebookError.self) {
            try book.findSubject("dahl", of: Report.named("memory"))
        }
    }

    @Test("A conflict and what has ended are no way, and who is one of us needs none")
    func noWay() throws {
        try ana.meet(rosa)
        try know(rosa, luis, "inConflict", strength: 5)
        try know(rosa, amina, "friend", until: March.third + -1)
        #expect(try ana.report("paths", ReportQuestion(who: luis)).rows.isEmpty)
        #expect(try ana.report("paths", ReportQuestion(who: amina)).rows.isEmpty)
        try ana.meet(rosa, by: luis)
        let table = try ana.report("paths", ReportQuestion(who: luis))
        #expect(table.figure("steps") == .count(0) && table.notes == ["They are one of us."])
    }

    @Test("Whom nobody has met and who is one strong tie away, with who can introduce us")
    func introductions() throws {
        let (bea, cy, di, ed) = (
            try ana.add("Bea"), try ana.add("Cy"), try ana.add("Di"), try ana.add("Ed")
        )
        try ana.meet(rosa, on: March.third + -9)
        try ana.meet(luis, on: March.third + -2)
        try know(rosa, bea, "knows", strength: 5)
        try know(cy, luis, "friend")
        try know(rosa, cy, "refers")
        try know(rosa, di, "family", strength: 2)
        try know(rosa, luis, "family", strength: 5)
        try know(rosa, ed, "family", strength: 5)
        try know(bea, amina, "family", strength: 5)
        try ana.change(Person.key(ed), .set(Person.contact, .text("doNotContact")))
        let table = try ana.report("introductions")
        #expect(table.column("name") == [.text("Bea"), .text("Cy"), .text("Cy")])
        #expect(
            table.column("through") == [
                .text("Rosa Alvarez"), .text("Luis Ortiz"), .text("Rosa Alvarez"),
            ])
        #expect(table[0, "metBy"] == .text("Organizer 1"))
        #expect(table.figure("people") == .count(2))
    }
}
