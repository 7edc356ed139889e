import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Replication
import Sync

/// `POST /v1/sync` and `POST /v1/enrol`: checks who asks, asks the door, signs the answer.
struct ExchangeController {
    let hub: Hub
    let logger: Logger
    let room = BodyRoom()

    private static let syncPath = "/v1/sync"
    private static let enrolPath = "/v1/enrol"
    /// Much more than an enrolment takes: anybody may send one.
    private static let enrolmentBytes = 4 << 10

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.post("v1/sync") { request, _ in try await sync(request) }
        router.post("v1/enrol") { request, _ in try await enrol(request) }
        for path in [Self.syncPath, Self.enrolPath] {
            for method in Self.otherMethods {
                router.on(RouterPath(path), method: method) { request, _ in
                    Self.refusal(of: request)
                }
            }
        }
    }

    private static let otherMethods: [HTTPRequest.Method] = [
        .get, .head, .put, .patch, .delete, .options, .trace,
    ]

    private static func refusal(of request: Request) -> Response {
        let document = ProblemDocument(Problem(405, "method", "This address takes POST alone."))
        var response = document.response
        response.headers[.allow] = "POST"
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func sync(_ request: Request) async throws -> Response {
        try await signed(request, Self.syncPath) { headers in
            // Strangers, and what is sent again, are told so before their body is read.
            let device = try hub.read { try Exchange(hub: hub).knownDevice(headers.device, $0) }
            try headers.check(signedBy: device.publicKey)
            guard hub.nonces.isNext(headers.nonce, of: headers.device) else {
                return .wrongNonce(of: headers.device, hub)
            }
            let body = try await SignedBody(
                request, headers, in: room.place(of: headers.device), limit: Limits.bodyBytes)
            let (isRight, next) = hub.nonces.take(
                headers.nonce, of: headers.device, hub.randomBytes)
            guard isRight else { return .wrongNonce(of: headers.device, hub) }
            return Outcome(nextNonce: next) {
                let message = try body.message(SyncRequest.self)
                let answer = try Exchange(hub: hub).answer(message, from: headers.device)
                if message.push != nil { hub.wakeNotebook() }
                return try answer.encoded()
            }
        }
    }

    private func enrol(_ request: Request) async throws -> Response {
        try await signed(request, Self.enrolPath) { headers in
            // Nobody is known before the message is read, and for strangers nothing is inflated.
            guard !headers.isGzip else { throw Problem.encodingForEnrolment }
            let body = try await SignedBody(
                request, headers, in: room.place(), limit: Self.enrolmentBytes)
            let message = try body.message(EnrolRequest.self)
            guard headers.nonce.isEmpty, message.publicKey.device == headers.device else {
                throw Problem.signature
            }
            try headers.check(signedBy: message.publicKey)
            var outcome = Outcome(nextNonce: Nonces.fresh(hub.randomBytes)) {
                try Enrolment(hub: hub).enrol(message).encoded()
            }
            // Only who is let in gets a place among the nonces. Who has one keeps it: whoever repeats
            // an enrolment that they overheard would push the laptop off its own.
            if case .success = outcome.result {
                outcome.nextNonce = hub.nonces.take("", of: headers.device, hub.randomBytes).next
            }
            return outcome
        }
    }

    /// What became of a request whose sender is proven, with the sender's next nonce.
    private struct Outcome {
        let result: Result<[UInt8], any Error>
        var nextNonce: String

        static func wrongNonce(of device: DeviceID, _ hub: Hub) -> Outcome {
            Outcome(nextNonce: hub.nonces.next(of: device, hub.randomBytes)) {
                throw Problem.nonce
            }
        }

        init(nextNonce: String, _ body: () throws -> [UInt8]) {
            self.nextNonce = nextNonce
            result = Result(catching: body)
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
            draft = compressed(try outcome.result.get(), request)
        } catch {
            draft = problem(error)
        }
        if let signature { try sign(&draft, nextNonce: nextNonce, requestSignature: signature) }
        return draft.response
    }

    private func compressed(_ plain: [UInt8], _ request: Request) -> Draft {
        var headers: HTTPFields = [
            .contentType: ExchangeHeader.contentType, .cacheControl: "no-store",
        ]
        let takesGzip = request.headers[.acceptEncoding]?.contains("gzip") ?? false
        let isWorthIt = takesGzip && plain.count > 256
        if isWorthIt { headers[.contentEncoding] = "gzip" }
        return Draft(status: .ok, headers: headers, body: isWorthIt ? Gzip.compress(plain) : plain)
    }

    private func problem(_ error: any Error) -> Draft {
        let reference = Hex.encode(hub.randomBytes(4))
        let problem = Problem(error, reference: reference)
        if problem.status >= 500 {
            logger.error(
                "An exchange failed.",
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
            nextNonce: nextNonce, requestSignature: requestSignature, hub: hub.identity.device)
        let signature = HTTPSignature.byteSequence(try hub.identity.sign(answer.base))
        draft.headers[.contentDigest] = answer.contentDigest
        draft.headers[.fieldbookNonce] = nextNonce
        draft.headers[.signatureInput] = "\(HTTPSignature.label)=\(answer.parameters)"
        draft.headers[.signature] = "\(HTTPSignature.label)=\(signature)"
    }
}
