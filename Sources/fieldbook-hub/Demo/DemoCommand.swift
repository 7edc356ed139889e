import ArgumentParser
import Hub
import Wording

/// What `fieldbook demo` hands over to.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: said(
            "Show a day of organizing on this machine: a hub, three laptops, a leader's phone."),
        shouldDisplay: false)

    @Option(help: ArgumentHelp(said("The hub's port; 0 picks a free one."))) var port = 0
    @Flag(help: ArgumentHelp(said("Exit at the end instead of serving on."))) var once = false

    func run() async throws {
        try await Failure.explained {
            let story = try await DemoStory.begin(port: port)
            try await story.tell()
            try await once ? story.end() : story.serveOn()
        }
    }
}
