import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import Testing

@testable import Sync

/// A line to a hub over TLS, where closing takes a message and an answer to it.
@Suite("An encrypted line that breaks")
struct HubLineTests {
    private func question(_ body: Int = 10, patience: TimeAmount = .seconds(10)) -> HubLine.Question
    {
        HubLine.Question(
            head: HTTPRequestHead(
                version: .http1_1, method: .POST, uri: "/",
                headers: ["Host": "localhost", "Content-Length": "\(body)"]),
            body: [UInt8](repeating: 7, count: body), patience: patience, pause: patience,
            limit: 1000)
    }

    private func fault(_ body: () async throws -> Void) async -> HubLine.Fault? {
        do {
            try await body()
            return nil
        } catch let cut as HubLine.Cut {
            return cut.error as? HubLine.Fault
        } catch {
            return nil
        }
    }

    @Test("After an answer that ends it, the next question goes over a new one at once")
    func isEndedByAnAnswer() async throws {
        try await Station.open([.answerAndClose, .answerAndClose]) { station, line in
            for _ in 0..<2 {
                let answer = try await line.ask(question())
                #expect(answer.body == Array("ok".utf8))
            }
            #expect(station.count == 2)
        }
    }

    @Test("After silence too")
    func isSilent() async throws {
        try await Station.open([.keepSilent, .answerAndClose]) { station, line in
            let heard = await fault {
                _ = try await line.ask(question(patience: .milliseconds(300)))
            }
            #expect(heard == .silence)
            let answer = try await line.ask(question())
            #expect(answer.head.status == .ok)
            #expect(station.count == 2)
        }
    }

    @Test(
        "One that is cut in the middle of a large question is called cut", arguments: [true, false])
    func isCut(isClean: Bool) async throws {
        let manner: Station.Manner = isClean ? .closeAtOnce : .cutAtOnce
        try await Station.open([manner, .answerAndClose]) { _, line in
            let heard = await fault { _ = try await line.ask(question(4 << 20)) }
            #expect(heard == .closed)
            let answer = try await line.ask(question())
            #expect(answer.head.status == .ok)
        }
    }

    @Test("A certificate for another name is not believed")
    func isSomebodyElse() async throws {
        try await Station.open([.answerAndClose], named: "elsewhere.example") { _, line in
            await #expect(throws: HubLine.Cut.self) { _ = try await line.ask(question()) }
        }
    }
}

/// Something that listens with a certificate of its own, and treats each connection as it was told.
private final class Station: Sendable {
    enum Manner: Sendable {
        case answerAndClose
        case keepSilent
        /// As the protocol has it, after the first bytes.
        case closeAtOnce
        /// Without a word.
        case cutAtOnce
    }

    private let manners: Mutex<[Manner]>
    private let served = Mutex(0)

    var count: Int { served.withLock { $0 } }

    private init(_ manners: [Manner]) {
        self.manners = Mutex(manners)
    }

    static func open(
        _ manners: [Manner], named name: String = "localhost",
        _ body: (Station, HubLine) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "HubLineTests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (key, certificate) = (folder.path + "/key.pem", folder.path + "/certificate.pem")
        try makeCertificate(for: name, key, certificate)
        let station = Station(manners)
        let channel = try await station.listen(key, certificate)
        let port = try #require(channel.localAddress?.port)
        let line = HubLine(
            try HubAddress("https://localhost:\(port)"),
            trusting: .certificates(try NIOSSLCertificate.fromPEMFile(certificate)))
        let outcome = await Result { try await body(station, line) }
        await line.close()
        try await channel.close()
        try outcome.get()
    }

    private static func makeCertificate(
        for name: String, _ key: String, _ certificate: String
    ) throws {
        let openssl = Process()
        openssl.executableURL = URL(filePath: "/usr/bin/openssl")
        openssl.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)",
            "-keyout",
            key, "-out", certificate,
        ]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
    }

    private func listen(_ key: String, _ certificate: String) async throws -> any Channel {
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificate)
                    .map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))))
        return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture {
                    let manner = manners.withLock { $0.isEmpty ? .keepSilent : $0.removeFirst() }
                    served.withLock { $0 += 1 }
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(NIOSSLServerHandler(context: context))
                    try pipeline.addHandler(Clerk(manner: manner))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }
}

/// Serves one connection.
private final class Clerk: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let manner: Station.Manner

    init(manner: Station.Manner) {
        self.manner = manner
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch manner {
        case .keepSilent: break
        case .answerAndClose:
            let text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        case .closeAtOnce: context.close(promise: nil)
        case .cutAtOnce:
            // Past what encrypts, which would say so.
            context.channel.pipeline.context(handlerType: NIOSSLServerHandler.self)
                .assumeIsolated().whenSuccess { $0.close(promise: nil) }
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
