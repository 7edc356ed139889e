import ArgumentParser
import Glibc
import Store
import Terminal

@main
enum Main {
    static func main() async {
        // Whatever is made is for its owner alone.
        umask(0o077)
        Memory.shareOneHeap()
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            if let words = Hint.ofHelp(arguments, of: Fieldbook.self) {
                throw Complaint(words, code: ExitCode.validationFailure.rawValue)
            }
            var command = try Fieldbook.parseAsRoot()
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch {
            exit(Failure.report(error))
        }
    }
}
