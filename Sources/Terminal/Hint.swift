package import ArgumentParser
package import Wording

/// What somebody probably meant whose command line could not be read.
package struct Hint {
    /// The verbs that were understood, as typed.
    private var path: [String] = []
    private var command: any ParsableCommand.Type
    private var rest: ArraySlice<String>
    private let program: String

    /// What the parser says, with what was probably meant below the line that says what was not
    /// understood.
    package static func added(
        to message: String, _ arguments: [String], of program: any ParsableCommand.Type
    ) -> String {
        let lines = message.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let hint = Hint(arguments, program)
        guard let first = lines.first, first.contains("nexpected argument"),
            let words = hint.nearestVerb ?? hint.quotes
        else { return message }
        return ([first + "\n" + words.text] + lines.dropFirst()).joined(separator: "\n")
    }

    /// Of "help" for a command that there is not, which the parser shows the help of all for; nil for
    /// anything else.
    package static func ofHelp(
        _ arguments: [String], of program: any ParsableCommand.Type
    ) -> Phrase? {
        guard arguments.first == "help" else { return nil }
        let hint = Hint(Array(arguments.dropFirst()), program)
        guard let word = hint.rest.first, !word.hasPrefix("-"), !hint.command.verbs.isEmpty else {
            return nil
        }
        let nearest = hint.nearestVerb.map { " " + $0 } ?? ""
        return
            "There is no command \"\(hint.typed(word))\".\(nearest) All commands: \(hint.program) --help"
    }

    private init(_ arguments: [String], _ program: any ParsableCommand.Type) {
        self.program = program._commandName
        command = program
        rest = arguments[...]
        while let word = rest.first, let verb = command.verbs.first(where: { $0.isCalled(word) }) {
            path.append(word)
            command = verb
            rest = rest.dropFirst()
        }
    }

    /// "Did you mean "fieldbook met"?"
    private var nearestVerb: Phrase? {
        guard let word = rest.first, !word.hasPrefix("-") else { return nil }
        let names = command.verbs.flatMap { $0.names }
        let nearest = names.map {
            (name: $0, changes: Self.changes(from: word.lowercased(), to: $0))
        }
        .min { ($0.changes, $0.name) < ($1.changes, $1.name) }
        guard let nearest, nearest.changes <= (word.count < 5 ? 1 : 2) else { return nil }
        return "Did you mean \"\(typed(nearest.name))\"?"
    }

    /// The same letters in another order count as one slip.
    private static func changes(from word: String, to name: String) -> Int {
        word.sorted() == name.sorted() ? 1 : word.distance(to: name)
    }

    /// "A name of several words goes in quotes: fieldbook met "Rosa Alvarez""
    private var quotes: Phrase? {
        let words = rest.prefix { !$0.hasPrefix("-") }
        guard words.count > 1, command is any TakesOneName.Type else { return nil }
        let name = words.joined(separator: " ").filter { $0 != "\"" }
        return "A name of several words goes in quotes: \(typed("\"\(name)\""))"
    }

    private func typed(_ last: String) -> String {
        ([program] + path + [last]).joined(separator: " ")
    }
}

/// A command whose only argument is a name.
package protocol TakesOneName: ParsableCommand {}

extension ParsableCommand {
    fileprivate static var verbs: [any ParsableCommand.Type] { configuration.subcommands }

    fileprivate static var names: [String] {
        [_commandName] + configuration.aliases
    }

    fileprivate static func isCalled(_ word: String) -> Bool { names.contains(word) }
}

extension String {
    /// How many letters have to be put in, taken out or changed (Levenshtein, 1965).
    fileprivate func distance(to other: String) -> Int {
        let other = Array(other)
        var row = Array(0...other.count)
        for (index, letter) in enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in other.indices {
                let change = diagonal + (letter == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = Swift.min(change, row[column] + 1, diagonal + 1)
            }
        }
        return row[other.count]
    }
}
