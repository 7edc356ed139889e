import HTTPTypes
import Hummingbird
import Replication
import Sync

/// What a request's headers say of who sends it, and of its body: enough to know before any of the
/// body is read whether its device signed it.
struct SignedHeaders {
    let isGzip: Bool
    let digest: String
    /// The `Signature` header's byte sequence, `:…:`.
    let signature: String
    let nonce: String
    let device: DeviceID
    private let signatureBytes: [UInt8]
    /// What the device signed.
    private let signed: HTTPSignature.Request

    /// Throws a `Problem` for what is not of the form that the protocol asks for, in exactly its words.
    /// Nobody has looked up yet which devices there are.
    init(_ request: Request, path: String) throws {
        let isOfOurType = request.headers[.contentType] == ExchangeHeader.contentType
        guard isOfOurType || request.method == .get else {
            throw Problem(
                415, "content-type", "The body must be of type \(ExchangeHeader.contentType).")
        }
        isGzip = try Self.isGzip(request.headers[.contentEncoding])
        guard let digest = request.headers[.contentDigest],
            let signature = request.headers[.signature].flatMap(HTTPSignature.labelled),
            let signatureBytes = HTTPSignature.bytes(signature),
            let input = request.headers[.signatureInput].flatMap(HTTPSignature.labelled),
            let device = HTTPSignature.parameter("keyid", in: input).flatMap({ DeviceID($0) }),
            let nonce = HTTPSignature.parameter("nonce", in: input)
        else { throw Problem.headers }
        signed = HTTPSignature.Request(
            method: request.method.rawValue, path: path, contentDigest: digest, nonce: nonce,
            device: device)
        guard signed.parameters == input else { throw Problem.headers }
        self.digest = digest
        self.signature = signature
        self.signatureBytes = signatureBytes
        self.device = device
        self.nonce = nonce
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

    /// Throws `Problem.signature` unless the key signed these headers.
    func check(signedBy key: PublicKey) throws {
        guard key.verifies(signatureBytes, of: signed.base) else { throw Problem.signature }
    }
}

extension HTTPField.Name {
    static let contentDigest = Self(ExchangeHeader.contentDigest) ?? .eTag
    static let signature = Self(ExchangeHeader.signature) ?? .eTag
    static let signatureInput = Self(ExchangeHeader.signatureInput) ?? .eTag
    static let fieldbookNonce = Self(ExchangeHeader.nonce) ?? .eTag
}
