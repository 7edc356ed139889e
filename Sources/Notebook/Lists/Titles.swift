import GRDB
package import Replication
import Store
import Wording

/// What a record is called: for people in their language, with its day as they say it; for scripts in
/// English, with the day as 2026-11-20.
package struct Title: Hashable, Sendable {
    package let words: String
    package let forScripts: String

    init(_ phrase: Phrase, _ day: Day? = nil, _ today: Day) {
        words = phrase.text + (day.map { ", \($0.short(today: today))" } ?? "")
        forScripts = phrase.text(in: .english) + (day.map { ", \($0)" } ?? "")
    }

    /// A name, the same for everybody.
    package init(_ name: String) {
        (words, forScripts) = (name, name)
    }

    private init(words: String, forScripts: String) {
        (self.words, self.forScripts) = (words, forScripts)
    }

    /// "attendance of Rosa Alvarez": a part of another title.
    func within(_ phrase: (Phrase) -> Phrase, _ day: Day?, _ today: Day) -> Title {
        Title(
            words: Title(phrase(.verbatim(words)), day, today).words,
            forScripts: Title(phrase(.verbatim(forScripts)), day, today).forScripts)
    }
}

extension Title: CustomStringConvertible {
    package var description: String { words }
}

extension Title: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(forScripts)
    }
}

/// What records are called in lists: "Rosa Alvarez", "one-to-one with Rosa Alvarez, Fri 20 Nov".
struct Titles {
    private let people: SamePeople
    private let db: Database
    private let today: Day
    /// How many records more may be named through one another. Whoever writes them may have them name each
    /// other in a circle.
    private var levels = 3

    init(_ people: SamePeople, _ db: Database, _ today: Day) {
        self.people = people
        self.db = db
        self.today = today
    }

    func title(of key: RecordKey, _ state: RecordState) throws -> Title {
        switch key.kind {
        case OneToOne.kind.number:
            let day = state.value(of: OneToOne.on.number)?.day.map(Day.init(number:))
            return Title("one-to-one with \(try person(state, OneToOne.person))", day, today)
        case Commitment.kind.number:
            return Title(try promise(state, person(state, Commitment.person)), nil, today)
        case Vote.kind.number where state.value(of: Vote.member.number) != nil:
            // The members of one body are told apart by who they are.
            return try occasion(of: key, state)
        case SamePerson.kind.number:
            let both = try [SamePerson.a, SamePerson.b].map { try entry(state, $0) }
            return Title(both.listed("and"), nil, today)
        default:
            return try Self.name(of: key, state).map { Title($0, nil, today) }
                ?? occasion(of: key, state)
        }
    }

    /// The title of a record that is here; nil when it is not.
    func title(of key: RecordKey) throws -> Title? {
        try Records.state(of: key, db).map { try title(of: key, $0) }
    }

    /// "promise of Rosa Alvarez: bring chairs"; what was promised tells it from their others.
    private func promise(_ state: RecordState, _ whom: Phrase) -> Phrase {
        let isOurs = state.value(of: Commitment.direction.number)?.text == "we"
        let title: Phrase = isOurs ? "our promise to \(whom)" : "promise of \(whom)"
        guard let what = state.value(of: Commitment.what.number)?.text else { return title }
        return "\(title): \(Self.shortened(what))"
    }

    private static func shortened(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ").cut(to: 60)
    }

    /// What a record calls itself; nil for one that has no name.
    private static func name(of key: RecordKey, _ state: RecordState) -> Phrase? {
        let kind = Kinds.policy(of: key.kind)?.schema
        let name = state.value(of: kind?.title?.number ?? CommonField.firstOfKind)?.text
        return name.map { kind == Goal.kind ? Goal.title($0, state) : .verbatim($0) }
    }

    /// "attendance of Rosa Alvarez: Assembly, Fri 20 Nov": by whom or what it names first, what tells it
    /// from their others, and its first day.
    private func occasion(of key: RecordKey, _ state: RecordState) throws -> Title {
        let fields = Kinds.policy(of: key.kind)?.schema.fields ?? []
        let word = FieldWords.kind(key.kind)
        guard levels > 0, let field = fields.first(where: { $0.type == .id }),
            let id = state.value(of: field.number)?.id
        else { return Title("\(word) \(key.id.shortened)", nil, today) }
        let day = fields.lazy.filter { $0.type == .day }
            .compactMap { state.value(of: $0.number)?.day }.first.map(Day.init(number:))
        guard let whom = try title(of: id, as: field) else {
            return Title("\(word) of \("somebody" as Phrase)", day, today)
        }
        guard let detail = try detail(of: state, besides: field, fields) else {
            return whom.within({ "\(word) of \($0)" }, day, today)
        }
        return whom.within({ "\(word) of \($0): \(detail)" }, day, today)
    }

    /// Whom or what else a record names, but for who wrote it down; else what it says.
    private func detail(
        of state: RecordState, besides first: FieldSchema, _ fields: [FieldSchema]
    ) throws -> String? {
        for field in fields where field.type == .id && field != first {
            guard !field.names.contains(Member.kind.name),
                let id = state.value(of: field.number)?.id,
                let title = try title(of: id, as: field)
            else { continue }
            return title.words
        }
        return fields.lazy.filter { $0.type == .text && !$0.isSet && $0.choices.isEmpty }
            .compactMap { field in
                let text = state.value(of: field.number)?.text
                return field == Assessment.tier ? text.map { LeaderTier.shown($0).text } : text
            }.first.map(Self.shortened)
    }

    /// What the record is called that a field names; nil when it is not here.
    private func title(of id: RecordID, as field: FieldSchema) throws -> Title? {
        var next = self
        next.levels -= 1
        for kind in Kinds.numbers(named: field) {
            if kind == Person.kind.number, let name = people.name(of: id) { return Title(name) }
            if let title = try next.title(of: RecordKey(kind, id)) { return title }
        }
        return nil
    }

    /// The name of the person that a field names, as lists show it.
    private func person(_ state: RecordState, _ field: FieldSchema) throws -> Phrase {
        let name = state.value(of: field.number)?.id.flatMap(people.name)
        return try name.map { .verbatim($0) } ?? entry(state, field)
    }

    /// The name in the very record that a field names.
    private func entry(_ state: RecordState, _ field: FieldSchema) throws -> Phrase {
        guard let id = state.value(of: field.number)?.id else { return "somebody" }
        let name = try String.fetchOne(
            db, sql: "SELECT name FROM person WHERE id = ?", arguments: [id.data])
        return name.map { .verbatim($0) } ?? "somebody"
    }
}

extension Notebook {
    /// What a record that is here is called; nil when it is not here.
    package func title(of key: RecordKey) throws -> String? { try fullTitle(of: key)?.words }

    /// The same, for scripts too.
    package func fullTitle(of key: RecordKey) throws -> Title? {
        try store.read { try Titles(SamePeople($0), $0, today).title(of: key) }
    }

    /// What an id in a field stands for, in words: a person as lists show them, a member, a turf, an institution, a
    /// space; nil when it is none that is here.
    package func title(of id: RecordID) throws -> String? {
        if id == Space.commons { return said("all members") }
        if id == Space.organizers { return said("organizers") }
        return try store.read { db in
            let people = try SamePeople(db)
            if let name = people.name(of: id) { return name }
            for key in try Records.keys(of: id, db) where Kinds.policy(of: key.kind) != nil {
                guard let state = try Records.state(of: key, db), state.life != .erased else {
                    continue
                }
                return try Titles(people, db, today).title(of: key, state).words
            }
            return nil
        }
    }
}
