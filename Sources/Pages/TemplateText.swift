package import Wording

/// The words of a template, between its tags and its places.
package struct TemplateText {
    private enum Part {
        case tag(Substring)
        case words(Substring)
    }

    private let parts: [Part]

    package init(_ source: String) {
        var parts: [Part] = []
        var rest = source[...]
        while let first = rest.first {
            let end: Substring.Index
            if rest.hasPrefix("{{") {
                end = rest.firstRange(of: "}}")?.upperBound ?? rest.endIndex
                parts.append(.tag(rest[..<end]))
            } else if first == "<" {
                end = Self.endOfTag(rest)
                parts += Self.parts(of: rest[..<end])
            } else {
                end = rest.firstIndex { $0 == "<" || $0 == "{" } ?? rest.endIndex
                parts.append(.words(rest[..<end]))
            }
            rest = rest[end...]
        }
        self.parts = parts
    }

    /// The label of a tag is heard: it is words too.
    private static func parts(of tag: Substring) -> [Part] {
        guard let label = tag.firstRange(of: "aria-label=\""),
            let end = tag[label.upperBound...].firstIndex(of: "\"")
        else { return [.tag(tag)] }
        return [
            .tag(tag[..<label.upperBound]), .words(tag[label.upperBound..<end]), .tag(tag[end...]),
        ]
    }

    /// A tag may have places of its own, with signs that look like its end.
    private static func endOfTag(_ text: Substring) -> Substring.Index {
        text.firstIndex(of: ">").map(text.index(after:)) ?? text.endIndex
    }

    /// What is said in the template, each run of words as the catalog has it.
    package var phrases: [String] {
        parts.compactMap { part in
            guard case .words(let words) = part else { return nil }
            let trimmed = words.trimmingWhitespace
            return trimmed.contains(where: \.isLetter) ? String(trimmed) : nil
        }
    }

    package func translated(to language: Language) -> String {
        parts.map { part in
            switch part {
            case .tag(let tag): return String(tag)
            case .words(let words):
                let trimmed = words.trimmingWhitespace
                guard trimmed.contains(where: \.isLetter) else { return String(words) }
                return words[..<trimmed.startIndex]
                    + Phrase(word: String(trimmed)).text(in: language)
                    + words[trimmed.endIndex...]
            }
        }.joined()
    }
}

extension Substring {
    var trimmingWhitespace: Substring {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? start
        return self[start..<Swift.max(start, end)]
    }
}
