/// The script by which a shell completes command lines.
enum CompletionScript {
    /// Verbs after which somebody may leave the default verb out, and type what that takes.
    private static let defaults = [(verb: "turf", other: "list")]

    /// The parser's script offers after a verb the names of the verbs below it alone; this adds what the
    /// default one takes.
    static func completed(_ script: String) -> String {
        defaults.reduce(script) { script, names in
            let function = "_fieldbook_\(names.verb)"
            let bash = add(
                """
                        unparsed_words=("${subcommand}" "${unparsed_words[@]}")
                        "\(function)_\(names.other)"

                """, after: "-- \"${cur}\"))\n", of: function, in: script)
            let zsh = add(
                "        \(function)_\(names.other) && ret=0\n",
                after: "_describe -V subcommand subcommands && ret=0\n", of: function, in: bash)
            return fish(names.verb, names.other, in: zsh)
        }
    }

    /// Adds lines to a function.
    private static func add(
        _ lines: String, after mark: String, of function: String, in script: String
    ) -> String {
        guard let start = script.firstRange(of: "\n\(function)() {\n"),
            let place = script[start.upperBound...].firstRange(of: mark)
        else { return script }
        return script[..<place.upperBound] + lines + script[place.upperBound...]
    }

    /// In fish each completion is a line of its own.
    private static func fish(_ verb: String, _ below: String, in script: String) -> String {
        let own = "\"fieldbook \(verb) \(below)\" -eq 1'"
        let other = "\"fieldbook \(verb)\" -eq 1'"
        let lines = script.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.flatMap { line in
            line.contains(own) ? [line, line.replacing(own, with: other)] : [line]
        }.joined(separator: "\n")
    }
}
