import Foundation
import GRDB
package import Replication
package import Store
package import Wording

/// A relational meeting: half an hour with one person, to learn what matters to them.
package struct OneToOne: Sendable, Hashable {
    package let id: RecordID
    package let person: RecordID?
    package let organizer: RecordID?
    package let on: Day?
    /// The time for which it was arranged: "18:30".
    package let at: String?
    package let minutes: Int64?
    package let place: String?
    /// What has become of it; nil for one that was held.
    package let status: Phrase?
    /// Whether it has neither been held nor come to nothing.
    package let isArranged: Bool
    package let summary: String?
    package let heard: [String]
    package let next: String?
    package let due: Day?
    package let done: Day?
    /// Why it was cancelled.
    package let reason: String?
    /// What was asked of them, and "yes", "no", "maybe" or "notAsked".
    package let ask: String?
    package let answer: String?

    package static let person = FieldSchema(16, "person", .id, names: ["person"])
    package static let organizer = FieldSchema(
        17, "organizer", .id, names: ["person", "member"])
    package static let on = FieldSchema(18, "on", .day)
    package static let minutes = FieldSchema(19, "minutes", .int, range: 1...1440)
    package static let place = FieldSchema(20, "place", .text, isSearchable: true)
    package static let status = FieldSchema(
        21, "status", .text,
        choices: [
            "held", "proposed", "scheduled", "noShow", "cancelledByUs", "cancelledByThem", "void",
        ])
    package static let summary = FieldSchema(
        22, "summary", .text, isSearchable: true, isLong: true)
    package static let heard = FieldSchema(23, "heard", .text, rule: .set, isSearchable: true)
    package static let next = FieldSchema(24, "next", .text, isSearchable: true)
    package static let due = FieldSchema(25, "due", .day)
    package static let done = FieldSchema(26, "done", .day)
    package static let sort = FieldSchema(
        27, "kind", .text, choices: ["introductory", "maintenance", "escalation"])
    package static let campaign = FieldSchema(28, "campaign", .id, names: ["listeningCampaign"])
    package static let ask = FieldSchema(29, "ask", .text, isSearchable: true)
    package static let answer = FieldSchema(
        30, "answer", .text, choices: ["yes", "no", "maybe", "notAsked"])
    package static let talents = FieldSchema(
        31, "talents", .text, rule: .set, isSearchable: true)
    package static let vision = FieldSchema(
        32, "vision", .text, isSearchable: true, isLong: true)
    package static let tone = FieldSchema(
        33, "tone", .text, choices: ["positive", "neutral", "negative"])
    /// Who else spoke with them.
    package static let with = FieldSchema(34, "with", .id, names: ["person", "member"])
    package static let referredBy = FieldSchema(35, "referredBy", .id, names: ["person"])
    package static let thanked = FieldSchema(36, "thanked", .day)
    /// The time for which it was arranged: "18:30".
    package static let at = FieldSchema(37, "at", .text)
    package static let reason = FieldSchema(38, "reason", .text, isSearchable: true)
    package static let kind = KindSchema(
        2, "oneToOne",
        indexed: [
            // Who was met when, with all that a turf's list asks of it.
            ["person", "on", "status", "space"],
            TableIndex("person", "due", "organizer", "next", "done", "space", of: openStep),
            TableIndex("on", of: arranged),
        ],
        fields: [
            person, organizer, on, minutes, place, status, summary, heard, next, due, done,
            sort, campaign, ask, answer, talents, vision, tone, with, referredBy, thanked,
            at, reason,
        ])

    /// In SQL, of a meeting whose next step has yet to be done. Written like this, the few of many that
    /// are so are found by their index.
    static let openStep = "next IS NOT NULL AND done IS NULL"
    /// The same of one that lies ahead.
    static let arranged = "status IN ('scheduled', 'proposed')"

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }

    /// The status of a meeting that took place. One without a status did too.
    package static let held = "held"

    /// Whether a meeting with these cells has a next step that has yet to be done.
    package static func isOpen(_ state: RecordState) -> Bool {
        state.value(of: next.number) != nil && state.value(of: done.number) == nil
    }

    init?(_ row: Row, _ db: Database) throws {
        guard let id = row.id("id") else { return nil }
        self.id = id
        person = row.id("person")
        organizer = row.id("organizer")
        on = row.day("on")
        at = row.shown("at")
        minutes = row.shown("minutes")
        place = row.shown("place")
        let status = MeetingStatus(row.shown("status") ?? Self.held)
        self.status = status == .held ? nil : Phrase(word: status.shown)
        isArranged = status == .scheduled || status == .proposed
        summary = try Records.text(of: Self.key(id), Self.summary, db)
        heard = row.texts("heard")
        next = row.shown("next")
        due = row.day("due")
        done = row.day("done")
        reason = row.shown("reason")
        ask = row.shown("ask")
        answer = row.shown("answer")
    }
}

extension Notebook {
    /// Ticks a meeting's next step as done, today. Throws `NotebookError.noNextStep` for a meeting
    /// without one, and `.alreadyDone`.
    package func finishFollowUp(_ id: RecordID) throws {
        guard let meeting = try oneToOne(id) else {
            throw NotebookError.noSuchRecord(id.shortened)
        }
        let title = try title(of: OneToOne.key(id)) ?? "one-to-one"
        guard meeting.next != nil else { throw NotebookError.noNextStep(of: title) }
        if let day = meeting.done { throw NotebookError.alreadyDone(of: title, on: day) }
        try commit([Edit(OneToOne.key(id), [.set(OneToOne.done, .day(today.number))])])
    }

    package func oneToOne(_ id: RecordID) throws -> OneToOne? {
        try store.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM oneToOne WHERE id = ?", arguments: [id.data])
                .flatMap { try OneToOne($0, db) }
        }
    }

    /// A person's meetings, with whichever of their linked records, the latest first: all, or those of
    /// one day.
    package func oneToOnes(with person: RecordID, on day: Day? = nil) throws -> [OneToOne] {
        try store.read { db in
            let people = try SamePeople(db).all(of: person)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM oneToOne WHERE person IN (\(people.marks))
                    \(day == nil ? "" : #"AND "on" = ?"#) ORDER BY "on" DESC, id DESC
                    """,
                arguments: StatementArguments(people.map(\.data))
                    + StatementArguments([day?.number].compactMap { $0 })
            ).compactMap { try OneToOne($0, db) }
        }
    }
}
