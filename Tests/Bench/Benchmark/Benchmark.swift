import ArgumentParser
import Glibc

/// Measures with whole processes, real sockets and durable writes, beside what C and SQLite need.
@main
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Measure Fieldbook beside the floor, or a hub before a crowd.",
        discussion: """
            Needs python3, and cc with SQLite's headers. Example:

              swift run -c release benchmark --size M
              swift run -c release benchmark crowd
            """,
        subcommands: [
            TableCommand.self, CrowdCommand.self, ReportsCommand.self, LinkageCommand.self,
            Loading.self,
        ],
        defaultSubcommand: TableCommand.self)

    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        await main(nil)
    }
}
