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
        guard let first = lines.first, first.hasPrefix("Error:"), !first.contains("Unknown option")
        else { return message }
        guard first.contains("nexpected argument") else {
            guard let option = hint.unknownOption else { return message }
            guard let words = hint.nearestOption(to: option) else {
                return message.replacing(
                    "Error:", with: "Error: \("There is no option \(option)." as Phrase)",
                    maxReplacements: 1)
            }
            return hint.instead(of: message, words)
        }
        guard let words = hint.nearestVerb ?? hint.quotes else { return message }
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
        return Spelling.nearest(to: word, among: names).map { "Did you mean \"\(typed($0))\"?" }
    }

    /// What looks like an option and is none. The parser says so itself, unless without the option
    /// something else is wrong.
    private var unknownOption: String? {
        let typed = rest.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }
            .map { String($0.prefix { $0 != "=" }) }
        return typed.first { !options.contains($0) }
    }

    /// "There is no option --phnoe. Did you mean --phone?"
    private func nearestOption(to word: String) -> Phrase? {
        Spelling.nearest(to: word, among: options).map {
            "There is no option \(word). Did you mean \($0)?"
        }
    }

    /// Those of the command, and of what it does without a verb.
    private var options: [String] {
        command.options + (command.configuration.defaultSubcommand?.options ?? [])
    }

    /// What the parser says, with other words before how the command is used.
    private func instead(of message: String, _ words: Phrase) -> String {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        let label = message.prefix { $0 != " " }
        let usage = lines.drop { !$0.hasPrefix("Usage:") }
        return (["\(label) \(words)"] + usage).joined(separator: "\n")
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

    /// "--phone", "--help"
    fileprivate static var options: [String] {
        helpOfOptions.matches(of: /--[a-z][a-z-]*/).map { String($0.output) }
    }

    /// The lines of the help that begin with an option.
    private static var helpOfOptions: String {
        helpMessage(includeHidden: true).split(separator: "\n")
            .filter { $0.hasPrefix("  -") }.joined(separator: "\n")
    }

    fileprivate static func isCalled(_ word: String) -> Bool { names.contains(word) }
}
