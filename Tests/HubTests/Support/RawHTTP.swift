import Foundation
import Glibc
import Replication
import Sync

/// HTTP by hand, for what no client of ours would send.
enum RawHTTP {
    /// Sends bytes as they are, on a connection of their own, and reads the answer to its end.
    /// `cutting` ends our side after the last byte.
    static func send(_ bytes: [UInt8], to port: Int, cutting: Bool = false) async throws
        -> RawAnswer
    {
        try await Blocking.run {
            let socket = try TCP.connect(to: port)
            defer { close(socket) }
            TCP.send(bytes, to: socket)
            if cutting { shutdown(socket, Int32(SHUT_WR)) }
            return try RawAnswer(TCP.receiveAll(from: socket))
        }
    }
}

/// An answer as it came.
struct RawAnswer: Sendable {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    struct NoAnswer: Error {}

    struct Document: Decodable {
        let rule: String
        let detail: String
        let status: Int
    }

    init(_ bytes: [UInt8]) throws {
        guard let end = Data(bytes).range(of: Data("\r\n\r\n".utf8)) else { throw NoAnswer() }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        let lines = head.components(separatedBy: "\r\n")
        status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        headers = Dictionary(
            lines.dropFirst().compactMap { line in
                line.firstIndex(of: ":").map { colon in
                    (
                        line[..<colon].lowercased(),
                        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                    )
                }
            }, uniquingKeysWith: { $1 })
        body = Array(bytes[end.upperBound...])
    }

    /// The rule that a problem document names.
    var rule: String? { document?.rule }

    /// What a problem document says to people.
    var detail: String? { document?.detail }

    private var document: Document? {
        try? JSONDecoder().decode(Document.self, from: Data(body))
    }

    var plainBody: [UInt8] {
        guard headers["content-encoding"] == "gzip" else { return body }
        return (try? Gzip.inflate(body, limit: Limits.inflatedBytes)) ?? []
    }

    /// Whether the hub with this key signed the answer to that request.
    func isSigned(by hub: PublicKey, answering request: SignedRequest) -> Bool {
        let answer = HTTPSignature.Answer(
            status: status, contentDigest: HTTPSignature.contentDigest(body),
            nextNonce: headers[ExchangeHeader.nonce.lowercased()] ?? "",
            requestSignature: request.signature)
        return headers["signature"].flatMap(HTTPSignature.labelled).flatMap(HTTPSignature.bytes)
            .map { hub.verifies($0, of: answer.base) } ?? false
    }
}

/// A request in the protocol's form, each part of which a test can spoil.
struct SignedRequest: Sendable {
    var method: String
    var path: String
    var headers: [(name: String, value: String)]
    var body: [UInt8]
    let signature: String

    init(
        _ body: [UInt8], key: DeviceKey, nonce: String, path: String = "/v1/sync",
        encoding: String? = nil, method: String = "POST"
    ) throws {
        self.method = method
        let signed = HTTPSignature.Request(
            method: method, path: path, contentDigest: HTTPSignature.contentDigest(body),
            nonce: nonce, device: key.device)
        self.path = path
        self.body = body
        signature = HTTPSignature.byteSequence(try key.sign(signed.base))
        headers = [
            ("Host", "127.0.0.1"), ("Connection", "close"),
            ("Content-Type", ExchangeHeader.contentType),
            ("Content-Length", "\(body.count)"),
            (ExchangeHeader.contentDigest, signed.contentDigest),
            (ExchangeHeader.signatureInput, "\(HTTPSignature.label)=\(signed.parameters)"),
            (ExchangeHeader.signature, "\(HTTPSignature.label)=\(signature)"),
        ]
        if let encoding { headers.append(("Content-Encoding", encoding)) }
    }

    subscript(name: String) -> String? {
        get { headers.first { $0.name == name }?.value }
        set {
            headers.removeAll { $0.name == name }
            if let newValue { headers.append((name, newValue)) }
        }
    }

    var bytes: [UInt8] {
        let lines = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        return Array("\(method) \(path) HTTP/1.1\r\n\(lines)\r\n".utf8) + body
    }

    func send(to port: Int, cutting: Bool = false) async throws -> RawAnswer {
        try await RawHTTP.send(bytes, to: port, cutting: cutting)
    }
}
