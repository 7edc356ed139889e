import ArgumentParser
import Glibc
import Store

@main
enum Main {
    static func main() async {
        // Whatever is made is for its owner alone.
        umask(0o077)
        Memory.shareOneHeap()
        do {
            if let hint = Hint.ofHelp(Array(CommandLine.arguments.dropFirst())) { throw hint }
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
