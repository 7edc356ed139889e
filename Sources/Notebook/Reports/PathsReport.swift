import Replication
import Wording

extension Report {
    /// Ways that are listed.
    private static let mostPaths = 20

    static let paths = Report(
        "paths", "Through whom we reach somebody: a target, or anybody else.", .moment,
        namesPeople: true, isAboutOne: true,
        formula: """
            About one person or actor, on the day --to (else today). A tie = at least one held \
            one-to-one, a relationship of two people that is no conflict, or a relation of two actors \
            that is no opposition. We = you, and whoever has held one-to-ones. For each who knows them, \
            the shortest way from one of us to that one and on to them; the shortest ways first, at \
            most \(mostPaths). Steps = ties on the way; how = what the last two are to each other.
            """,
        columns: """
            Columns: through = who knows them; the way = all on it, from one of us on.
            """
    ) { scope in
        guard let who = scope.question.who else { throw ReportError.needsPerson(report: "paths") }
        let web = try AcquaintanceWeb(scope)
        var table = ReportTable(
            [
                .init("steps", "Steps"), .init("through", "Through", .name), .id("throughID"),
                .init("how", "How"), .init("path", "The way", .text),
            ], nothing: "No way is written down that leads from us to them.")
        let actor = try Actors(scope).canonical(of: who)
        guard let target = web.node(of: actor) ?? web.node(of: scope.people.canonical(of: who))
        else { return table }
        for path in web.paths(to: target).prefix(mostPaths) {
            let last = path.nodes[path.length - 1]
            let names = try path.nodes.map(web.name)
            table.row(
                .count(path.length), .text(try web.name(of: last)), .id(web.id(of: last)),
                .choice(web.word(last, target)), .text(names.joined(separator: " > ")))
        }
        table.figure("to", "To", .text(try web.name(of: target)))
        table.figure("steps", "Steps", web.steps(to: target).map { .count($0) } ?? .none)
        if web.isOneOfUs(target) { table.note("They are one of us.") }
        return table
    }

    static let introductions = Report(
        "introductions", "Whom to meet next: people whom nobody has met, and who can introduce us.",
        .moment, namesPeople: true,
        formula: """
            People without a held one-to-one, with anybody, up to --to (else today), who have a strong \
            relationship to somebody who has one: of strength 4 or 5, or where nobody said how strong, \
            family, friend, mentors or refers. The strongest first, and then those whose friend was met \
            last. Who is not to be contacted, has moved, died or asked to be removed is left out.
            """,
        columns: """
            Columns: name = whom to meet; through = who can introduce us; how = what the two are \
            to each other; met by = who of us has met that one; last met = the day on which.
            """
    ) { scope in
        let roster = try Roster(scope)
        let meetings = try Meetings(scope, roster)
        let last = LastMet(meetings, roster, by: scope.to)
        let reachable = Set(try scope.reachable(roster))
        let strong = try Relationships(scope, roster).all.filter(\.isStrong)
        let chances = strong.flatMap { [Chance($0.from, $0.to, $0), Chance($0.to, $0.from, $0)] }
            .filter { chance in
                last.day[chance.through] != nil && last.day[chance.person] == nil
                    && reachable.contains(chance.person)
            }
        var table = ReportTable(
            [
                .init("name", "Name", .name), .id("person"), .init("through", "Through", .name),
                .id("throughID"), .init("how", "How"), .init("strength", "Strength"),
                .init("metBy", "Met by", .name), .init("lastMet", "Last met"),
            ], nothing: "Nobody here is one strong tie away from somebody whom we have met.")
        for chance in chances.sorted(by: { $0.rank(last) > $1.rank(last) }) {
            let (person, through) = (roster[chance.person], roster[chance.through])
            table.row(
                .text(person.name), .id(person.id), .text(through.name), .id(through.id),
                .choice(chance.tie.word),
                chance.tie.strength.map { .count(Int(min(max($0, 1), 5))) } ?? .none,
                ReportValue(
                    try last.by[chance.through].map { try meetings.organizers.name(of: $0) }),
                ReportValue(last.day[chance.through]))
        }
        table.figure("people", "People", .count(Set(chances.map(\.person)).count))
        return table
    }
}

/// When each person on the roster was last met, and by whom.
private struct LastMet {
    private(set) var day: [Day?]
    private(set) var by: [RecordID?]

    init(_ meetings: Meetings, _ roster: Roster, by to: Day) {
        day = [Day?](repeating: nil, count: roster.count)
        by = [RecordID?](repeating: nil, count: roster.count)
        for meeting in meetings.all where meeting.status == .held {
            guard let person = meeting.person, let on = meeting.day, on <= to,
                day[person].map({ $0 <= on }) ?? true
            else { continue }
            (day[person], by[person]) = (on, meeting.organizer)
        }
    }
}

/// Somebody who can introduce us to somebody else.
private struct Chance {
    let person: Int
    let through: Int
    let tie: KnownRelationship

    init(_ person: Int, _ through: Int, _ tie: KnownRelationship) {
        self.person = person
        self.through = through
        self.tie = tie
    }

    /// A tie of unknown strength comes after one that is known to be strong.
    func rank(_ last: LastMet) -> (Int64, Int64, Int) {
        (tie.strength ?? 0, last.day[through]?.number ?? 0, -person)
    }
}
