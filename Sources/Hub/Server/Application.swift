import Foundation
package import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOSSL
import Pages
import ServiceLifecycle
import Sync

/// Where and how a hub listens.
package struct Listening: Sendable {
    package let host: String
    package let port: Int
    package let certificatePath: String?
    package let keyPath: String?
    package let isBehindProxy: Bool
    /// How long it waits for those who are slow.
    var patience = Patience()

    /// Reads `HOST:PORT`. Throws `HubError.notAnAddress`, and `needsEncryption` for an address
    /// beyond this machine without any.
    package init(
        _ address: String, certificatePath: String? = nil, keyPath: String? = nil,
        isBehindProxy: Bool = false
    ) throws {
        guard let colon = address.lastIndex(of: ":"), colon != address.startIndex,
            let port = UInt16(address[address.index(after: colon)...])
        else { throw HubError.notAnAddress(address) }
        host = address[..<colon].trimmingCharacters(in: ["[", "]"])
        self.port = Int(port)
        self.certificatePath = certificatePath
        self.keyPath = keyPath
        self.isBehindProxy = isBehindProxy
        let isEncrypted = certificatePath != nil && keyPath != nil
        guard HubAddress.isLoopback(host) || isEncrypted || isBehindProxy else {
            throw HubError.needsEncryption(address: address)
        }
    }

    /// Whether laptops reach the hub under another address than the one it listens on.
    package var needsOwnURL: Bool { isBehindProxy || HubAddress.isEvery(host) }

    /// As the keeper wrote it.
    package var address: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    fileprivate var scheme: String { certificatePath == nil ? "http" : "https" }

    fileprivate func url(port: Int) -> String {
        "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    fileprivate func serverBuilder(_ crowd: Crowd) throws -> HTTPServerBuilder {
        let base = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [Deadlines(crowd: crowd, patience: patience)],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: Self.headerBytes, maxHeaderListSize: Self.headerBytes,
                    maxHeaderFieldCount: Self.headerFields)))
        guard let certificatePath, let keyPath else { return base }
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: try Self.readable(certificatePath) {
                try NIOSSLCertificate.fromPEMFile(certificatePath).map { .certificate($0) }
            },
            privateKey: try Self.readable(keyPath) {
                .privateKey(try NIOSSLPrivateKey(file: keyPath, format: .pem))
            })
        tls.minimumTLSVersion = .tlsv12
        return try .tls(base, tlsConfiguration: tls)
    }
}

extension Listening {
    private static let headerBytes = 16 << 10
    private static let headerFields = 100

    /// Names the file that cannot be read, or is no PEM.
    private static func readable<Result>(_ path: String, _ body: () throws -> Result) throws
        -> Result
    {
        do {
            return try body()
        } catch {
            throw HubError.notACertificate(path: path)
        }
    }
}

extension Hub {
    /// Everything that a hub answers, in one router.
    package func router(logger: Logger) -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: OnDiskThreads(others: ["/healthz"]))
        router.get("healthz") { _, _ in "ok\n" }
        ExchangeController(hub: self, logger: logger).addRoutes(to: router)
        Pages.addRoutes(to: router, host: HubPages(hub: self))
        return router
    }

    /// The hub as a server. `onReady` gets its address once it listens.
    package func application(
        _ listening: Listening, logger: Logger, onReady: @escaping @Sendable (String) async -> Void
    ) throws -> some ApplicationProtocol {
        Ballast(folder: folder.path).load()
        let crowd = Crowd(most: Crowd.thatFits)
        return Application(
            router: router(logger: logger),
            server: try listening.serverBuilder(crowd),
            configuration: .init(
                address: .hostname(listening.host, port: listening.port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    crowd.most + Crowd.leaving)),
            services: [NotebookFeed(hub: self)],
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? listening.port
                let url = listening.url(port: port)
                try? self.noteServing(at: url)
                await onReady(url)
            }, logger: logger)
    }
}

/// Feeds the hub's notebook while the server runs.
private struct NotebookFeed: Service {
    let hub: Hub

    func run() async throws {
        await withTaskExecutorPreference(DiskThreads.shared) {
            await cancelWhenGracefulShutdown { await hub.feedNotebook() }
        }
    }
}
