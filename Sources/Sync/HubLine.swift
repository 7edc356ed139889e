import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A line to a hub, for one question after the other: a connection that is made when there is something
/// to ask, and kept as long as the hub keeps it.
///
/// A program that starts, asks once and ends does not need the pools, the versions and the redirects of
/// a whole client of the web.
final class HubLine: Sendable {
    private let address: HubAddress
    /// Whose certificates are believed.
    private let trust: NIOSSLTrustRoots
    private let connection = Mutex<(any Channel)?>(nil)
    /// Why the last connection broke, where somebody said so before there was a question.
    private let fault = Mutex<(any Error)?>(nil)

    /// Of all lines of the process; they wait most of the time.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    init(_ address: HubAddress, trusting trust: NIOSSLTrustRoots = .default) {
        self.address = address
        self.trust = trust
    }

    /// Asks, and waits for the whole answer. Throws `HubLine.Cut`.
    func ask(_ question: Question) async throws -> Answer {
        let answer = Self.group.next().makePromise(of: Answer.self)
        let asked = Asked(question: question, answer: answer, isTaken: NIOLockedValueBox(false))
        let channel: EventLoopFuture<any Channel>
        do {
            channel = try connected()
        } catch {
            channel = Self.group.next().makeFailedFuture(error)
        }
        channel.whenFailure { answer.fail(Cut(error: $0)) }
        channel.flatMap { $0.writeAndFlush(asked) }.whenFailure { [self] error in
            // Where somebody has taken the question, what they read may say more; and where the
            // connection broke before, so does what broke it.
            guard !asked.isTaken.withLockedValue({ $0 }) else { return }
            answer.fail(Cut(error: fault.withLock { $0 } ?? error))
        }
        return try await answer.futureResult.get()
    }

    func close() async {
        let open = connection.withLock { $0 }
        try? await open?.close().get()
    }

    private func connected() throws -> EventLoopFuture<any Channel> {
        if let open = connection.withLock({ $0 }), open.isActive {
            return open.eventLoop.makeSucceededFuture(open)
        }
        let handler = try tls()
        fault.withLock { $0 = nil }
        let bootstrap = ClientBootstrap(group: Self.group).connectTimeout(.seconds(10))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let handler { try pipeline.addHandler(handler()) }
                    try pipeline.addHandler(HTTPRequestEncoder())
                    try pipeline.addHandler(ByteToMessageHandler(HTTPResponseDecoder()))
                    try pipeline.addHandler(
                        Asking { [weak self] in self?.forget(channel, after: $0) })
                }
            }
        let direct = try? SocketAddress(ipAddress: address.host, port: address.port)
        let made =
            direct.map(bootstrap.connect(to:))
            ?? bootstrap.connect(host: address.host, port: address.port)
        return made.map { [self] channel in
            connection.withLock { $0 = channel }
            return channel
        }
    }

    /// A connection that is about to end takes no more questions, however long its end takes.
    private func forget(_ channel: any Channel, after error: (any Error)?) {
        connection.withLock { if $0 === channel { $0 = nil } }
        fault.withLock { $0 = $0 ?? error }
    }

    /// What encrypts; nil on one machine.
    private func tls() throws -> (@Sendable () throws -> NIOSSLClientHandler)? {
        guard address.isEncrypted else { return nil }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.trustRoots = trust
        configuration.applicationProtocols = ["http/1.1"]
        let context = try NIOSSLContext(configuration: configuration)
        let isNumber = (try? SocketAddress(ipAddress: address.host, port: 0)) != nil
        let name = isNumber ? nil : address.host
        return { try NIOSSLClientHandler(context: context, serverHostname: name) }
    }
}

extension HubLine {
    struct Question: Sendable {
        let head: HTTPRequestHead
        let body: [UInt8]
        /// How long to wait for the beginning of the answer.
        let patience: TimeAmount
        /// How long to wait for more of an answer that has begun.
        let pause: TimeAmount
        /// Of the answer's body.
        let limit: Int
    }

    struct Answer: Sendable {
        let head: HTTPResponseHead
        let body: [UInt8]
    }

    /// An answer that ended before its end, and what had come of it.
    struct Cut: Error {
        let error: any Error
        var answer: Answer?
    }

    enum Fault: Error {
        case silence
        case closed
        case tooLarge
    }

    fileprivate struct Asked: Sendable {
        let question: Question
        let answer: EventLoopPromise<Answer>
        let isTaken: NIOLockedValueBox<Bool>
    }
}

/// The end of a connection that asks: sends a question, and puts its answer together.
private final class Asking: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = HubLine.Asked
    typealias OutboundOut = HTTPClientRequestPart

    private var asked: HubLine.Asked?
    private var isSent = false
    private var head: HTTPResponseHead?
    private var body: [UInt8] = []
    private var alarm: Scheduled<Void>?
    private var deadline: Scheduled<Void>?
    /// What broke the connection, where that came before the question.
    private var fault: (any Error)?
    /// Has nobody else ask here, and tells what is wrong with the connection.
    private let forget: ((any Error)?) -> Void

    /// However slowly an answer trickles in, it is not waited for any longer.
    private static let longest = TimeAmount.minutes(20)

    init(forget: @escaping ((any Error)?) -> Void) {
        self.forget = forget
    }

    func write(
        context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
        let asked = unwrapOutboundIn(data)
        asked.isTaken.withLockedValue { $0 = true }
        (self.asked, isSent, head, body) = (asked, false, nil, [])
        wait(asked.question.patience, context)
        deadline = alarm(in: asked.question.patience + Self.longest, context)
        let body = asked.question.body
        context.write(wrapOutboundOut(.head(asked.question.head)), promise: nil)
        if !body.isEmpty {
            let buffer = context.channel.allocator.buffer(bytes: body)
            context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        }
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenSuccess { self.isSent = true }
        sent.futureResult.cascade(to: promise)
        context.write(wrapOutboundOut(.end(nil)), promise: sent)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let asked else { return context.close(promise: nil) }
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            wait(asked.question.pause, context)
        case .body(let buffer):
            guard body.count + buffer.readableBytes <= asked.question.limit else {
                return fail(HubLine.Fault.tooLarge, context)
            }
            body.append(contentsOf: buffer.readableBytesView)
            wait(asked.question.pause, context)
        case .end:
            guard let head else { return fail(HubLine.Fault.closed, context) }
            let answer = HubLine.Answer(head: head, body: body)
            // An answer may come while its question is still on its way: the rest is not wanted.
            let isKept = isSent && head.isKeepAlive
            if !isKept { forget(nil) }
            finish { $0.succeed(answer) }
            if !isKept { context.close(promise: nil) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(HubLine.Fault.closed, context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Who closes without saying so in TLS, or in TCP, has closed all the same.
        var isEnd = error is ChannelError || error is IOError
        if case .uncleanShutdown? = error as? NIOSSLError { isEnd = true }
        fail(isEnd ? HubLine.Fault.closed : error, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        // A question may come when the connection has broken already.
        let error = fault ?? HubLine.Fault.closed
        finish { $0.fail(HubLine.Cut(error: error)) }
    }

    private func wait(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm = alarm(in: time, context)
    }

    private func alarm(in time: TimeAmount, _ context: ChannelHandlerContext) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { [self] in
            fail(HubLine.Fault.silence, context)
        }
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        let error = fault ?? error
        if asked == nil, !(error is HubLine.Fault) { fault = error }
        forget(fault)
        let answer = head.map { HubLine.Answer(head: $0, body: body) }
        finish { $0.fail(HubLine.Cut(error: error, answer: answer)) }
        context.close(promise: nil)
    }

    private func finish(_ body: (EventLoopPromise<HubLine.Answer>) -> Void) {
        alarm?.cancel()
        deadline?.cancel()
        let answer = asked?.answer
        asked = nil
        if let answer { body(answer) }
    }
}
