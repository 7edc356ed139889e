import ArgumentParser
import Glibc
import Hummingbird
import Logging
import NIOCore
import Pages
import Terminal
import Wording

/// Shows the notebook in a browser on this machine.
struct OpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: said("Show the notebook as a web page on this machine."),
        discussion: said(
            """
            What is due, your turf lists, all about a person, and a form to log a one-to-one. The \
            address works once, in one browser, and for you alone on this machine. Ctrl-C ends it.

            Example:
              fieldbook open
            """))

    @Option(help: ArgumentHelp(said("The port to serve on. Default: a free one."), valueName: "n"))
    var port: UInt16?

    @Flag(help: .said("Print the address, and open no browser."))
    var noBrowser = false

    @OptionGroup var common: Common

    private struct Opened: Encodable {
        let url: String
    }

    func run() async throws {
        // What is no notebook is said now, and not on a page.
        _ = try common.open()
        let pages = NotebookPages(common.file)
        do {
            try await application(pages).runService()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Complaint(
                "Another program has port \(port ?? 0). Name another one, or leave --port out.")
        }
    }

    private func application(_ pages: NotebookPages) -> some ApplicationProtocol {
        var logger = Logger(label: "fieldbook") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        let router = Router()
        Pages.addRoutes(to: router, host: pages)
        return Application(
            router: router,
            server: .http1(
                configuration: .init(additionalChannelHandlers: [OwnConnections()])),
            configuration: .init(
                address: .hostname("127.0.0.1", port: Int(port ?? 0)), serverName: nil),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                try? show("http://127.0.0.1:\(port)/join/\(pages.code)")
            }, logger: logger)
    }

    private func show(_ url: String) throws {
        try common.show(Opened(url: url)) { page in
            page.line("Your notebook is at \(url) (Ctrl-C ends it)")
        }
        guard !noBrowser, !common.json else { return }
        Browser.open(url)
    }
}
