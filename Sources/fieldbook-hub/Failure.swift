import ArgumentParser
import Hub
import Notebook
import Replication
import Store
import Sync
import Terminal
import Wording

/// Turns errors into sentences and exit codes, in one place.
enum Failure {
    /// Runs a command's work. Our own errors become a sentence and exit code 1, or 75 when trying
    /// later may help. What nobody foresaw tells its type, and nothing that was in it.
    static func explained(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as ExitCode {
            throw error
        } catch let error as ValidationError {
            throw error
        } catch {
            say(sentence(for: error))
            throw (error as? SyncError)?.isTemporary ?? false ? ExitCode(75) : ExitCode.failure
        }
    }

    /// What the parser says, for a terminal: it quotes what was typed, or pasted. Returns the code to
    /// exit with.
    static func report(_ error: any Error) -> Int32 {
        let code = FieldbookHub.exitCode(for: error)
        let message = ParserWords.translated(
            Hint.added(
                to: FieldbookHub.fullMessage(for: error, columns: ParserWords.columns),
                Array(CommandLine.arguments.dropFirst()),
                of: FieldbookHub.self))
        guard !message.isEmpty, !(error is ExitCode) else { return code.rawValue }
        if code == .success { Output.line(message) } else { Screen.note(message) }
        return code.rawValue
    }

    private static func sentence(for error: any Error) -> Phrase {
        switch error {
        case let error as any Explained: error.explanation
        case let error as Problem: .verbatim(error.detail)
        case let error as WireError: .verbatim(error.description)
        default:
            """
            Something went wrong that should not (\(String(describing: type(of: error)))). What was saved before is \
            safe. Try again; if it happens again, run "fieldbook-hub verify".
            """
        }
    }

    static func say(_ sentence: Phrase) {
        Screen.note("fieldbook-hub: " + sentence)
    }
}
