import GRDB
import Replication
import Store
import Wording

/// What is known of one person, for whoever meets them next.
struct MemorySheet {
    struct Line {
        let part: String
        let day: Day?
        let text: String
        let id: RecordID
    }

    private let scope: ReportScope
    private let entries: [RecordID]
    private let canonical: RecordID
    /// Held one-to-ones up to the day, the latest first.
    let held: [OneToOne]
    /// Open promises both ways, the earliest due first.
    let open: [Commitment]

    init(_ who: RecordID, _ scope: ReportScope) throws {
        self.scope = scope
        entries = scope.people.all(of: who)
        canonical = scope.people.canonical(of: who)
        let arguments = StatementArguments(entries.map(\.data))
        held = try Row.fetchAll(
            scope.db,
            sql: """
                SELECT * FROM oneToOne
                WHERE person IN (\(entries.marks)) AND coalesce(status, 'held') = 'held'
                    AND "on" <= \(scope.to.number)
                ORDER BY "on" DESC, id DESC
                """, arguments: arguments
        ).compactMap { try OneToOne($0, scope.db) }
        open = try Commitment.all(
            "WHERE person IN (\(entries.marks)) AND \(Commitment.openPromise)", scope.db
        ) { [entries] in $0.bind(entries) }
    }

    func name() throws -> String {
        if let name = scope.people.name(of: canonical) { return name }
        return try String.fetchOne(
            scope.db, sql: "SELECT name FROM person WHERE id = ?", arguments: [canonical.data])
            ?? said("(no name)")
    }

    /// Every number of theirs, each once.
    func phones() throws -> [String] {
        let phones = try String.fetchAll(
            scope.db,
            sql: """
                SELECT phone FROM person
                WHERE id IN (\(entries.marks)) AND phone <> '' ORDER BY id
                """, arguments: StatementArguments(entries.map(\.data)))
        return phones.uniqued { Folding.phone($0) ?? $0 }
    }

    /// "Talked about the clinic. Heard: asthma. Next: call her (open, due Thu 5 Mar)."
    static func words(_ meeting: OneToOne, today: Day) -> Phrase {
        var words: [Phrase] = []
        if let summary = meeting.summary { words.append(.verbatim(summary)) }
        if !meeting.heard.isEmpty {
            words.append("Heard: \(meeting.heard.joined(separator: ", ")).")
        }
        if let next = meeting.next {
            let state: Phrase =
                if let done = meeting.done {
                    "done \(done, today: today)"
                } else if let due = meeting.due {
                    "open, due \(due, today: today)"
                } else { "open" }
            words.append("Next: \(next) (\(state)).")
        }
        return words.isEmpty ? "(no notes)" : words.joined(" ")
    }

    /// Of each of story, self-interest, pressures and thoughts what was written last.
    func reflections() throws -> [Line] {
        var lines: [String: Line] = [:]
        for meeting in held {
            for row in try Row.fetchAll(
                scope.db, sql: "SELECT * FROM reflection WHERE oneToOne = ? ORDER BY id DESC",
                arguments: [meeting.id.data])
            {
                guard let id = row.id("id") else { continue }
                for (part, text) in try parts(row, id) where lines[part] == nil {
                    lines[part] = Line(part: part, day: meeting.on, text: text, id: id)
                }
            }
        }
        return ["story", "self-interest", "pressures", "thoughts"].compactMap { lines[$0] }
    }

    private func parts(_ row: Row, _ id: RecordID) throws -> [(String, String)] {
        let key = Reflection.key(id)
        let texts: [(String, String?)] = [
            ("story", try Records.text(of: key, Reflection.story, scope.db)),
            ("self-interest", row.shown("selfInterest")),
            ("pressures", row.texts("pressures").joined(separator: ", ")),
            ("thoughts", try Records.text(of: key, Reflection.text, scope.db)),
        ]
        return texts.compactMap { part, text in
            text.flatMap { $0.isEmpty ? nil : (part, $0) }
        }
    }

    /// Others who have met them, and those whom both they and I have met.
    func others() throws -> [(String, RecordID, String)] {
        let web = try RelationalWeb(scope.about((scope.to + -364)...scope.to))
        let me = scope.notebook.me.ids.compactMap(web.node)
        guard let they = web.node(of: canonical) else { return [] }
        let mine = Set(me.flatMap { web.graph.neighbours(of: $0) })
        return try web.graph.neighbours(of: they).map(Int.init).filter { !me.contains($0) }.map {
            (mine.contains(Int32($0)) ? "mutual" : "also met", web.id(of: $0), try web.name(of: $0))
        }
    }

    /// What to mind: how they want to be reached first.
    func cautions() throws -> [Phrase] {
        var cautions = try wishes()
        let states = try entries.compactMap { try Records.state(of: Person.key($0), scope.db) }
        if states.contains(where: { !$0.conflicts.isEmpty }) {
            cautions.append("Two of us wrote different things about them: fieldbook conflicts")
        }
        if scope.people.contested.contains(where: {
            entries.contains($0.a) || entries.contains($0.b)
        }) {
            cautions.append("Whether two entries of theirs are one person is not settled.")
        }
        for promise in open {
            guard let due = promise.due, due < scope.to else { continue }
            cautions.append(
                promise.direction == "we"
                    ? "Our promise is past its date (\(due, today: scope.today)): \(promise.what)"
                    : "Their promise is past its date (\(due, today: scope.today)): \(promise.what)"
            )
        }
        for meeting in held where meeting.done == nil {
            guard let next = meeting.next, let due = meeting.due, due < scope.to else { continue }
            cautions.append("Our next step is past its date (\(due, today: scope.today)): \(next)")
        }
        return cautions
    }

    /// How they want to be reached, whom they are no longer, what they speak and what they need: what
    /// any of their entries says.
    private func wishes() throws -> [Phrase] {
        let people = try Row.fetchAll(
            scope.db, sql: "SELECT * FROM person WHERE id IN (\(entries.marks)) ORDER BY id",
            arguments: StatementArguments(entries.map(\.data)))
        let all = { (column: String) in
            Set(people.compactMap { $0.shown(column) as String? }.filter { !$0.isEmpty }).sorted()
        }
        return all("contact").compactMap { Person.Contact(rawValue: $0)?.caution }
            + all("status").compactMap { Person.Status(rawValue: $0)?.caution }
            + all("language").map { "They speak \($0)." }
            + all("accessibility").map { "They need: \($0)" }
    }
}
