import Glibc
package import Wording

/// What is asked of somebody at a terminal.
package enum Asking {
    /// Whether there is somebody to ask.
    package static var isInTerminal: Bool {
        !HangUp.isOver && isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1
    }

    /// Asks in a terminal; nil where there is none.
    package static func ask(_ question: Phrase) -> String? {
        isInTerminal ? answer(to: question) ?? "" : nil
    }

    /// Nil where somebody ends the input.
    package static func answer(to question: Phrase) -> String? {
        Screen.prompt(question.text + " ")
        // A terminal gives a line at a time, so none waits where poll does not see it.
        if isInTerminal { HangUp.waitForTyping() }
        return HangUp.isOver ? nil : readLine().map(Plain.trimmed)
    }

    /// Asks a question to which only a clear yes is one; nil where there is no terminal.
    package static func confirm(_ question: Phrase) -> Bool? {
        ask("\(question) [y/N]").map(Answer.isYes)
    }
}

/// What somebody answers to a question.
package enum Answer {
    package static func isYes(_ text: String) -> Bool {
        ["y", "yes", "s", "si", "sí"].contains(text.lowercased())
    }

    package static func isNo(_ text: String) -> Bool { ["n", "no"].contains(text.lowercased()) }
}
