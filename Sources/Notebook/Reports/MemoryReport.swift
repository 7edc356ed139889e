import GRDB
import Replication
import Store
import Wording

extension Report {
    /// Meetings that a sheet recalls.
    private static let recalled = 3

    static let memory = Report(
        "memory", "What to remember before meeting somebody.", .moment, namesPeople: true,
        isAboutOne: true,
        formula: """
            About one person, on the day --to (else today): cautions first; story, self-interest and \
            pressures as they were last written down; the last \(recalled) held one-to-ones with their \
            summaries, concerns and next steps; open promises both ways; who else has met them, and \
            whom both they and I have met. It shows what this notebook may read, and is not for a \
            screen that others see.
            """
    ) { scope in
        guard let who = scope.question.who else {
            throw ReportError.needsPerson(report: "memory")
        }
        let sheet = try MemorySheet(who, scope)
        var table = ReportTable(
            [.init("part", ""), .init("day", "Day"), .init("text", "", .text), .id("id")],
            nothing: "Nothing is written down about this person yet.")
        for caution in try sheet.cautions() {
            table.row(.said("caution"), .none, .text(caution), .none)
        }
        for line in try sheet.reflections() {
            table.row(.text(line.part), ReportValue(line.day), .text(line.text), .id(line.id))
        }
        for meeting in sheet.held.prefix(recalled) {
            table.row(
                .said("met"), ReportValue(meeting.on), .text(MemorySheet.words(meeting)),
                .id(meeting.id))
        }
        for promise in sheet.open {
            let part = promise.direction == "we" ? "we owe" : "they owe"
            table.row(.text(part), ReportValue(promise.due), .text(promise.what), .id(promise.id))
        }
        for (part, id, name) in try sheet.others() {
            table.row(.text(part), .none, .text(name), .id(id))
        }
        table.figure("name", "About", .text(try sheet.name()))
        table.figure("meetings", "Held one-to-ones", .count(sheet.held.count))
        return table
    }
}

/// What is known of one person, for whoever meets them next.
private struct MemorySheet {
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
        open = try Row.fetchAll(
            scope.db,
            sql: """
                SELECT * FROM commitment
                WHERE person IN (\(entries.marks)) AND coalesce(status, 'open') = 'open'
                ORDER BY due IS NULL, due, id
                """, arguments: arguments
        ).compactMap(Commitment.init)
    }

    func name() throws -> String {
        if let name = scope.people.name(of: canonical) { return name }
        return try String.fetchOne(
            scope.db, sql: "SELECT name FROM person WHERE id = ?", arguments: [canonical.data])
            ?? said("(no name)")
    }

    /// "Talked about the clinic. Heard: asthma. Next: call her (due 2026-03-05)"
    static func words(_ meeting: OneToOne) -> String {
        var words: [String] = []
        if let summary = meeting.summary { words.append(summary) }
        if !meeting.heard.isEmpty {
            words.append("Heard: \(meeting.heard.joined(separator: ", ")).")
        }
        if let next = meeting.next {
            let due = meeting.due.map { ", due \($0)" } ?? ""
            words.append("Next: \(next) (\(meeting.done.map { "done \($0)" } ?? "open\(due)")).")
        }
        return words.isEmpty ? "(no notes)" : words.joined(separator: " ")
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

    func cautions() throws -> [String] {
        var cautions: [String] = []
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
            let whose = promise.direction == "we" ? "Our" : "Their"
            cautions.append("\(whose) promise is past its date (\(due)): \(promise.what)")
        }
        for meeting in held where meeting.done == nil {
            guard let next = meeting.next, let due = meeting.due, due < scope.to else { continue }
            cautions.append("Our next step is past its date (\(due)): \(next)")
        }
        return cautions
    }
}
