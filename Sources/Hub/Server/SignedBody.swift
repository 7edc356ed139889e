import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Replication
import Sync

/// A request's body with what its headers say of it: taken in up to the limit, compared with its
/// digest, and not inflated before the signature has been checked.
struct SignedBody {
    let bytes: [UInt8]
    let isGzip: Bool
    /// The `Signature` header's byte sequence, `:…:`.
    let signature: String
    let nonce: String
    let device: DeviceID
    /// Kept as long as the bytes are.
    private let place: BodyRoom.Place

    /// Throws a `Problem` for what is not of the form that the protocol asks for, and
    /// `Problem.busy` when others' bodies fill the room.
    init(_ request: Request, path: String, room: BodyRoom) async throws {
        guard request.headers[.contentType] == ExchangeHeader.contentType else {
            throw Problem(
                415, "content-type", "The body must be of type \(ExchangeHeader.contentType).")
        }
        isGzip = try Self.isGzip(request.headers[.contentEncoding])
        guard let digest = request.headers[.contentDigest],
            let signature = request.headers[.signature].flatMap(HTTPSignature.labelled),
            let input = request.headers[.signatureInput].flatMap(HTTPSignature.labelled),
            let device = HTTPSignature.parameter("keyid", in: input).flatMap({ DeviceID($0) }),
            let nonce = HTTPSignature.parameter("nonce", in: input)
        else { throw Problem.signature }
        self.signature = signature
        self.device = device
        self.nonce = nonce
        place = room.place()
        bytes = try await Self.collect(request, place)
        guard HTTPSignature.contentDigest(bytes) == digest else {
            throw Problem(400, "digest", "The body is not the one that its digest names.")
        }
        let signed = self.signed(path: path)
        guard signed.parameters == input else { throw Problem.signature }
    }

    private static func isGzip(_ encoding: String?) throws -> Bool {
        switch encoding {
        case nil, "identity": return false
        case "gzip": return true
        default:
            throw Problem(
                415, "encoding", "The body may be compressed with gzip, once, or not at all.")
        }
    }

    private static func collect(
        _ request: Request, _ place: BodyRoom.Place
    ) async throws -> [UInt8] {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }),
            length > Limits.bodyBytes
        {
            throw tooLarge
        }
        var bytes: [UInt8] = []
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= Limits.bodyBytes else { throw tooLarge }
                try place.take(buffer.readableBytes)
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(400, "truncated", "The body ended too early.")
        }
        return bytes
    }

    private static let tooLarge = Problem(
        413, "too-large", "The body is larger than \(Limits.bodyBytes) bytes. Send less at once.")

    private func signed(path: String) -> HTTPSignature.Request {
        HTTPSignature.Request(
            method: "POST", path: path, contentDigest: HTTPSignature.contentDigest(bytes),
            nonce: nonce, device: device)
    }

    func isSigned(by key: PublicKey, path: String) -> Bool {
        HTTPSignature.bytes(signature).map {
            key.verifies($0, of: signed(path: path).base)
        } ?? false
    }

    /// The message in the body. Throws a `Problem` for what is not one.
    func message<Message: Frame>(_: Message.Type) throws -> Message {
        do {
            let plain = isGzip ? try Gzip.inflate(bytes, limit: Limits.inflatedBytes) : bytes
            return try Message(decoding: plain)
        } catch let error as WireError {
            throw Problem(error)
        }
    }
}

extension Problem {
    fileprivate init(_ error: WireError) {
        switch error {
        case .overLimit: self.init(413, "limit", error.description)
        case .version: self.init(400, "version", error.description)
        case .truncated, .notCanonical, .malformed: self.init(400, "malformed", error.description)
        }
    }
}

extension HTTPField.Name {
    static let contentDigest = Self(ExchangeHeader.contentDigest) ?? .eTag
    static let signature = Self(ExchangeHeader.signature) ?? .eTag
    static let signatureInput = Self(ExchangeHeader.signatureInput) ?? .eTag
    static let fieldbookNonce = Self(ExchangeHeader.nonce) ?? .eTag
}
