import GRDB
import Replication
import Store
import Wording

extension Report {
    static let week = Report(
        "week", "My week: what I planned and did, and what the next one holds.", .moment,
        namesPeople: true,
        formula: """
            For the member whose notebook this is, the ISO week of --to (else of today) and the next \
            one: one-to-ones that were held, that lie ahead or fell out, by their day; promises that I \
            wrote down, both ways, and my next steps, open, and due by the end of next week; everybody's \
            actions that were not cancelled. Ahead and fallen out are those of this week; all = these and \
            the held ones; done = held / all; of the goal = held / --goal, or else my goal for a week, or everybody's.
            """,
        columns: """
            Columns: time = that for which it is arranged; who = with whom it is; place = where; \
            what = what is to be done.
            """
    ) { scope in
        let week = Week(of: scope.to)
        var table = ReportTable(
            [
                .init("part", ""), .init("day", "Day"), .init("at", "Time"),
                .init("name", "Who", .name), .id("person"), .init("place", "Place", .name),
                .init("what", "What", .text), .id("id"), .id("kind"),
            ], nothing: "Nothing is planned for these two weeks.")
        let mine = Mine(scope)
        let meetings = try mine.meetings(from: week.monday, to: (week + 1).sunday)
        let (this, next) = (
            meetings.filter { $0.day <= week.sunday }, meetings.filter { $0.day > week.sunday }
        )
        for meeting in this { table.row(meeting.values("this week")) }
        for meeting in next { table.row(meeting.values("next week")) }
        let due = try mine.promises(by: (week + 1).sunday) + mine.nextSteps(by: (week + 1).sunday)
        for item in due { table.row(item.values(item.day < scope.to ? "past" : "due")) }
        for action in try Events(scope).all(.action, in: week.monday...(week + 1).sunday).reversed()
        {
            table.row(
                .said("action"), ReportValue(action.day), .none, .none, .none, .none,
                .text(action.title), .id(action.id), .said("action"))
        }
        let held = this.count { $0.what == MeetingStatus.held.shown }
        table.figure("week", "Week", .week(week))
        table.figure("held", "Held", .count(held))
        table.figure("ahead", "Ahead", .count(this.count { $0.isAhead }))
        table.figure(
            "fallenOut", "Fallen out", .count(this.count { !$0.isAhead } - held))
        table.figure("planned", "All", .count(this.count))
        table.figure("done", "Done", ReportValue(held, of: this.count))
        var organizers = try Organizers(scope)
        let me = organizers.canonical(of: scope.notebook.me.asOrganizer)
        let own = try Goals(scope, &organizers).oneToOnes(of: me, in: week)
        if let goal = scope.question.goal ?? own {
            table.figure("attainment", "Of the goal", ReportValue(held, of: goal))
        }
        table.figure("nextWeek", "Arranged for next week", .count(next.count))
        return table
    }
}

/// What one member has to do with on some days.
private struct Mine {
    struct Item {
        let id: RecordID
        let person: RecordID?
        let name: String
        let day: Day
        let what: String
        /// `oneToOne`, `promise`, `ourPromise` or `nextStep`.
        let kind: String
        /// Whether it is a one-to-one that is arranged.
        var isAhead: Bool {
            [MeetingStatus.scheduled, .proposed].contains { what == $0.shown }
        }

        /// Of a one-to-one, the time for which it is arranged, and where it is.
        let at: String?
        let place: String?

        private var words: Phrase {
            switch kind {
            case "promise": "promised: \(what)"
            case "ourPromise": "we promised: \(what)"
            case "nextStep": "next: \(what)"
            default: Phrase(word: what)
            }
        }

        func values(_ part: Phrase) -> [ReportValue] {
            [
                .said(part), .day(day), ReportValue(at), .text(name), ReportValue(person),
                ReportValue(place), .said(words), .id(id), .text(kind),
            ]
        }
    }

    private let scope: ReportScope
    /// Every id by which records may name the member.
    private let ids: [RecordID]

    init(_ scope: ReportScope) {
        self.scope = scope
        ids = scope.notebook.me.ids.flatMap(scope.people.all)
    }

    /// One-to-ones by their day, void ones left out.
    func meetings(from: Day, to: Day) throws -> [Item] {
        try items(
            """
            SELECT d.id, d.person, p.name, d."on" AS day, \(MeetingStatus.sql("d.status")) AS status,
                NULL AS what, 'oneToOne' AS kind, d.at, d.place
            FROM oneToOne d LEFT JOIN person p ON p.id = d.person
            WHERE d.organizer IN (\(ids.marks)) AND d."on" BETWEEN \(from.number) AND \(to.number)
                AND coalesce(d.status, 'held') <> 'void'
            """)
    }

    func promises(by to: Day) throws -> [Item] {
        try items(
            """
            SELECT d.id, d.person, p.name, d.due AS day,
                coalesce(d.what, '') AS what,
                iif(d.direction = 'we', 'ourPromise', 'promise') AS kind, NULL AS status, NULL AS at,
                NULL AS place
            FROM commitment d LEFT JOIN person p ON p.id = d.person
            WHERE d.organizer IN (\(ids.marks)) AND d.due <= \(to.number)
                AND coalesce(d.status, 'open') = 'open'
            """)
    }

    func nextSteps(by to: Day) throws -> [Item] {
        try items(
            """
            SELECT d.id, d.person, p.name, d.due AS day, d.next AS what,
                'nextStep' AS kind, NULL AS status, NULL AS at, NULL AS place
            FROM oneToOne d LEFT JOIN person p ON p.id = d.person
            WHERE d.organizer IN (\(ids.marks)) AND d.due <= \(to.number)
                AND d.next IS NOT NULL AND d.done IS NULL
            """)
    }

    private func items(_ sql: String) throws -> [Item] {
        try Row.fetchAll(
            scope.db, sql: sql + " ORDER BY day, at, d.id",
            arguments: StatementArguments(ids.map(\.data))
        ).compactMap { row in
            guard let id = row.id("id"), let day = row.day("day") else { return nil }
            let entry = row.id("person")
            let name = entry.flatMap(scope.people.name) ?? row.shown("name") ?? said("somebody")
            let status = (row.shown("status") as Int64?).map { MeetingStatus(rawValue: $0) }
            return Item(
                id: id, person: entry.map(scope.people.canonical), name: name, day: day,
                what: row.shown("what") ?? status??.shown ?? "", kind: row.shown("kind") ?? "",
                at: row.shown("at"), place: row.shown("place"))
        }
    }
}
