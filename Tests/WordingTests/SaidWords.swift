import Foundation

/// Words that sources say to people, known by where they stand, and not by their looks.
struct SaidWords {
    private let source: String

    init(in source: String) {
        self.source = source
    }

    /// What a function or property that is a phrase says: `case "attended": "came"`.
    var ofPhrases: Set<String> {
        var words: Set<String> = []
        var isPhrase = false
        for line in source.split(separator: "\n") {
            if line.contains(/\b(func|var|let) \w+/) || line.contains(") ->") {
                isPhrase = line.contains(/(->|:) Phrase\??( \{| =|$)/)
            }
            let answer = line.firstMatch(of: /^\s*(?:case .*|default): "([^"\\]+)"$/)
            if isPhrase, let answer { words.insert(String(answer.1)) }
        }
        return words
    }

    /// What is counted, one of it and many: `counted(people, "person", "people")`.
    var ofCounts: Set<String> {
        let pairs = source.matches(of: /counted\([^"]*?, "([^"\\]+)",\s*"([^"\\]+)"\)/)
        return Set(pairs.flatMap { [String($0.1), String($0.2)] })
    }

    /// What a report's columns and figures are called, and its words in them.
    var ofReports: Set<String> {
        let titles = source.matches(of: /(?:\.init|figure)\(\s*"\w*", "([^"\\]+)"/).map {
            String($0.1)
        }
        return Set(titles).union(SourceLiterals.within([".said("], in: source))
    }

    /// Words of ours that a report gives as if somebody else had written them.
    var givenAsData: [String] {
        SourceLiterals.within([".text("], in: source).filter {
            $0.replacing(/\{\d\}/, with: "").contains(where: \.isLetter)
        }
    }
}
