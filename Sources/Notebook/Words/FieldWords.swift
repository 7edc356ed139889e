package import Replication
import Store
package import Wording

/// Kinds, fields and some of their values in people's words. JSON and the protocol keep the short
/// names, which scripts rely on.
package enum FieldWords {
    /// "point person", "settled on", "one-to-one"
    package static func field(_ name: String, of kind: Kind) -> Phrase {
        switch (kind, name) {
        case (_, "life"): "deleted"
        case (_, "space"): isWithPeople(kind) ? "turf" : "read by"
        case (Person.kind.number, "organizer"): "point person"
        case (Person.kind.number, "given"): "given name"
        case (Person.kind.number, "family"): "family name"
        case (HouseMeeting.kind.number, "invited"), (SurveyWave.kind.number, "invited"):
            "people invited"
        case (OneToOne.kind.number, "on"): "day"
        case (OneToOne.kind.number, "next"): "next step"
        case (Commitment.kind.number, "direction"): "who promised"
        case (Vote.kind.number, "body"): "voting body"
        case (Vote.kind.number, "member"): "who votes"
        case (Vote.kind.number, "source"): "who says so"
        case (_, "oneToOne"): "one-to-one"
        case (SamePerson.kind.number, "a"): "first entry"
        case (SamePerson.kind.number, "b"): "second entry"
        case (Reflection.kind.number, "selfInterest"): "self-interest"
        default: Phrase(word: spaced(name))
        }
    }

    /// "teléfono (phone)": in the reader's language, and as scripts know it, since both are read.
    package static func both(_ name: String, _ words: Phrase) -> String {
        Language.current == .english ? name : explained(name, words)
    }

    /// "who votes (member)": as it is said, and as it is typed, where these are not the same.
    package static func explained(_ name: String, _ words: Phrase) -> String {
        guard Folding.letters(words.text) == Folding.letters(name) else {
            return "\(words) (\(name))"
        }
        // "visión" is read as "vision".
        return Language.current == .english ? name : words.text
    }

    /// What a field is called in a text that is read back: in people's words, but where two fields of
    /// the kind are called the same.
    static func heading(of field: FieldSchema, _ kind: KindSchema) -> String {
        let words = Self.field(field.name, of: kind.number).text
        return schema(words, of: kind) == field ? words : field.name
    }

    /// The field that a person means by its short name or by its words; nil when there is none.
    static func schema(_ text: String, of kind: KindSchema) -> FieldSchema? {
        kind.fields.first {
            Folding.letters($0.name) == Folding.letters(text)
                || field($0.name, of: kind.number).isMeant(by: text)
        }
    }

    /// The field of a kind whose name somebody probably misspelt, as it is shown to be typed; nil when
    /// none is near enough.
    static func nearest(to text: String, of kind: KindSchema) -> String? {
        let typed = Language.current == .english ? [] : kind.fields.map { heading(of: $0, kind) }
        return Spelling.nearest(to: text, among: typed)
            ?? Spelling.nearest(to: text, among: kind.fields.map(\.name))
    }

    /// One of the few words that a field takes, as a text that is read back has it: as itself where
    /// its words mean another one.
    static func readable(_ word: String, of field: FieldSchema) -> String {
        let words = choice(word)
        let meant = field.choices.first { choice($0).isMeant(by: words.text) }
        return meant == word ? words.text : word
    }

    /// One of the few words that a field takes: "no show" for `noShow`.
    package static func choice(_ word: String) -> Phrase {
        word == "oneToOnes" ? "one-to-ones" : Phrase(word: spaced(word))
    }

    /// "settledOn" → "settled on"
    private static func spaced(_ name: String) -> String {
        name.reduce(into: "") { words, letter in
            words += letter.isUppercase ? " \(letter.lowercased())" : String(letter)
        }
    }

    /// "one-to-one", "promise"
    package static func kind(_ kind: Kind) -> Phrase {
        switch kind {
        case OneToOne.kind.number: "one-to-one"
        case Commitment.kind.number: "promise"
        case SamePerson.kind.number: "pair of entries"
        case ImportBatch.kind.number: "import"
        case Foreign.kind.number: "import's leftover"
        default: Phrase(word: spaced(Kinds.name(of: kind)))
        }
    }

    /// "one-to-ones", "promises", "people"
    package static func kinds(_ kind: Kind) -> Phrase {
        switch kind {
        case Person.kind.number: "people"
        case SamePerson.kind.number: "pairs of entries"
        default: Phrase(word: plural(Self.kind(kind).text(in: .english)))
        }
    }

    private static func plural(_ word: String) -> String {
        if word.hasSuffix("tance") || word.hasSuffix("dance") { return word + "s" }
        if word.hasSuffix("ch") { return word + "es" }
        return word.hasSuffix("y") ? word.dropLast() + "ies" : word + "s"
    }

    /// "they promised"; nil for a value that is its own word.
    package static func value(_ value: Value, in name: String, of kind: Kind) -> Phrase? {
        switch (kind, name) {
        case (_, "life"): return value == .deleted ? "yes" : "no"
        case (_, "space"), (Person.kind.number, "turf"):
            return isWithPeople(kind) && value.id == Space.organizers ? "without a turf" : nil
        case (Commitment.kind.number, "direction"):
            return value.text.map { $0 == "we" ? "we promised" : "they promised" }
        case (Person.kind.number, Person.tier.name), (Assessment.kind.number, Assessment.tier.name):
            return value.text.map(LeaderTier.shown)
        default:
            let choices = Kinds.policy(of: kind)?.schema.field(named: name)?.choices ?? []
            return value.text.flatMap { choices.contains($0) ? choice($0) : nil }
        }
    }

    /// Whether records of the kind live in the turfs of people.
    private static func isWithPeople(_ kind: Kind) -> Bool {
        switch Kinds.policy(of: kind)?.home {
        case .turf, .person, .pair: true
        default: false
        }
    }
}
