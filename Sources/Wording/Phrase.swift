/// Something that is said to a person: it becomes text in the language of whoever reads it.
///
/// A literal is one: `"Sent \(count) entries."`. Its English is what it is looked up by, with `{1}`,
/// `{2}` … for what is filled in, as in the catalog `es.po`. What has no translation stays English.
package struct Phrase: Sendable {
    fileprivate enum Part: Sendable {
        case given(String)
        case phrase(Phrase)
        /// What people read, and what scripts do: a day.
        case either(String, forScripts: String)

        func text(in language: Language, forScripts: Bool) -> String {
            switch self {
            case .given(let text): text
            case .phrase(let phrase): phrase.text(in: language, forScripts: forScripts)
            case .either(let words, let scripts): forScripts ? scripts : words
            }
        }
    }

    private let english: String
    private let parts: [Part]

    fileprivate init(_ english: String, _ parts: [Part]) {
        self.english = english
        self.parts = parts
    }

    /// A word that is in the catalog and is not known before the program runs: a status, the name
    /// of a field.
    package init(word: String) {
        self.init(word, [])
    }

    /// A name, a number, a text that somebody wrote: the same in every language.
    package static func verbatim(_ text: some StringProtocol) -> Phrase {
        Phrase("{1}", [.given(String(text))])
    }

    /// What people and scripts write differently, as a day: "Fri 20 Nov", "2026-11-20".
    package static func verbatim(_ words: String, forScripts: String) -> Phrase {
        Phrase("{1}", [.either(words, forScripts: forScripts)])
    }

    /// The text in the reader's language.
    package var text: String { text(in: Language.current) }

    package func text(in language: Language) -> String { text(in: language, forScripts: false) }

    /// The text for scripts: in English, which they rely on.
    package var forScripts: String { text(in: .english, forScripts: true) }

    private func text(in language: Language, forScripts: Bool) -> String {
        guard !parts.isEmpty else { return language.translation(of: english) }
        let filled = parts.map { $0.text(in: language, forScripts: forScripts) }
        return Self.fill(
            isOnlyPlaces ? english : language.translation(of: english), with: filled, in: language)
    }

    /// Whether there are no words to translate besides those that are filled in.
    private var isOnlyPlaces: Bool { !english.contains(where: \.isLetter) }

    /// Puts what is given into the places `{1}` to `{9}`.
    private static func fill(
        _ pattern: String, with parts: [String], in language: Language
    ) -> String {
        var text = ""
        var rest = pattern[...]
        while let brace = rest.firstIndex(of: "{") {
            text += rest[..<brace]
            let place = rest[brace...].prefix(while: { $0 != "}" })
            if let number = Int(place.dropFirst()), parts.indices.contains(number - 1),
                place.endIndex < rest.endIndex
            {
                language.append(parts[number - 1], to: &text)
                rest = rest[rest.index(after: place.endIndex)...]
            } else {
                text += "{"
                rest = rest[rest.index(after: brace)...]
            }
        }
        return text + rest
    }
}

extension Phrase: ExpressibleByStringInterpolation {
    package init(stringLiteral english: String) {
        self.init(english, [])
    }

    package init(stringInterpolation: StringInterpolation) {
        self.init(stringInterpolation.english, stringInterpolation.parts)
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var english = ""
        fileprivate var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            english += literal
        }

        package mutating func appendInterpolation(_ phrase: Phrase) {
            append(.phrase(phrase))
        }

        // A literal that is filled in is to be translated too.
        @_disfavoredOverload
        package mutating func appendInterpolation<Given: CustomStringConvertible>(_ given: Given) {
            append(.given("\(given)"))
        }

        private mutating func append(_ part: Part) {
            parts.append(part)
            english += "{\(parts.count)}"
        }
    }
}

extension Phrase {
    /// One after the other, with nothing between.
    package static func + (first: Phrase, second: Phrase) -> Phrase {
        "\(first)\(second)"
    }
}

extension Phrase: CustomStringConvertible {
    package var description: String { text }
}

extension [Phrase] {
    /// All with this between them; between the last two `last`, if that is given.
    package func joined(_ separator: Phrase, last: Phrase? = nil) -> Phrase {
        guard let first else { return "" }
        return dropFirst().enumerated().reduce(first) { all, next in
            let isLast = next.offset == count - 2
            return "\(all)\(isLast ? last ?? separator : separator)\(next.element)"
        }
    }
}

extension Phrase {
    private static let separator: Character = "\u{1F}"

    /// The phrase as a file keeps it, so that whoever reads it there reads their own language. What
    /// is filled in is kept as text.
    package var kept: String {
        let filled = parts.map { $0.text(in: .english, forScripts: true) }
        return ([english] + filled).joined(separator: String(Self.separator))
    }

    /// The phrase of which `kept` is left.
    package init(kept: String) {
        let pieces = kept.split(separator: Self.separator, omittingEmptySubsequences: false)
        self.init(String(pieces[0]), pieces.dropFirst().map { .given(String($0)) })
    }
}

/// What is said where a text is wanted.
package func said(_ phrase: Phrase) -> String { phrase.text }

/// "1 entry", "3 entries".
package func counted(_ count: Int, _ one: Phrase, _ many: Phrase) -> Phrase {
    "\(count) \(count == 1 ? one : many)"
}

extension Phrase: Hashable {
    /// Two are equal that say the same.
    package static func == (a: Phrase, b: Phrase) -> Bool {
        a.forScripts == b.forScripts
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(forScripts)
    }
}

extension Phrase: Encodable {
    /// For scripts.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(forScripts)
    }
}
