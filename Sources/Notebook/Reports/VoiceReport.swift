import Replication
import Store
import Wording

extension Report {
    static let residentVoice = Report(
        "resident-voice", "Whether those affected take part, lead and speak.", .days(365),
        formula: """
            Residents = people whose constituency is "resident"; of those whose constituency nobody \
            wrote down, how many stand beside it, and they are in no share. Participants = distinct \
            people who came to an event of these days. Leadership = places: on a team on the last day, \
            chair of a team, or of an action, host or facilitator of a house meeting of these days. \
            Speakers = distinct people who came to an action of these days with a role in which they \
            speak, testify, tell a story or chair; directly affected = those of them of whom it is \
            written by what. With --shared, groups of 1 to 4 are shown as <5, and so is a part of \
            which the rest is one; shares that rest on them are left out.
            """,
        columns: """
            Columns: measure = what is looked at; part = residents, or those directly affected; of \
            = all of whom it is known; unknown = those of whom it is not.
            """
    ) { scope in
        let voice = try Voice(scope)
        var table = ReportTable(
            [
                .init("measure", "Measure", .text), .init("part", "Part"), .init("all", "Of"),
                .init("share", "Share", .bar), .init("unknown", "Unknown"), .id("key"),
            ], nothing: "Nobody is here yet.")
        let rows: [(String, Phrase, [Int])] = [
            ("participants", "Residents among participants", voice.participants),
            ("leadership", "Residents in leadership", voice.places),
        ]
        for (key, words, people) in rows {
            let known = people.filter { voice.constituency[$0] != nil }
            let residents = known.count { voice.constituency[$0] == "resident" }
            table.row(
                .said(words), part(residents, of: known.count, scope), scope.people(known.count),
                scope.share(residents, of: known.count),
                scope.people(people.count - known.count), .text(key))
        }
        let (affected, all) = (
            voice.speakers.count { voice.isAffected[$0] }, voice.speakers.count
        )
        // Who speaks takes part: those who did not speak would follow.
        let isTold = scope.tells(all, of: voice.participants.count)
        table.row(
            .said("Directly affected among speakers"),
            isTold || affected == 0 ? part(affected, of: all, scope) : .few,
            isTold ? scope.people(all) : .few, isTold ? scope.share(affected, of: all) : .none,
            .none, .said("speakers"))
        return table
    }

    /// What is left of the whole would tell a part that is kept back alone.
    private static func part(_ part: Int, of whole: Int, _ scope: ReportScope) -> ReportValue {
        let isHidden =
            scope.question.isShared && SmallCells.hidden(of: [part, whole - part]).contains(0)
        return isHidden ? .few : .count(part)
    }
}

/// Who took part, led and spoke.
private struct Voice {
    /// Numbers on the roster: of participants and speakers each once, of leadership each place.
    private(set) var participants: [Int] = []
    private(set) var places: [Int] = []
    private(set) var speakers: [Int] = []
    let constituency: [String?]
    let isAffected: [Bool]

    init(_ scope: ReportScope) throws {
        let roster = try Roster(scope)
        constituency = try roster.texts(Person.constituency, scope)
        isAffected = try roster.texts(Person.affectedBy, scope).map { $0 != nil && $0 != "[]" }
        let came = try Attendances(scope, roster, Events(scope)).all.filter {
            $0.step.isThere && $0.day.map(scope.days.contains) ?? false
        }
        participants = Set(came.compactMap(\.person)).sorted()
        speakers = Set(
            came.filter { $0.event.kind == .action && Self.speaks($0.role) }.compactMap(\.person)
        ).sorted()
        places = try Self.places(scope).compactMap(roster.number)
    }

    private static func speaks(_ role: String?) -> Bool {
        let role = Folding.name(role ?? "")
        return ["speak", "testi", "story", "chair"].contains { role.contains($0) }
    }

    private static func places(_ scope: ReportScope) throws -> [RecordID] {
        let days = "\(scope.from.number) AND \(scope.to.number)"
        var places: [RecordID] = []
        var row = try FastStatement(
            scope.db,
            """
            SELECT person FROM teamMember WHERE person IS NOT NULL AND team IS NOT NULL
                AND coalesce(since <= \(scope.to.number), true)
                AND coalesce(until >= \(scope.to.number), true)
            UNION ALL SELECT chair FROM team WHERE chair IS NOT NULL
            UNION ALL SELECT chair FROM action WHERE chair IS NOT NULL
                AND coalesce(status, '') <> 'cancelled' AND "on" BETWEEN \(days)
            UNION ALL SELECT host FROM houseMeeting
                WHERE host IS NOT NULL AND "on" BETWEEN \(days)
            UNION ALL SELECT facilitator FROM houseMeeting
                WHERE facilitator IS NOT NULL AND "on" BETWEEN \(days)
            """)
        while try row.step() { places.append(try row.id(0)) }
        return places
    }
}
