import Foundation

/// The string literals of Swift sources, as the catalog names them: what is filled in stands as
/// `{1}`, `{2}` …
struct SourceLiterals {
    private let letters: [Character]
    private var place = 0
    private var found: [String] = []

    /// All literals of a source, those within interpolations too; none from comments.
    static func all(in source: String) -> [String] {
        var reader = SourceLiterals(source)
        reader.readCode(untilParenthesis: false)
        return reader.found
    }

    /// The literals between a call's opening, such as `.text(`, and its end.
    static func within(_ openings: [String], in source: String) -> [String] {
        openings.flatMap { source.ranges(of: $0) }.flatMap { opening in
            var reader = SourceLiterals(String(source[opening.upperBound...]))
            reader.readCode(untilParenthesis: true)
            return reader.found
        }
    }

    private init(_ source: String) {
        letters = Array(source)
    }

    private func isAt(_ text: String) -> Bool {
        letters[place...].starts(with: text)
    }

    /// Reads code, up to the parenthesis that ends an interpolation or to the end.
    private mutating func readCode(untilParenthesis: Bool) {
        var depth = 0
        while place < letters.count {
            if isAt("//") {
                skip { $0 != "\n" }
            } else if isAt("#\"") {
                place += 2
                skip { $0 != "\"" }
                place += 1
            } else if isAt("\"\"\"") {
                place += 3
                readLiteral(isLong: true)
            } else if letters[place] == "\"" {
                place += 1
                readLiteral(isLong: false)
            } else {
                if letters[place] == "(" { depth += 1 }
                if letters[place] == ")" {
                    if untilParenthesis && depth == 0 { return }
                    depth -= 1
                }
                place += 1
            }
        }
    }

    private mutating func skip(while goesOn: (Character) -> Bool) {
        while place < letters.count, goesOn(letters[place]) { place += 1 }
    }

    private mutating func readLiteral(isLong: Bool) {
        var text = ""
        var interpolations = 0
        while place < letters.count {
            if isLong ? isAt("\"\"\"") : letters[place] == "\"" { break }
            guard letters[place] == "\\" else {
                text.append(letters[place])
                place += 1
                continue
            }
            place += 1
            if letters[place] == "(" {
                place += 1
                readCode(untilParenthesis: true)
                interpolations += 1
                text += "{\(interpolations)}"
                place += 1
            } else {
                text += escaped()
            }
        }
        place += isLong ? 3 : 1
        found.append(isLong ? Self.withoutIndentation(text) : text)
    }

    private mutating func escaped() -> String {
        defer { place += 1 }
        switch letters[place] {
        case "n": return "\n"
        case "t": return "\t"
        // A line that goes on in the next one: its end is dropped with the indentation.
        case "\n": return "\u{0}\n"
        case "u":
            let start = place + 2
            while letters[place] != "}" { place += 1 }
            return Int(String(letters[start..<place]), radix: 16).flatMap(Unicode.Scalar.init)
                .map { String(Character($0)) } ?? ""
        case let letter: return String(letter)
        }
    }

    private static func withoutIndentation(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        let indentation = lines.popLast()?.count ?? 0
        return lines.map { $0.drop(while: { $0 == " " }).isEmpty ? "" : $0.dropFirst(indentation) }
            .joined(separator: "\n").replacingOccurrences(of: "\u{0}\n", with: "")
    }
}
