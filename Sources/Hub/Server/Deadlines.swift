import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// How long the hub waits for whoever is connected.
struct Patience: Sendable {
    /// For the headers of the first request, from the connection on.
    var head: TimeAmount = .seconds(10)
    /// For so many bytes of a body, or of an answer to be taken, again and again.
    var piece: TimeAmount = .seconds(10)
    var pieceBytes = 10 << 10
    /// For all of a body, and for all of an answer to be taken.
    var whole: TimeAmount = .minutes(20)
    /// For its own answer.
    var answer: TimeAmount = .seconds(120)
    /// For another request, with its headers.
    var next: TimeAmount = .seconds(30)
    /// For whoever was answered before all of the body was there, to notice.
    var rest: TimeAmount = .seconds(10)
}

/// Closes a connection on which nothing whole comes in time, and one that sends a request while an
/// answer is due. A byte now and then gains no time: only what the decoder makes of them counts.
final class Deadlines: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let crowd: Crowd
    private let patience: Patience
    /// Nil before the connection, and after its end.
    private var ticket: UInt64?
    private var timer: Scheduled<Void>?
    private var isBodyDue = false
    private var isAnswerDue = false
    private var isAnswerOut = false
    /// Of the body that is coming, in this piece and in all.
    private var pieceBytes = 0
    private var bodyBytes = 0
    /// Of the answer that goes out.
    private var answerBytes = 0

    init(crowd: Crowd, patience: Patience = Patience()) {
        self.crowd = crowd
        self.patience = patience
    }

    func handlerAdded(context: ChannelHandlerContext) {
        ticket = crowd.enter(context.channel)
        wait(for: patience.head, context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard ticket != nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            // Who asks on without taking what is due could be owed without end.
            guard !isAnswerDue else { return hangUp(context) }
            guard head.isPlain else { return refuse(.badRequest, context) }
            beginBody(context)
            if head.headerFields[.expect]?.lowercased() == "100-continue" { goOn(context) }
        case .body(let buffer): took(buffer.readableBytes)
        case .end: endBody(context)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if !isAnswerOut && isAnswerDue { beginTaking(context) }
        let part = unwrapOutboundIn(data)
        if case .body(let buffer) = part { answerBytes += buffer.readableBytes }
        guard case .end = part else { return context.write(data, promise: promise) }
        // Only when the last of it is in the socket does the next wait begin.
        let sent = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        sent.futureResult.whenComplete { _ in
            let (handler, context) = bound.value
            handler.endAnswer(context)
        }
        context.write(data, promise: sent)
    }

    /// Headers that are too large get an answer of their own; what else cannot be read, the server
    /// answers.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What follows an answer gets none.
        guard ticket != nil, !isAnswerOut || error as? HTTPParserError == nil else {
            return hangUp(context)
        }
        guard case HTTPParserError.headerOverflow? = error as? HTTPParserError, !isAnswerDue
        else { return context.fireErrorCaught(error) }
        refuse(.requestHeaderFieldsTooLarge, context)
    }

    /// Answers without a word, and hangs up.
    private func refuse(_ status: HTTPResponse.Status, _ context: ChannelHandlerContext) {
        leave()
        let head = HTTPResponse(
            status: status, headerFields: [.connection: "close", .contentLength: "0"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            channel.close(promise: nil)
        }
    }
}

extension HTTPRequest {
    /// Whether it names one host (RFC 9112, section 3.2), and no way of sending a body but in chunks.
    fileprivate var isPlain: Bool {
        // The first one stands apart.
        let others = HTTPField.Name("Host").map { headerFields[values: $0].count } ?? 0
        let hosts = others + (authority == nil ? 0 : 1)
        let codings = headerFields[values: .transferEncoding].map { $0.lowercased() }
        return hosts == 1 && codings.allSatisfy { $0 == "chunked" } && codings.count < 2
    }
}

extension Deadlines {
    private func beginBody(_ context: ChannelHandlerContext) {
        (isBodyDue, isAnswerDue, isAnswerOut) = (true, true, false)
        (pieceBytes, bodyBytes) = (0, 0)
        expectPiece(until: .now() + patience.whole, context) { handler, _ in
            defer { handler.pieceBytes = 0 }
            return handler.pieceBytes
        }
    }

    /// Tells who asks before sending a body to send it.
    private func goOn(_ context: ChannelHandlerContext) {
        let head = HTTPResponse(status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }

    private func took(_ bytes: Int) {
        pieceBytes += bytes
        let isFirstPiece = bodyBytes < patience.pieceBytes
        bodyBytes += bytes
        guard let ticket, isFirstPiece, bodyBytes >= patience.pieceBytes, !isAnswerOut else {
            return
        }
        crowd.waits(ticket, as: .sending)
    }

    private func endBody(_ context: ChannelHandlerContext) {
        isBodyDue = false
        guard isAnswerDue else { return beginNext(context) }
        guard let ticket, !isAnswerOut else { return }
        crowd.isServed(ticket)
        wait(for: patience.answer, context)
    }

    /// The hub has said its part: who does not take it is one of those who dawdle.
    private func beginTaking(_ context: ChannelHandlerContext) {
        (isAnswerOut, answerBytes) = (true, 0)
        if let ticket { crowd.waits(ticket) }
        var taken = 0
        expectPiece(until: .now() + patience.whole, context) { handler, context in
            let before = taken
            taken = handler.answerBytes - context.bufferedBytes
            return taken - before
        }
    }

    private func endAnswer(_ context: ChannelHandlerContext) {
        isAnswerDue = false
        isBodyDue ? wait(for: patience.rest, context) : beginNext(context)
    }

    private func beginNext(_ context: ChannelHandlerContext) {
        if let ticket { crowd.waits(ticket) }
        wait(for: patience.next, context)
    }
}

extension Deadlines {
    /// Hangs up after this time, unless something else is waited for by then.
    private func wait(for time: TimeAmount, _ context: ChannelHandlerContext) {
        schedule(at: .now() + time, context) { $0.hangUp($1) }
    }

    /// Hangs up when a piece has not come in time, by what `progress` says has, or all of them have
    /// not by the end.
    private func expectPiece(
        until end: NIODeadline, _ context: ChannelHandlerContext,
        _ progress: @escaping (Deadlines, ChannelHandlerContext) -> Int
    ) {
        schedule(at: min(end, .now() + patience.piece), context) { handler, context in
            guard progress(handler, context) >= handler.patience.pieceBytes, .now() < end else {
                return handler.hangUp(context)
            }
            handler.expectPiece(until: end, context, progress)
        }
    }

    private func schedule(
        at deadline: NIODeadline, _ context: ChannelHandlerContext,
        _ body: @escaping (Deadlines, ChannelHandlerContext) -> Void
    ) {
        timer?.cancel()
        guard ticket != nil else { return }
        let bound = NIOLoopBound((self, context, body), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(deadline: deadline) {
            let (handler, context, body) = bound.value
            body(handler, context)
        }
    }

    private func hangUp(_ context: ChannelHandlerContext) {
        leave()
        context.close(promise: nil)
    }

    private func leave() {
        timer?.cancel()
        if let ticket { crowd.leave(ticket) }
        ticket = nil
    }
}

extension ChannelHandlerContext {
    /// What was written and the other side has not taken.
    fileprivate var bufferedBytes: Int {
        (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }
}
