import Foundation
import Store
import Testing
import Wording

@testable import Notebook
@testable import Pages

/// Everything that the program says to people, it says in Spanish too.
@Suite struct CatalogTests {
    @Test func nothingThatIsSaidLacksItsSpanish() throws {
        let said = try Self.said().union(Self.words)
        let missing = said.subtracting(Catalog.spanish.englishTexts).sorted()
        if let file = ProcessInfo.processInfo.environment["FIELDBOOK_WRITE_MISSING"] {
            try Self.template(missing).write(toFile: file, atomically: true, encoding: .utf8)
        }
        #expect(missing.isEmpty, "add these to es.po: \(missing.prefix(20))")
    }

    @Test func aReportGivesWordsOfOursAsWords() throws {
        let given = try Self.sources(in: "Notebook/Reports").flatMap {
            SaidWords(in: $0).givenAsData
        }
        #expect(given.isEmpty, "give these with .said, so that they are translated: \(given)")
    }

    @Test func nothingIsTranslatedThatIsNotSaid() throws {
        let literals = try Set(Self.sources().flatMap(SourceLiterals.all))
        let stale = Catalog.spanish.englishTexts.subtracting(literals)
            .subtracting(Self.words).subtracting(Self.templates())
        #expect(stale.isEmpty, "remove these from es.po: \(stale.sorted().prefix(20))")
    }

    @Test func aTranslationHasAllPlacesToFillIn() {
        for english in Catalog.spanish.englishTexts {
            let spanish = Catalog.spanish.translation(of: english) ?? ""
            #expect(Self.places(english) == Self.places(spanish), "\(english)")
        }
    }

    @Test func aTranslationHasAsManyLines() {
        for english in Catalog.spanish.englishTexts where english.contains("\n  ") {
            let spanish = Catalog.spanish.translation(of: english) ?? ""
            // Examples stand each on a line of their own, which is a command in both languages.
            let commands = english.split(separator: "\n").filter { $0.hasPrefix("  fieldbook ") }
            #expect(
                spanish.split(separator: "\n").filter { $0.hasPrefix("  fieldbook ") }.count
                    == commands.count, "\(english)")
        }
    }

    // MARK: - What is said

    /// The text of every source file of a folder.
    private static func sources(in folder: String = "") throws -> [String] {
        let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/\(folder)")
        let files = FileManager.default.enumerator(atPath: top.path)?.compactMap { $0 as? String }
        return try (files ?? []).filter { $0.hasSuffix(".swift") }.map {
            try String(contentsOf: top.appending(path: $0), encoding: .utf8)
        }
    }

    /// The literals that are sentences, or look like a title, in files that say something.
    private static func said() throws -> Set<String> {
        let speaking = try sources().filter {
            $0.contains("import Wording") || $0.contains("-> Phrase {")
        }
        let placed =
            speaking.map { SaidWords(in: $0).ofPhrases.union(SaidWords(in: $0).ofCounts) }
            + (try sources(in: "Notebook/Reports").map { SaidWords(in: $0).ofReports })
        return Set(speaking.flatMap(SourceLiterals.all).filter(isSaid))
            .union(placed.joined()).union(templates())
    }

    private static func templates() -> Set<String> {
        Set(
            Templates.sources.values.flatMap {
                TemplateText(String(decoding: $0, as: UTF8.self)).phrases
            })
    }

    private static func isSaid(_ literal: String) -> Bool {
        let words = literal.replacing(/\{\d\}/, with: "").trimmingCharacters(
            in: .whitespacesAndNewlines)
        guard words.contains(where: \.isLetter), !Exceptions.all.contains(literal),
            !Exceptions.names.contains(literal), !Day.monthNames.contains(literal),
            words.firstMatch(of: Exceptions.pattern) == nil,
            words.firstMatch(of: Exceptions.usage) == nil, !words.hasPrefix("<"),
            !words.hasPrefix("body{")
        else { return false }
        let beside = /\p{L}{2,}[:,]? \{\d\}|\{\d\},? \p{L}{2,}/
        return literal.firstMatch(of: beside) != nil
            || words.firstMatch(of: /\p{L}[\p{L},.:;'"’]* +\S/) != nil
            || words.firstMatch(of: /^[A-Z][a-z]+[:.?]?$/) != nil
    }

    /// Words that are no literals, or not known by their looks to be said.
    private static let words: Set<String> = Set(
        Kinds.all.flatMap { policy in
            let kind = policy.schema.number
            return [FieldWords.kind(kind), FieldWords.kinds(kind)].map { $0.text(in: .english) }
                + policy.schema.fields.map {
                    FieldWords.field($0.name, of: kind).text(in: .english)
                }
        } + choices + choices.map { FieldWords.choice($0).text(in: .english) }
            + MeetingStatus.allCases.map(\.shown) + Day.monthNames.map { String($0.prefix(3)) }
            + Day.weekdayNames.map { String($0.prefix(3)) })

    private static let choices = Kinds.all.flatMap { $0.schema.fields.flatMap(\.choices) }

    private static func places(_ text: String) -> [String] {
        text.matches(of: /\{\d\}/).map { String($0.output) }.sorted()
    }

    /// Entries to be filled in, in the form of the catalog.
    private static func template(_ texts: [String]) -> String {
        texts.map { "msgid \(quoted($0))\nmsgstr \"\"\n" }.joined(separator: "\n")
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacingOccurrences(of: "\\", with: "\\\\")
            .replacingOccurrences(of: "\"", with: "\\\"")
        let lines = escaped.components(separatedBy: "\n")
        guard lines.count > 1 else { return "\"\(escaped)\"" }
        return "\"\"\n"
            + lines.enumerated().map { index, line in
                "\"\(line)\(index == lines.count - 1 ? "" : "\\n")\""
            }.filter { $0 != "\"\"" }.joined(separator: "\n")
    }
}

/// What looks as if it were said to people, and is not.
private enum Exceptions {
    /// Statements, patterns of numbers and letters, headers.
    static var pattern: Regex<(Substring, Substring)> {
        /\b(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|PRAGMA|WHERE|FROM|JOIN|ORDER BY|GROUP BY|VALUES|ON CONFLICT|IS NOT NULL|IS NULL|COLLATE|LIMIT|UNION)\b/
    }

    /// A line that shows how a command is typed.
    static var usage: Regex<Substring> { /^fieldbook(?:-hub)? [^.]*[<\[{]/ }

    /// Of whom and what the demonstration tells.
    static let names: Set<String> = [
        "Ana Reyes", "Ben Carter", "Carla Diaz", "Rosa Alvarez", "Samuel Novak", "Linh Tran",
        "Marcus Hill", "Grace Mensah", "Omar Khan", "Ana Kowalski", "Denise Okafor", "St. Mark",
        "North Side",
    ]

    static let all: Set<String> = [
        ",\n  \"dates\": \"{1}\"",
        "{\n  \"columns\": {\n{1}\n  },\n  \"encoding\": \"{2}\",\n  \"separator\": \"{3}\"{4}\n}\n",
        "person IN ({1})", "coalesce(status, 'open') = 'open'", "AND d.organizer IN ({1})",
        "AND organizer IN ({1})", "status IN ('scheduled', 'proposed')", "owner IN ({1})",
        "coalesce(phone, email, address)", "a value for each column", "SQLite format 30",
        "1 log, records, history", "1 log, places, members",
        "publicKey, name, url, spaces, taken, given, lastMet, problem, added", "{1} MB",
        "field {1}", "item {1}", "{1} AND {2}", "{1} KB",
        "{1}.{2} MB", "Insufficient Storage", "text/html; charset=utf-8",
        "fieldbook conflicts settle {1} {2}", "nexpected argument", "type {1}: {2}",
        "' and '", "' or '", "Host", "Range", "import bring-in", "import {1}",
    ]
}
