import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Replication
import Sync

/// `POST /v1/sync`, `/v1/enrol` and `/v1/peer`, and `GET /v1/snapshot/…`: checks who asks, asks the
/// door, signs the answer.
struct ExchangeController {
    let hub: Hub
    let logger: Logger
    let room = BodyRoom()

    private static let syncPath = "/v1/sync"
    private static let enrolPath = "/v1/enrol"
    private static let peerPath = "/v1/peer"
    private static let snapshotPath = "/v1/snapshot/"
    /// Much more than an enrolment takes: anybody may send one.
    private static let enrolmentLimit = BodyLimit(bytes: 4 << 10, inflatedBytes: 4 << 10)

    private static let noBody = BodyLimit(bytes: 0, inflatedBytes: 0)

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.post("v1/sync") { request, _ in try await sync(request) }
        router.post("v1/enrol") { request, _ in try await enrol(request) }
        router.post("v1/peer") { request, _ in try await peer(request) }
        router.get("v1/snapshot/:hash") { request, _ in try await block(request) }
        for (path, method) in [
            (Self.syncPath, HTTPRequest.Method.post), (Self.enrolPath, .post),
            (Self.peerPath, .post), (Self.snapshotPath + ":hash", .get),
        ] {
            for other in Self.methods where other != method {
                router.on(RouterPath(path), method: other) { request, _ in
                    Self.refusal(of: request, where: method)
                }
            }
        }
    }

    private static let methods: [HTTPRequest.Method] = [
        .get, .post, .head, .put, .patch, .delete, .options, .trace,
    ]

    private static func refusal(
        of request: Request, where method: HTTPRequest.Method
    ) -> Response {
        let document = ProblemDocument(
            Problem(405, "method", "This address takes \(method) alone."))
        var response = document.response
        response.headers[.allow] = method.rawValue
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func sync(_ request: Request) async throws -> Response {
        try await signed(request, Self.syncPath) { headers in
            let key = try hub.read { db in
                try Exchange(hub: hub).knownDevice(headers.device, db).publicKey
            }
            return try await known(key, request, headers, .ofDevices) { body in
                let message = try body.message(SyncRequest.self)
                let answer = try await Exchange(hub: hub).answerLevel(
                    message, from: headers.device)
                if message.push != nil { hub.wakeNotebook() }
                return .message(try answer.encoded())
            }
        }
    }

    private func peer(_ request: Request) async throws -> Response {
        try await signed(request, Self.peerPath) { headers in
            let peer = try hub.read { try Peer.find(headers.device, $0) }
            guard let peer else { throw Problem.signature }
            return try await known(peer.publicKey, request, headers, .ofPeers) { body in
                let message = try body.message(PeerMessage.self)
                let answer = try PeerExchange(hub: hub, peer: headers.device).answer(message)
                if message.relay != nil { hub.wakeNotebook() }
                return .message(try answer.encoded())
            }
        }
    }

    private func block(_ request: Request) async throws -> Response {
        try await signed(request, request.uri.path) { headers in
            let key = try hub.read { db in
                try Exchange(hub: hub).knownDevice(headers.device, db).publicKey
            }
            return try await known(key, request, headers, Self.noBody) { _ in
                let name = request.uri.path.dropFirst(Self.snapshotPath.count)
                guard let hash = Hex.decode(name).flatMap({ Digest(bytes: $0) }),
                    hash.description == name
                else { throw Problem.block }
                let content = try Exchange(hub: hub).block(hash, for: headers.device)
                return .bytes(try ByteRange(request.headers[.range], of: content))
            }
        }
    }

    /// The outcome of a request of somebody who is known. Strangers, and what is sent again, are
    /// told so before their body is read.
    private func known(
        _ key: PublicKey, _ request: Request, _ headers: SignedHeaders, _ limit: BodyLimit,
        _ answer: (SignedBody) async throws -> Content
    ) async throws -> Outcome {
        try headers.check(signedBy: key)
        guard hub.nonces.isNext(headers.nonce, of: headers.device) else {
            return .wrongNonce(of: headers.device, hub)
        }
        let body: SignedBody
        do {
            body = try await SignedBody(
                request, headers, in: room.place(of: headers.device), limit: limit)
        } catch {
            return .unread(error, of: headers.device, hub)
        }
        let (isRight, next) = hub.nonces.take(headers.nonce, of: headers.device, hub.randomBytes)
        guard isRight else { return .wrongNonce(of: headers.device, hub) }
        return await Outcome(nextNonce: next) { try await answer(body) }
    }

    private func enrol(_ request: Request) async throws -> Response {
        try await signed(request, Self.enrolPath) { headers in
            // Nobody is known before the message is read, and for strangers nothing is inflated.
            guard !headers.isGzip else { throw Problem.encodingForEnrolment }
            let body = try await SignedBody(
                request, headers, in: room.place(), limit: Self.enrolmentLimit)
            let message = try body.message(EnrolRequest.self)
            guard headers.nonce.isEmpty, message.publicKey.device == headers.device else {
                throw Problem.enrolmentSignature
            }
            try headers.check(signedBy: message.publicKey)
            var outcome = await Outcome(nextNonce: Nonces.fresh(hub.randomBytes)) {
                .message(try Enrolment(hub: hub).enrol(message).encoded())
            }
            // Only who is let in gets a place among the nonces. Who has one keeps it: whoever repeats
            // an enrolment that they overheard would push the laptop off its own.
            if case .success = outcome.result {
                outcome.nextNonce = hub.nonces.take("", of: headers.device, hub.randomBytes).next
            }
            return outcome
        }
    }

    /// What an answer holds.
    private enum Content {
        case message([UInt8])
        case bytes(ByteRange)
    }

    /// What became of a request whose sender is proven, with the sender's next nonce.
    private struct Outcome {
        let result: Result<Content, any Error>
        var nextNonce: String

        static func wrongNonce(of device: DeviceID, _ hub: Hub) -> Outcome {
            unread(Problem.nonce, of: device, hub)
        }

        /// The body did not come as it was signed: the nonce is not used up, and stays the next.
        static func unread(_ error: any Error, of device: DeviceID, _ hub: Hub) -> Outcome {
            Outcome(
                result: .failure(error), nextNonce: hub.nonces.next(of: device, hub.randomBytes))
        }

        private init(result: Result<Content, any Error>, nextNonce: String) {
            self.result = result
            self.nextNonce = nextNonce
        }

        init(nextNonce: String, _ body: () async throws -> Content) async {
            self.nextNonce = nextNonce
            do { result = .success(try await body()) } catch { result = .failure(error) }
        }
    }

    /// A response before it is signed.
    private struct Draft {
        let status: HTTPResponse.Status
        var headers: HTTPFields
        let body: [UInt8]

        var response: Response {
            Response(
                status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: body)))
        }
    }

    private func signed(
        _ request: Request, _ path: String, _ body: (SignedHeaders) async throws -> Outcome
    ) async throws -> Response {
        var signature: String?
        var nextNonce = Nonces.fresh(hub.randomBytes)
        var draft: Draft
        do {
            let headers = try SignedHeaders(request, path: path)
            signature = headers.signature
            let outcome = try await body(headers)
            nextNonce = outcome.nextNonce
            switch try outcome.result.get() {
            case .message(let plain): draft = compressed(plain, request)
            case .bytes(let range): draft = Self.draft(of: range)
            }
        } catch {
            draft = problem(error)
        }
        if let signature { try sign(&draft, nextNonce: nextNonce, requestSignature: signature) }
        return draft.response
    }

    private func compressed(_ plain: [UInt8], _ request: Request) -> Draft {
        // What answers a POST is kept by nobody who is not told to.
        var headers: HTTPFields = [.contentType: ExchangeHeader.contentType]
        let takesGzip = request.headers[.acceptEncoding]?.contains("gzip") ?? true
        let isWorthIt = takesGzip && plain.count > 256
        if isWorthIt { headers[.contentEncoding] = "gzip" }
        return Draft(status: .ok, headers: headers, body: isWorthIt ? Gzip.compress(plain) : plain)
    }

    private static func draft(of range: ByteRange) -> Draft {
        var headers: HTTPFields = [
            .contentType: "application/octet-stream", .cacheControl: "no-store",
            .acceptRanges: "bytes",
        ]
        headers[.contentRange] = range.contentRange
        return Draft(
            status: range.isWhole ? .ok : .partialContent, headers: headers, body: range.bytes)
    }

    private func problem(_ error: any Error) -> Draft {
        let reference = Hex.encode(hub.randomBytes(4))
        let problem = Problem(error, reference: reference)
        if problem.status >= 500 {
            let isPutOff = Problem.putsOff(error)
            logger.log(
                level: isPutOff ? .info : .error,
                isPutOff ? "An exchange was put off." : "An exchange failed.",
                metadata: [
                    "rule": "\(problem.rule)", "reference": "\(reference)",
                    "kind": "\(type(of: error))",
                ])
        }
        let document = ProblemDocument(problem)
        return Draft(
            status: .init(code: problem.status), headers: document.headers, body: document.body)
    }

    private func sign(_ draft: inout Draft, nextNonce: String, requestSignature: String) throws {
        let answer = HTTPSignature.Answer(
            status: draft.status.code, contentDigest: HTTPSignature.contentDigest(draft.body),
            nextNonce: nextNonce, requestSignature: requestSignature)
        let signature = HTTPSignature.byteSequence(try hub.identity.sign(answer.base))
        draft.headers[.contentDigest] = answer.contentDigest
        draft.headers[.fieldbookNonce] = nextNonce
        draft.headers[.signatureInput] = "\(HTTPSignature.label)=\(answer.parameters)"
        draft.headers[.signature] = "\(HTTPSignature.label)=\(signature)"
    }
}
