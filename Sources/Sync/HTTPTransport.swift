import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
package import Replication
import Wording

/// The exchange over HTTP: signed both ways, compressed, and with the hub's key pinned.
package final class HTTPTransport: Transport, PeerTransport {
    private let url: String
    private let hubKey: PublicKey
    private let key: DeviceKey
    /// Nil for an address to which nothing may be sent: a notebook may have come from a program that
    /// took any.
    private let line: HubLine?
    private let path: String
    private let authority: String

    /// `url` is the hub's address without a slash at the end.
    package init(url: String, hubKey: PublicKey, key: DeviceKey) {
        self.url = url
        self.hubKey = hubKey
        self.key = key
        let address = try? HubAddress(url)
        line = address.map { HubLine($0) }
        path = address?.path ?? ""
        authority = address?.authority ?? ""
    }

    /// How long to wait for an answer to a body of this size: a slow line takes its time.
    private static func patience(_ bytes: Int) -> TimeAmount {
        .seconds(60) + .seconds(Int64(bytes / slowBytesPerSecond))
    }

    private static let slowBytesPerSecond = 4 << 10
    /// From here on, half of it may get through where all of it does not.
    private static let largeBytes = 16 << 10

    package func close() async {
        await line?.close()
    }

    package func exchange(_ request: SyncRequest, nonce: String) async throws -> Exchanged {
        var traffic = Traffic()
        let reply = try await send(
            try request.encoded(), to: "/v1/sync", nonce: nonce, limit: .ofDevices, &traffic)
        let answer = try reply.message(SyncAnswer.self, from: url, limit: .ofDevices)
        return Exchanged(answer: answer, nextNonce: reply.nextNonce, traffic: traffic)
    }

    package func enrol(_ request: EnrolRequest) async throws -> (EnrolAnswer, nonce: String) {
        var traffic = Traffic()
        let reply = try await send(
            try request.encoded(), to: Outgoing.enrolment, nonce: "", limit: .ofDevices, &traffic)
        return (try reply.message(EnrolAnswer.self, from: url, limit: .ofDevices), reply.nextNonce)
    }

    package func fetch(
        _ block: Snapshot.Block, from offset: Int, nonce: String
    ) async throws -> FetchedBytes {
        var traffic = Traffic()
        let path = "/v1/snapshot/\(block.hash)"
        var request = Outgoing(method: .GET, path: path, body: [], limit: .ofDevices)
        if offset > 0 { request.headers.add(name: "Range", value: "bytes=\(offset)-") }
        do {
            let reply = try await send(request, nonce: nonce, &traffic)
            return FetchedBytes(
                bytes: try reply.content(from: url), offset: reply.status == 206 ? offset : 0,
                nextNonce: reply.nextNonce, traffic: traffic)
        } catch let cut as CutShort {
            // Nobody has signed these bytes; the whole block's name will tell.
            guard cut.status == 200 || cut.status == 206, !cut.bytes.isEmpty else {
                throw cut.error
            }
            return FetchedBytes(
                bytes: cut.bytes, offset: cut.status == 206 ? offset : 0, nextNonce: nonce,
                traffic: Traffic(bytesReceived: cut.bytes.count))
        }
    }

    private func send(
        _ plain: [UInt8], to path: String, nonce: String, limit: BodyLimit,
        _ traffic: inout Traffic
    ) async throws -> Reply {
        let request = try Outgoing(plain, to: path, limit: limit)
        do {
            return try await send(request, nonce: nonce, &traffic)
        } catch let cut as CutShort {
            throw cut.error
        }
    }

    /// A request before it is signed.
    private struct Outgoing {
        static let enrolment = "/v1/enrol"

        let method: HTTPMethod
        let path: String
        var headers = HTTPHeaders()
        let body: [UInt8]
        /// Of the answer, too.
        let limit: BodyLimit

        init(method: HTTPMethod, path: String, body: [UInt8], limit: BodyLimit) {
            self.method = method
            self.path = path
            self.body = body
            self.limit = limit
        }

        /// A message, compressed when that is worth it. Throws `SyncError.actTooLarge`.
        init(_ plain: [UInt8], to path: String, limit: BodyLimit) throws {
            // A short body costs more in headers than it saves; an enrolment is never compressed.
            let isLarge = plain.count > 256 && path != Self.enrolment
            let body = isLarge ? Gzip.compress(plain) : plain
            guard body.count <= limit.bytes, plain.count <= limit.inflatedBytes else {
                throw SyncError.actTooLarge
            }
            self.init(method: .POST, path: path, body: body, limit: limit)
            headers.add(name: "Content-Type", value: ExchangeHeader.contentType)
            if isLarge { headers.add(name: "Content-Encoding", value: "gzip") }
        }
    }

    /// An answer that ended before its end, and what had come of it.
    private struct CutShort: Error {
        let error: SyncError
        var status: UInt?
        var bytes: [UInt8] = []
    }

    /// Sends again, once, with the nonce that the hub names: it was started anew, or its last answer
    /// was lost. Throws `CutShort`.
    private func send(
        _ outgoing: Outgoing, nonce: String, _ traffic: inout Traffic
    ) async throws -> Reply {
        let reply = try await sendOnce(outgoing, nonce: nonce, &traffic)
        guard reply.problem?.rule == "nonce" else { return reply }
        return try await sendOnce(outgoing, nonce: reply.nextNonce, &traffic)
    }

    /// Signs a request and sends it. Throws `CutShort`.
    private func sendOnce(
        _ outgoing: Outgoing, nonce: String, _ traffic: inout Traffic
    ) async throws -> Reply {
        let signed = HTTPSignature.Request(
            method: outgoing.method.rawValue, path: outgoing.path,
            contentDigest: HTTPSignature.contentDigest(outgoing.body), nonce: nonce,
            device: key.device)
        let signature = HTTPSignature.byteSequence(try key.sign(signed.base))
        var head = HTTPRequestHead(
            version: .http1_1, method: outgoing.method, uri: path + outgoing.path,
            headers: ["Host": authority])
        head.headers.add(contentsOf: outgoing.headers)
        head.headers.add(name: ExchangeHeader.contentDigest, value: signed.contentDigest)
        head.headers.add(
            name: ExchangeHeader.signatureInput,
            value: "\(HTTPSignature.label)=\(signed.parameters)")
        head.headers.add(
            name: ExchangeHeader.signature, value: "\(HTTPSignature.label)=\(signature)")
        if outgoing.method == .POST {
            head.headers.add(name: "Content-Length", value: String(outgoing.body.count))
        }
        let answer = try await ask(head, outgoing)
        traffic.roundTrips += 1
        traffic.bytesSent += outgoing.body.count + Self.size(head.headers)
        traffic.bytesReceived += answer.body.count + Self.size(answer.head.headers)
        return try Reply(answer, requestSignature: signature, hubKey: hubKey, url: url)
    }

    private func ask(
        _ head: HTTPRequestHead, _ outgoing: Outgoing
    ) async throws -> HubLine.Answer {
        guard let line else { throw SyncError.notEncrypted(url: url) }
        let sent = outgoing.body.count
        do {
            return try await line.ask(
                HubLine.Question(
                    head: head, body: outgoing.body, patience: Self.patience(sent),
                    pause: Self.patience(Limits.bodyBytes), limit: outgoing.limit.inflatedBytes))
        } catch let cut as HubLine.Cut {
            let reason = Self.reason(cut.error)
            let isCut = Self.isCut(cut.error) && sent > Self.largeBytes
            throw CutShort(
                error: isCut
                    ? .cut(url: url, reason: reason) : .unreachable(url: url, reason: reason),
                status: cut.answer?.head.status.code, bytes: cut.answer?.body ?? [])
        }
    }

    package func say(_ message: PeerMessage, nonce: String) async throws -> PeerSaid {
        var traffic = Traffic()
        let reply = try await send(
            try message.encoded(), to: "/v1/peer", nonce: nonce, limit: .ofPeers, &traffic)
        return PeerSaid(
            message: try reply.message(PeerMessage.self, from: url, limit: .ofPeers),
            nextNonce: reply.nextNonce, traffic: traffic)
    }

    private static func size(_ headers: HTTPHeaders) -> Int {
        headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    }

    private static func isCut(_ error: any Error) -> Bool {
        switch error as? HubLine.Fault {
        case .silence?, .closed?: true
        case .tooLarge?: false
        case nil: isReset(error)
        }
    }

    private static func isReset(_ error: any Error) -> Bool {
        error is BoringSSLError
            || [ECONNRESET, EPIPE, ETIMEDOUT].contains((error as? IOError)?.errnoCode)
    }

    /// Whether who answers could not prove to be the one that was asked for.
    private static func isUntrusted(_ error: any Error) -> Bool {
        switch error as? NIOSSLError {
        case .handshakeFailed?, .unableToValidateCertificate?: true
        default: error is NIOSSLExtraError
        }
    }

    private static func reason(_ error: any Error) -> Phrase {
        if isUntrusted(error) {
            return "its TLS certificate is not trusted on this machine"
        }
        if isReset(error) { return "the connection was cut" }
        switch error as? HubLine.Fault {
        case .tooLarge?: return "the answer is too large"
        case .silence?: return "no answer in time"
        case .closed?: return "the connection was cut"
        case nil: break
        }
        if case .connectTimeout? = error as? ChannelError { return "no answer in time" }
        return "no connection"
    }
}

/// A hub's reply whose signature has been checked.
private struct Reply {
    let status: Int
    let body: [UInt8]
    let isGzip: Bool
    let nextNonce: String
    let problem: Problem?

    struct Problem: Decodable {
        let rule: String
        let detail: String
    }

    /// Throws `unreachable` for what is not signed at all, since it is no hub, and `wrongHubKey`
    /// for what is signed otherwise.
    init(
        _ answer: HubLine.Answer, requestSignature: String, hubKey: PublicKey, url: String
    ) throws {
        let headers = answer.head.headers
        status = Int(answer.head.status.code)
        body = answer.body
        isGzip = headers.first(name: "Content-Encoding") == "gzip"
        guard let given = headers.first(name: ExchangeHeader.signature) else {
            throw SyncError.unreachable(url: url, reason: "something else answers there")
        }
        let signed = HTTPSignature.Answer(
            status: status, contentDigest: HTTPSignature.contentDigest(body),
            nextNonce: headers.first(name: ExchangeHeader.nonce) ?? "",
            requestSignature: requestSignature)
        guard let signature = HTTPSignature.labelled(given).flatMap(HTTPSignature.bytes),
            hubKey.verifies(signature, of: signed.base)
        else { throw SyncError.wrongHubKey(url: url) }
        nextNonce = signed.nextNonce
        problem =
            [200, 206].contains(status)
            ? nil : try? JSONDecoder().decode(Problem.self, from: Data(body))
    }

    /// The bytes of a block. Throws what the hub refused.
    func content(from url: String) throws -> [UInt8] {
        try check([200, 206], from: url)
        return body
    }

    private func check(_ statuses: [Int], from url: String) throws {
        if let problem {
            if problem.rule == "revoked" { throw SyncError.revoked }
            if problem.rule == "lapsed" { throw SyncError.lapsed }
            if problem.rule == "signature" { throw SyncError.notKnown }
            if status == 503 || status == 507 || status == 429 { throw SyncError.busy(url: url) }
            throw SyncError.refused(rule: problem.rule, detail: problem.detail)
        }
        guard statuses.contains(status) else {
            throw SyncError.notUnderstood("status \(status).")
        }
    }

    func message<Message: Frame>(
        _: Message.Type, from url: String, limit: BodyLimit
    ) throws -> Message {
        try check([200], from: url)
        do {
            let plain = isGzip ? try Gzip.inflate(body, limit: limit.inflatedBytes) : body
            return try Message(decoding: plain)
        } catch let error as WireError {
            throw SyncError.notUnderstood(error.description)
        }
    }
}
