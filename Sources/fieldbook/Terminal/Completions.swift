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

    /// As the shell reads it: bash takes a list of words in its own quotation. Scalar by scalar, since
    /// a mark may join a backtick to what stands before it. All that is not plainly harmless to a
    /// shell is quoted.
    static func written(_ name: String) -> String {
        guard Shell.variable("SAP_SHELL") == "bash" else { return name }
        var word = String.UnicodeScalarView()
        for scalar in Plain.oneLine(name).unicodeScalars {
            let isPlain = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            if scalar.isASCII, !isPlain, !"-_.".unicodeScalars.contains(scalar) {
                word.append("\\")
            }
            word.append(scalar)
        }
        return String(word)
    }
}
