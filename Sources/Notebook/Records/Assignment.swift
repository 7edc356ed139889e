import Foundation
package import Replication
package import Store
import Wording

/// One field given in words: `due=friday`, `heard+=asthma`, `heard-=asthma`; nothing after the sign
/// clears the field.
package struct Assignment: Sendable, Hashable {
    package enum Sign: Sendable, Hashable {
        case set, insert, remove
    }

    package let field: String
    package let sign: Sign
    package let text: String

    package init(field: String, sign: Sign = .set, text: String) {
        self.field = field
        self.sign = sign
        self.text = text
    }

    /// Reads `field=value`. Throws `NotebookError.notAnAssignment`.
    package init(_ words: String) throws {
        guard let equals = words.firstIndex(of: "=") else {
            throw NotebookError.notAnAssignment(words)
        }
        let left = words[..<equals]
        let signs: [Character: Sign] = ["+": .insert, "-": .remove]
        sign = left.last.flatMap { signs[$0] } ?? .set
        field = Self.trimmed(sign == .set ? left : left.dropLast())
        text = Self.trimmed(words[words.index(after: equals)...])
        guard !field.isEmpty else { throw NotebookError.notAnAssignment(words) }
    }

    static func trimmed(_ text: Substring) -> String {
        text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension Notebook {
    /// Reads a field's value as people say it: a word of a few, a number, a day, the name of a
    /// record. An empty text is no value.
    package func value(of text: String, for field: FieldSchema, of kind: Kind) throws -> Value {
        let value = try unchecked(text, field, kind)
        try FieldRules.check(value, field.number, of: kind)
        return value
    }

    private func unchecked(
        _ text: String, _ field: FieldSchema, _ kind: Kind
    ) throws -> Value {
        guard !text.isEmpty else { return .null }
        switch field.type {
        case .text:
            if field == Person.birthday {
                return .text(try Birthday(said: text, today: today).description)
            }
            if field == Person.cadence { return .text(try Cadence(text).written) }
            if kind == Measurement.kind.number, field == Measurement.value {
                return .text(try Figure(text).description)
            }
            if field == OneToOne.at { return .text(try TimeOfDay(text).description) }
            if field == Person.tier || field == Assessment.tier {
                return .text(LeaderTier.word(text))
            }
            return .text(Self.choice(text, of: field.choices) ?? text)
        case .int:
            if let number = Int64(text) { return .int(number) }
            guard let range = field.range, text.wholeMatch(of: /-?\d+/) != nil else {
                throw NotebookError.notANumber(text)
            }
            let words = FieldWords.field(field.name, of: kind)
            throw NotebookError.outOfRange(text, field: words, range)
        case .day:
            return .day(try day(text, looking: field.looks).number)
        case .id:
            return .id(try find(text, for: field))
        }
    }

    /// "no show" and "No-Show" are `noShow`, and so is "no llegó" for who reads Spanish.
    package static func choice(_ text: String, of choices: [String]) -> String? {
        choices.first { FieldWords.choice($0).isMeant(by: text) }
            ?? otherWords[Folding.letters(text)].flatMap { choices.contains($0) ? $0 : nil }
    }

    /// What people say as well.
    private static let otherWords = [
        "mensaje": "text", "parcialmente": "partly", "presentacion": "introductory",
        "seguimiento": "maintenance",
    ]

    private func find(_ text: String, for field: FieldSchema) throws -> RecordID {
        if field.names.contains(Member.kind.name), isMe(text) { return me.asOrganizer }
        var failure: NotebookError?
        for kind in field.names.isEmpty ? ["person"] : field.names {
            do {
                return try find(text, kind: kind)
            } catch let error as NotebookError {
                // Of several kinds that it may be, the first says best what is wrong.
                guard case .unknown = error else { throw error }
                failure = failure ?? error
            }
        }
        throw failure ?? NotebookError.noSuchRecord(text)
    }

    /// The record of a kind that somebody means by its name, a part of it, or the end of its id.
    package func find(_ text: String, kind name: String) throws -> RecordID {
        switch name {
        case Person.kind.name: return try findPerson(text)
        case Turf.kind.name: return try findTurf(text)
        default: break
        }
        guard let kind = Kinds.named(name)?.schema else { throw NotebookError.noSuchRecord(text) }
        if let title = kind.title { return try find(text, kind, titled: title.name) }
        let key = try findRecord(text)
        guard key.kind == kind.number else { throw NotebookError.noSuchRecord(text) }
        return key.id
    }

    /// The changes that assignments make to a record of a kind, new or in this state.
    func changes(
        _ assignments: [Assignment], of kind: KindSchema, in state: RecordState? = nil
    ) throws -> [Change] {
        try assignments.flatMap { try changes($0, of: kind, state) }
    }

    private func changes(
        _ assignment: Assignment, of kind: KindSchema, _ state: RecordState?
    ) throws -> [Change] {
        guard let field = FieldWords.schema(assignment.field, of: kind) else {
            if kind.number == Person.kind.number,
                FieldWords.kind(Turf.kind.number).isMeant(by: assignment.field)
            {
                throw NotebookError.hasItsOwnVerb("fieldbook person edit --turf")
            }
            throw NotebookError.noSuchField(
                kind: FieldWords.kind(kind.number), field: assignment.field,
                nearest: FieldWords.nearest(to: assignment.field, of: kind))
        }
        guard field.isSet else {
            guard assignment.sign == .set else { throw NotebookError.notASet(field: field.name) }
            let value = try value(of: assignment.text, for: field, of: kind.number)
            try FieldRules.checkNeeded(value, field.number, of: kind.number)
            return [.set(field, value)]
        }
        let named = try elements(assignment.text).map {
            try value(of: $0, for: field, of: kind.number)
        }
        switch assignment.sign {
        case .insert: return named.map { .insert(field, $0) }
        case .remove: return named.map { .remove(field, $0) }
        case .set:
            let before = state?.elements(of: field.number) ?? []
            return before.filter { !named.contains($0) }.map { .remove(field, $0) }
                + named.filter { !before.contains($0) }.map { .insert(field, $0) }
        }
    }

    private func elements(_ text: String) -> [String] {
        text.split(separator: ",").map(Assignment.trimmed).filter { !$0.isEmpty }
    }
}

extension KindSchema {
    /// The field by which people name a record; nil for a kind whose records have no name.
    package var title: FieldSchema? { fields.first(where: \.isNeeded) }

    /// The field that says when a record was or will be; nil for a kind whose records have no day.
    package var day: FieldSchema? { fields.first { $0.type == .day } }
}

extension FieldSchema {
    /// Which year is meant by a day without one: a promise is due in the future, a meeting was in the
    /// past, and what is planned may be written down before or after.
    fileprivate var looks: DateWords.Direction {
        if ["due", "by", "end", "until", "promiseDue", "renegotiatedTo"].contains(name) {
            return .coming
        }
        let planned = [
            ListeningCampaign.start, Campaign.start, Initiative.start, HouseMeeting.on, Training.on,
            ResearchAction.on, Action.on,
        ]
        return planned.contains(self) ? .nearest : .past
    }
}
