import Foundation
import Replication
import Testing

@testable import Sync

/// `Tests/Vectors/http.json`: a conversation of two laptops and a hub, as SyncProtocol.md tells it.
private struct HTTPVectors: Decodable {
    struct Key: Decodable {
        let publicKey: String
        let device: String
    }

    struct Invitation: Decodable {
        struct Refused: Decodable {
            let link: String
            let why: String
        }

        let link: String
        let url: String
        let code: String
        let hubKey: String
        let refused: [Refused]
    }

    struct Exchange: Decodable {
        struct Request: Decodable {
            let method: String
            let path: String
            let device: String
            let nonce: String
            let message: String
            let frame: String
            let body: String
            let contentDigest: String
            let signatureInput: String
            let base: String
            let signature: String
            let contentEncoding: String?
        }

        struct Answer: Decodable {
            let status: Int
            let nonce: String
            let body: String
            let contentDigest: String
            let signatureInput: String
            let base: String
            let signature: String
            let frame: String?
        }

        let name: String
        let request: Request
        let answer: Answer
    }

    struct Conversation: Decodable {
        struct Commit: Decodable {
            struct Entry: Decodable {
                let name: String
                let device: String
                let seq: UInt64
            }

            let entry: Entry
            let payload: String
            let digest: String
            let chain: String
        }

        struct Push: Decodable {
            let commits: String
            let first: UInt64
            let secret: String
            let block: String
            let message: String
            let signature: String
        }

        let commits: [Commit]
        let pushes: [Push]
    }

    let congregation: String
    let keys: [String: Key]
    let invitation: Invitation
    let exchanges: [Exchange]
    let conversation: Conversation

    static func read() throws -> HTTPVectors {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Vectors/http.json")
        return try JSONDecoder().decode(HTTPVectors.self, from: Data(contentsOf: file))
    }

    func key(of device: String) throws -> PublicKey {
        let key = try #require(keys.values.first { $0.device == device })
        return try #require(Hex.decode(key.publicKey).flatMap { PublicKey(bytes: $0) })
    }
}

@Suite("The conversation in the vectors")
struct HTTPVectorTests {
    private let vectors: HTTPVectors

    init() throws {
        vectors = try HTTPVectors.read()
    }

    @Test func keysNameTheirDevices() throws {
        for key in vectors.keys.values {
            #expect(try vectors.key(of: key.device).device.description == key.device)
        }
    }

    @Test func theInvitationIsReadAndWritten() throws {
        let invitation = try Invitation(vectors.invitation.link)
        #expect(invitation.url == vectors.invitation.url)
        #expect(Hex.encode(invitation.code) == vectors.invitation.code)
        #expect(Hex.encode(invitation.hubKey.bytes) == vectors.invitation.hubKey)
        #expect(invitation.link == vectors.invitation.link)
        for refused in vectors.invitation.refused {
            #expect(throws: SyncError.notAnInvitation, "\(refused.why)") {
                try Invitation(refused.link)
            }
        }
    }

    @Test func requestsAreSignedAsTheBaseSays() throws {
        for request in vectors.exchanges.map(\.request) {
            let body = try #require(Hex.decode(request.body))
            let signed = HTTPSignature.Request(
                method: request.method, path: request.path,
                contentDigest: HTTPSignature.contentDigest(body), nonce: request.nonce,
                device: try #require(DeviceID(request.device)))
            #expect(signed.contentDigest == request.contentDigest)
            #expect("fb=\(signed.parameters)" == request.signatureInput)
            #expect(String(decoding: signed.base, as: UTF8.self) == request.base)
            let signature = try #require(
                HTTPSignature.labelled(request.signature).flatMap(HTTPSignature.bytes))
            #expect(try vectors.key(of: request.device).verifies(signature, of: signed.base))
            let isGzip = request.contentEncoding == "gzip"
            let plain = isGzip ? try Gzip.inflate(body, limit: Limits.inflatedBytes) : body
            #expect(Hex.encode(plain) == request.frame)
            try expectReadAndWritten(request.message, plain)
        }
    }

    private func expectReadAndWritten(_ message: String, _ plain: [UInt8]) throws {
        switch message {
        case "EnrolRequest": #expect(try EnrolRequest(decoding: plain).encoded() == plain)
        default: #expect(try SyncRequest(decoding: plain).encoded() == plain)
        }
    }

    @Test func answersAreSignedByTheHubForTheirRequest() throws {
        let hub = try #require(vectors.keys["hub"])
        let key = try vectors.key(of: hub.device)
        for exchange in vectors.exchanges {
            let answer = exchange.answer
            let body = Hex.decode(answer.body) ?? Array(answer.body.utf8)
            let signed = HTTPSignature.Answer(
                status: answer.status, contentDigest: HTTPSignature.contentDigest(body),
                nextNonce: answer.nonce,
                requestSignature: try #require(
                    HTTPSignature.labelled(exchange.request.signature)))
            #expect(signed.contentDigest == answer.contentDigest, "\(exchange.name)")
            #expect("fb=\(signed.parameters)" == answer.signatureInput)
            #expect(String(decoding: signed.base, as: UTF8.self) == answer.base)
            let signature = try #require(
                HTTPSignature.labelled(answer.signature).flatMap(HTTPSignature.bytes))
            #expect(key.verifies(signature, of: signed.base))
        }
    }

    @Test func pushesChainAndAreSigned() throws {
        let congregation = try #require(RecordID(vectors.congregation))
        let commits = Dictionary(
            uniqueKeysWithValues: vectors.conversation.commits.map { ($0.entry.name, $0) })
        for push in vectors.conversation.pushes {
            let names = push.commits.split(separator: " ").map(String.init)
            let secret = try #require(Hex.decode(push.secret).flatMap { SaltSecret(bytes: $0) })
            let block = try #require(Hex.decode(push.block))
            let entries = try CommitBlock.decode(block)
            #expect(CommitBlock.encode(entries, withSalts: false) == block)
            for (entry, name) in zip(entries, names) {
                var commit = try #require(entry.commit)
                commit.salt = secret.salt(for: commit.dot)
                #expect(commit.digest?.description == commits[name]?.digest)
                #expect(Hex.encode(Payload.encode(commit.writes)) == commits[name]?.payload)
            }
            let last = try #require(commits[names.last ?? ""])
            let hash = try #require(Hex.decode(last.chain).flatMap { Digest(bytes: $0) })
            let device = try #require(DeviceID(last.entry.device))
            let message = Push.signed(
                ChainHead(seq: last.entry.seq, hash: hash), of: device, congregation: congregation)
            #expect(Hex.encode(message) == push.message)
            let signature = try #require(Hex.decode(push.signature))
            #expect(try vectors.key(of: last.entry.device).verifies(signature, of: message))
        }
    }
}
