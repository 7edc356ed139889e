import ArgumentParser
import Foundation
import Glibc
import Hub
import Hummingbird
import Logging
import NIOCore
import Store
import Sync
import Terminal
import Wording

struct Serve: AsyncParsableCommand {
    static let usualPlace = "127.0.0.1:8787"

    static let configuration = CommandConfiguration(
        abstract: said("Serve laptops and phones until stopped."),
        discussion: said(
            """
            Example, for this machine alone:

              fieldbook-hub serve

            For other machines too, with a certificate for the hub's name, or behind a proxy \
            that has one:

              fieldbook-hub serve --listen 0.0.0.0:8787 --tls-certificate hub.pem \\
                  --tls-key hub.key --url https://hub.example.org:8787
              fieldbook-hub serve --behind-proxy --url https://hub.example.org
            """))

    @OptionGroup var hub: HubOptions
    @Option(
        help: ArgumentHelp(
            said("The address to listen on; port 0 picks a free one."), valueName: "host:port"))
    var listen = Serve.usualPlace
    @Option(
        help: ArgumentHelp(
            said("A certificate (PEM), to be reached from other machines."), valueName: "file"))
    var tlsCertificate: String?
    @Option(help: ArgumentHelp(said("The certificate's key (PEM)."), valueName: "file"))
    var tlsKey: String?
    @Flag(help: ArgumentHelp(said("A proxy in front of the hub encrypts."))) var behindProxy = false
    @Option(
        help: ArgumentHelp(
            said("The address under which laptops reach the hub, for invitations from now on."),
            valueName: "url"))
    var url: String?

    /// How long peers are waited for before laptops are let in.
    private static let greeting = Duration.seconds(5)

    func validate() throws {
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError(said("--tls-certificate and --tls-key go together."))
        }
        try Address.check(url)
    }

    func run() async throws {
        try await Failure.explained {
            let listening = try Listening(
                listen, certificatePath: tlsCertificate, keyPath: tlsKey,
                isBehindProxy: behindProxy)
            OpenFiles.allow(4096)
            let claim = try hub.folder.claimToServe()
            defer { withExtendedLifetime(claim) {} }
            let opened = try hub.open()
            if let obstacle = opened.obstacle { throw obstacle }
            let isInvited = try !opened.openInvitations().isEmpty
            let former = try? opened.address()
            try settleAddress(opened, listening)
            var logger = Logger(label: "fieldbook-hub") {
                StreamLogHandler.standardError(label: $0)
            }
            logger.logLevel = .warning
            let congregation = Plain.oneLine(opened.settings.congregationName)
            let isJSON = hub.json
            let application = try opened.application(listening, logger: logger) { url in
                Output.line(
                    isJSON
                        ? "{\"url\":\"\(url)\"}"
                        : said("The hub of \(congregation) listens on \(url) (Ctrl-C stops it)"))
                guard isInvited else { return }
                Self.warn(from: former ?? Init.usualAddress, to: (try? opened.address()) ?? url)
            }
            try await Federation(hub: opened).greetAll(within: Self.greeting)
            do {
                try await application.runService()
            } catch let error as IOError where error.errnoCode == EADDRINUSE {
                throw HubError.addressInUse(listening.address)
            }
            try opened.close()
        }
    }

    /// Says of links that are out that they lead elsewhere.
    private static func warn(from former: String, to url: String) {
        guard former != url else { return }
        Failure.say(
            """
            Links that were made before lead to \(former), where the hub is not any more. Make new ones \
            with "fieldbook-hub invite"; the first organizer's with --role organizer --role admin.
            """)
    }

    /// Keeps the address that the keeper gives, and says when one is missing.
    private func settleAddress(_ hub: Hub, _ listening: Listening) throws {
        if let url { try hub.choose(HubAddress.read(url)) }
        guard try listening.needsOwnURL && hub.chosenAddress() == nil else { return }
        Failure.say(
            """
            Invitations need the address under which laptops reach this hub, which is not the one it \
            listens on. Start it with --url, for example --url https://hub.example.org.
            """)
    }
}
