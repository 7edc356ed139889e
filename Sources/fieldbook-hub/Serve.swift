import ArgumentParser
import Foundation
import Glibc
import Hub
import Hummingbird
import Logging
import NIOCore

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve laptops and phones until stopped.",
        discussion: """
            Example:

              fieldbook-hub serve --listen 127.0.0.1:8787
            """)

    @OptionGroup var hub: HubOptions
    @Option(
        help: ArgumentHelp(
            "The address to listen on; port 0 picks a free one.", valueName: "host:port"))
    var listen = "127.0.0.1:8787"
    @Option(
        help: ArgumentHelp(
            "A certificate (PEM), to be reached from other machines.", valueName: "file"))
    var tlsCertificate: String?
    @Option(help: ArgumentHelp("The certificate's key (PEM).", valueName: "file"))
    var tlsKey: String?
    @Flag(help: "A proxy in front of the hub encrypts.") var behindProxy = false

    func validate() throws {
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key go together.")
        }
    }

    func run() async throws {
        try await Failure.explained {
            let listening = try Listening(
                listen, certificatePath: tlsCertificate, keyPath: tlsKey,
                isBehindProxy: behindProxy)
            try hub.folder.claimToServe()
            let opened = try hub.open()
            var logger = Logger(label: "fieldbook-hub") {
                StreamLogHandler.standardError(label: $0)
            }
            logger.logLevel = .warning
            let congregation = opened.settings.congregationName
            let isJSON = hub.json
            let application = try opened.application(listening, logger: logger) { url in
                Output.line(
                    isJSON
                        ? "{\"url\":\"\(url)\"}"
                        : "The hub of \(congregation) listens on \(url) (Ctrl-C stops it)")
            }
            do {
                try await application.runService()
            } catch let error as IOError where error.errnoCode == EADDRINUSE {
                throw HubError.addressInUse(listening.address)
            }
            try opened.close()
        }
    }
}
