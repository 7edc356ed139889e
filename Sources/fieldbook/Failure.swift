import ArgumentParser
import Glibc
import Interchange
import Notebook
import Replication
import Store
import Sync
import Terminal
import Wording

/// What a command could not do for a reason of its own, in a sentence with what to do next.
struct Complaint: Explained {
    let explanation: Phrase
    /// The code to exit with.
    let code: Int32

    init(_ explanation: Phrase, code: Int32 = Failure.refused) {
        self.explanation = explanation
        self.code = code
    }
}

/// The one place where an error becomes a sentence on standard error and an exit code.
enum Failure {
    static let refused: Int32 = 1
    /// EX_TEMPFAIL
    static let tryLater: Int32 = 75

    /// Says what happened. Returns the code to exit with.
    static func report(_ error: any Error) -> Int32 {
        if let sentence = sentence(for: error) {
            Screen.note("Error: \(sentence)")
            let isTemporary = (error as? SyncError)?.isTemporary ?? false
            return (error as? Complaint)?.code ?? (isTemporary ? tryLater : refused)
        }
        let code = Fieldbook.exitCode(for: error)
        guard code == .success || code == .validationFailure else {
            if !(error is ExitCode) { Screen.note("Error: \(unexpected(error))") }
            return code.rawValue
        }
        let arguments = Array(CommandLine.arguments.dropFirst())
        let message = Hint.added(
            to: Fieldbook.fullMessage(for: error, columns: ParserWords.columns), arguments,
            of: Fieldbook.self)
        return show(message, code)
    }

    private static func sentence(for error: any Error) -> Phrase? {
        switch error {
        case let error as any Explained: error.explanation
        case let error as WireError: .verbatim(error.description)
        default: nil
        }
    }

    /// Help goes to standard output, wrong usage to standard error.
    private static func show(_ english: String, _ code: ExitCode) -> Int32 {
        let isScript = CommandLine.arguments.contains("--generate-completion-script")
        // Bringing in a file is what "import" does by itself.
        let plain = english.replacing("import bring-in", with: "import \("FILE" as Phrase)")
        let message = isScript ? plain : ParserWords.translated(plain)
        guard code == .success else {
            Screen.note(message)
            return code.rawValue
        }
        do {
            let text = isScript ? CompletionScript.completed(message) : Plain.lines(message)
            if !text.isEmpty { try Screen.write(text + "\n") }
            return code.rawValue
        } catch {
            return report(error)
        }
    }

    /// Never what the error says of itself: it may hold a statement, and so a note.
    private static func unexpected(_ error: any Error) -> Phrase {
        """
        Something happened that Fieldbook does not know (\(String(describing: type(of: error)))). What was saved before \
        is safe. Try again; if it happens again, run "fieldbook verify".
        """
    }
}
