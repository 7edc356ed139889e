import Glibc
package import Wording

/// What was printed did not all arrive where it went.
package struct OutputError: Explained {
    let reason: String

    package var explanation: Phrase {
        "The output could not be written (\(reason)). What the command had to save is saved."
    }
}

/// Standard output and standard error.
package enum Screen {
    /// Columns to fill: the terminal's; where a terminal does not know its own, those that COLUMNS
    /// says; and 80 for a file or a pipe.
    package static var columns: Int {
        var size = winsize()
        guard isTerminal else { return 80 }
        let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let said = Shell.variable("COLUMNS").flatMap { Int($0) }
        return max(40, isKnown ? Int(size.ws_col) : said ?? 80)
    }

    static let isTerminal = isatty(STDOUT_FILENO) == 1

    /// Colours only in a terminal, and for those who want them (no-color.org).
    package static let isColoured =
        isTerminal && Shell.variable("NO_COLOR") == nil
        && Shell.variable("TERM") != "dumb"

    /// Writes all of a text to standard output, or throws.
    package static func write(_ text: String) throws {
        if let code = put(text, STDOUT_FILENO) { throw OutputError(reason: reason(code)) }
    }

    /// Writes for a person to standard error; where nobody reads it, there is nobody to tell.
    package static func note(_ phrase: Phrase) {
        note(phrase.text)
    }

    @_disfavoredOverload
    package static func note(_ text: some StringProtocol) {
        let lines = Plain.lines(String(text))
        let isTerminal = isatty(STDERR_FILENO) == 1
        _ = put((isTerminal ? wrapped(lines) : lines) + "\n", STDERR_FILENO)
    }

    package static func prompt(_ text: String) {
        _ = put(Plain.lines(text), STDERR_FILENO)
    }

    /// Writes over the line before, which nobody needs any more.
    package static func progress(_ phrase: Phrase) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        _ = put("\r\u{1B}[K" + Plain.oneLine(phrase.text), STDERR_FILENO)
    }

    package static func reason(_ code: Int32) -> String {
        SystemWords.reason(code).text
    }

    /// Lines that are wider than the terminal, broken between words.
    private static func wrapped(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix(" ")
                ? String(line) : Wrapping.lines(String(line), columns).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// Returns the error's number; nil when everything was written.
    private static func put(_ text: String, _ file: Int32) -> Int32? {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return errno }
            bytes = bytes.dropFirst(count)
        }
        return nil
    }
}
