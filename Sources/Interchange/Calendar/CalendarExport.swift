import GRDB
import Notebook
import Replication
import Store
import Wording

/// What is due as days of one calendar (RFC 5545): next steps, promises, one-to-ones that are arranged,
/// and whatever else has a day on which it is due or takes place.
struct CalendarExport {
    private let db: Database
    private let people: SamePeople

    init(_ db: Database) throws {
        self.db = db
        people = try SamePeople(db)
    }

    func write(_ put: (String) throws -> Void) throws -> Int {
        let head = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fieldbook//Fieldbook//EN",
            "CALSCALE:GREGORIAN", "X-WR-CALNAME:Fieldbook",
        ]
        for line in head { try put(ContentLine.folded(line)) }
        var count = 0
        for policy in Kinds.all {
            guard let dated = DatedKind(policy.schema) else { continue }
            try Records.forEach(of: policy.schema.number, db) { key, state in
                guard state.life != .deleted else { return }
                for event in try [event(dated, key, state), meeting(key, state)].compactMap({ $0 })
                {
                    for line in event { try put(ContentLine.folded(line)) }
                    count += 1
                }
            }
        }
        try put(ContentLine.folded("END:VCALENDAR"))
        return count
    }

    private func event(
        _ kind: DatedKind, _ key: RecordKey, _ state: RecordState
    ) throws -> [String]? {
        guard kind.isOpen(state), let write = state[kind.day.number]?.winner,
            let number = write.value.day
        else { return nil }
        let day = Day(number: number).description.filter { $0 != "-" }
        return [
            "BEGIN:VEVENT", "UID:\(key.id)-\(kind.schema.name)@fieldbook",
            "DTSTAMP:\(Self.timestamp(write.effective.milliseconds))",
            "DTSTART;VALUE=DATE:\(day)",
            "SUMMARY:\(ContentLine.escaped(try summary(kind, key, state)))",
            "TRANSP:TRANSPARENT", "END:VEVENT",
        ]
    }

    /// "Rosa Alvarez promised: bring three cousins": a calendar shows nothing around it.
    private func summary(
        _ kind: DatedKind, _ key: RecordKey, _ state: RecordState
    ) throws -> String {
        let person = kind.schema.field(named: "person").flatMap { state.value(of: $0.number)?.id }
        let name = try person.flatMap { try people.name(of: $0) ?? NamedRecords.name(of: $0, db) }
        let what = kind.words.flatMap { state.value(of: $0.number)?.text }
        if let what, let words = words(name ?? said("somebody"), what, key, state) {
            return words.text
        }
        return [name, what ?? FieldWords.kind(key.kind).text].compactMap { $0 }.joined(
            separator: ": ")
    }

    /// What is to be done with somebody; nil for what takes place.
    private func words(
        _ name: String, _ what: String, _ key: RecordKey, _ state: RecordState
    ) -> Phrase? {
        switch key.kind {
        case OneToOne.kind.number: "Next step with \(name): \(what)"
        case Commitment.kind.number:
            state.value(of: Commitment.direction.number)?.text == "we"
                ? "We promised \(name): \(what)" : "\(name) promised: \(what)"
        default: nil
        }
    }

    /// A one-to-one that is arranged, for its time where it has one: that of whoever looks.
    private func meeting(_ key: RecordKey, _ state: RecordState) throws -> [String]? {
        guard key.kind == OneToOne.kind.number,
            ["scheduled", "proposed"].contains(state.value(of: OneToOne.status.number)?.text),
            let write = state[OneToOne.on.number]?.winner, let number = write.value.day
        else { return nil }
        let day = Day(number: number).description.filter { $0 != "-" }
        let time = state.value(of: OneToOne.at.number)?.text.flatMap(Self.time)
        let place = state.value(of: OneToOne.place.number)?.text
        let person = state.value(of: OneToOne.person.number)?.id
        let name = try person.flatMap { try people.name(of: $0) ?? NamedRecords.name(of: $0, db) }
        let title = "One-to-one with \(name ?? said("somebody"))" as Phrase
        return [
            "BEGIN:VEVENT", "UID:\(key.id)-arranged@fieldbook",
            "DTSTAMP:\(Self.timestamp(write.effective.milliseconds))",
            time.map { "DTSTART:\(day)T\($0)" } ?? "DTSTART;VALUE=DATE:\(day)",
            "SUMMARY:\(ContentLine.escaped(title.text))",
        ] + (place.map { ["LOCATION:\(ContentLine.escaped($0))"] } ?? [])
            + (time == nil ? ["TRANSP:TRANSPARENT"] : []) + ["END:VEVENT"]
    }

    /// "18:30" as `183000`; nil for what another program wrote and is none.
    private static func time(_ text: String) -> String? {
        let digits = text.filter { $0 != ":" }
        return digits.count == 4 && text.wholeMatch(of: /[0-2][0-9]:[0-5][0-9]/) != nil
            ? digits + "00" : nil
    }

    /// `20261120T093000Z`
    private static func timestamp(_ milliseconds: UInt64) -> String {
        Zone.utc.timestamp(milliseconds).filter { $0 != "-" && $0 != ":" }
    }
}

/// A kind whose records have a day, as its schema says.
private struct DatedKind {
    let schema: KindSchema
    let day: FieldSchema
    /// What says in words what the day is for.
    let words: FieldSchema?
    private let done: FieldSchema?
    private let status: FieldSchema?

    /// Nil for a kind without a day on which something is due or, of what has a title, takes place.
    init?(_ schema: KindSchema) {
        func field(_ names: [String], _ type: FieldType) -> FieldSchema? {
            names.lazy.compactMap { schema.field(named: $0) }.first { $0.type == type && !$0.isSet }
        }
        let title = field(["title"], .text)
        let day = field(["due"], .day) ?? (title == nil ? nil : field(["date", "on"], .day))
        guard let day else { return nil }
        self.schema = schema
        self.day = day
        words = field(["next", "what"], .text) ?? title ?? field(["name", "text"], .text)
        done = field(["done", "settledOn"], .day)
        status = field(["status"], .text)
    }

    private static let closed: Set = [
        "kept", "partly", "broken", "released", "renegotiated", "done", "dropped", "cancelled",
        "void",
    ]

    /// Whether there is still something to be done.
    func isOpen(_ state: RecordState) -> Bool {
        if let words, words.name == "next", state.value(of: words.number) == nil { return false }
        if let done, state.value(of: done.number) != nil { return false }
        return status.flatMap { state.value(of: $0.number)?.text }.map { !Self.closed.contains($0) }
            ?? true
    }
}
