import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// How long the hub waits for whoever is connected.
struct Patience: Sendable {
    /// For the headers of the first request, from the connection on.
    var head: TimeAmount = .seconds(10)
    /// For the next piece of a body, and for all of it.
    var piece: TimeAmount = .seconds(10)
    var body: TimeAmount = .seconds(60)
    /// For an answer to be taken, from the request's end on.
    var answer: TimeAmount = .seconds(120)
    /// For another request, with its headers.
    var next: TimeAmount = .seconds(30)
}

/// Closes a connection on which nothing whole comes in time. A byte now and then gains no time:
/// only what the decoder makes of them counts.
final class Deadlines: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let crowd: Crowd
    private let patience: Patience
    private var ticket: UInt64?
    private var timer: Scheduled<Void>?
    /// Requests whose answers have not gone out.
    private var unanswered = 0
    /// When the body that is coming in has to be there; nil between bodies.
    private var bodyEnd: NIODeadline?

    init(crowd: Crowd, patience: Patience = Patience()) {
        self.crowd = crowd
        self.patience = patience
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let ticket = crowd.enter(context.channel)
        self.ticket = ticket
        wait(until: .now() + patience.head, context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            let end = NIODeadline.now() + patience.body
            bodyEnd = end
            wait(until: min(end, .now() + patience.piece), context)
        case .body:
            wait(until: min(bodyEnd ?? .now(), .now() + patience.piece), context)
        case .end:
            bodyEnd = nil
            unanswered > 0 ? beginAnswer(context) : beginNext(context)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data) else {
            return context.write(data, promise: promise)
        }
        // Only when the last of it is in the socket does the next wait begin.
        let sent = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        sent.futureResult.whenComplete { _ in
            let (handler, context) = bound.value
            handler.answered(context)
        }
        context.write(data, promise: sent)
    }

    /// Headers that are too large get an answer of their own; what else cannot be read, the server
    /// answers.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard case HTTPParserError.headerOverflow? = error as? HTTPParserError, unanswered == 0
        else { return context.fireErrorCaught(error) }
        let head = HTTPResponse(
            status: .requestHeaderFieldsTooLarge,
            headerFields: [.connection: "close", .contentLength: "0"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            channel.close(promise: nil)
        }
    }
}

extension Deadlines {
    private func beginAnswer(_ context: ChannelHandlerContext) {
        if let ticket { crowd.isServed(ticket) }
        wait(until: .now() + patience.answer, context)
    }

    private func beginNext(_ context: ChannelHandlerContext) {
        if let ticket { crowd.isServed(ticket) }
        if ticket != nil { ticket = crowd.waits(context.channel) }
        wait(until: .now() + patience.next, context)
    }

    private func answered(_ context: ChannelHandlerContext) {
        unanswered -= 1
        if unanswered == 0 && bodyEnd == nil { beginNext(context) }
    }

    private func wait(until deadline: NIODeadline, _ context: ChannelHandlerContext) {
        timer?.cancel()
        guard ticket != nil else { return }
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(deadline: deadline) { channel.close(promise: nil) }
    }

    private func leave() {
        timer?.cancel()
        if let ticket { crowd.leave(ticket) }
        ticket = nil
    }
}
