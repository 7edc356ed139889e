import ArgumentParser
import Notebook
import Store
import Terminal

extension CompletionKind {
    /// The people of the notebook on whose command line Tab was typed.
    static var people: CompletionKind {
        .custom { words, _, typed in
            Completions.names(words, typed) { try People($0).completions(of: typed) }
        }
    }

    static var turfs: CompletionKind {
        .custom { words, _, typed in
            Completions.names(words, typed) { try $0.turfs().map(\.name) }
        }
    }

    /// What the records of a kind are called.
    static func records(_ kind: KindSchema) -> CompletionKind {
        .custom { words, _, typed in
            Completions.names(words, typed) { try $0.names(of: kind) }
        }
    }

    static var kinds: CompletionKind { .list(Kinds.all.map(\.schema.name)) }
}

/// What a shell offers when somebody types Tab.
enum Completions {
    private static let most = 50

    /// Nothing, rather than an error in the middle of a line that somebody is typing.
    static func names(
        _ words: [String], _ typed: String, _ all: (Notebook) throws -> [String]
    ) -> [String] {
        guard let notebook = try? common(words).open(), let names = try? all(notebook) else {
            return []
        }
        return names.prefix(most).map(written)
    }

    /// The options of the line, of which only the notebook matters.
    private static func common(_ words: [String]) -> Common {
        var common = Common()
        common.json = false
        common.notebook = words.firstIndex(of: "--notebook").flatMap { index in
            words.indices.contains(index + 1) ? words[index + 1] : nil
        }
        return common
    }

    /// As the shell reads it: bash takes a list of words in its own quotation.
    private static func written(_ name: String) -> String {
        guard Shell.variable("SAP_SHELL") == "bash" else { return name }
        return name.reduce(into: "") { word, letter in
            let isPlain = letter.isLetter || letter.isNumber || "-_.".contains(letter)
            word += isPlain ? String(letter) : "\\\(letter)"
        }
    }
}
