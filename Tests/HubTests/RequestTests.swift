import CZlib
import Foundation
import Notebook
import Replication
import Store
import Sync
import Testing

@testable import Hub

@Suite("A request that is not in the protocol's form")
struct RequestTests {
    /// A way to spoil a good signed push, and the status and rule of the answer.
    struct Spoilt: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        let rule: String?
        let spoil: @Sendable (inout SignedRequest) throws -> Void

        init(
            _ name: String, _ status: Int, _ rule: String?,
            _ spoil: @escaping @Sendable (inout SignedRequest) throws -> Void
        ) {
            testDescription = name
            self.status = status
            self.rule = rule
            self.spoil = spoil
        }
    }

    static let spoilt = [
        Spoilt("no content type", 415, "content-type") { $0["Content-Type"] = nil },
        Spoilt("JSON", 415, "content-type") { $0["Content-Type"] = "application/json" },
        Spoilt("a form", 415, "content-type") { $0["Content-Type"] = "text/plain" },
        Spoilt("zipped twice", 415, "encoding") { $0["Content-Encoding"] = "gzip, gzip" },
        Spoilt("an unknown encoding", 415, "encoding") { $0["Content-Encoding"] = "br" },
        Spoilt("said to be zipped", 400, "malformed") { $0["Content-Encoding"] = "gzip" },
        Spoilt("no digest", 401, "signature") { $0[ExchangeHeader.contentDigest] = nil },
        Spoilt("another digest", 401, "signature") {
            $0[ExchangeHeader.contentDigest] = HTTPSignature.contentDigest([1])
        },
        Spoilt("another body", 400, "digest") { $0.body[10] ^= 1 },
        Spoilt("no signature", 401, "signature") { $0[ExchangeHeader.signature] = nil },
        Spoilt("rubbish for a signature", 401, "signature") {
            $0[ExchangeHeader.signature] = "fb=:AAAA:"
        },
        Spoilt("no algorithm", 401, "signature") {
            $0.replaceInput(";tag=", ";alg=\"none\";tag=")
        },
        Spoilt("a signature that covers less", 401, "signature") {
            $0.replaceInput(" \"content-digest\"", "")
        },
        Spoilt("another tag", 401, "signature") {
            $0.replaceInput("fbq1", "fba1")
        },
        Spoilt("a device that nobody knows", 401, "signature") { request in
            let key = DeviceKey()
            request = try SignedRequest(request.body, key: key, nonce: "x")
        },
        Spoilt("too large", 413, "too-large") { request in
            request.body = [UInt8](repeating: 0, count: Limits.bodyBytes + 1)
            request["Content-Length"] = "\(request.body.count)"
        },
        Spoilt("an enrolment's path", 400, "malformed") { $0.path = "/v1/enrol" },
        Spoilt("another version of the path", 404, nil) { $0.path = "/v2/sync" },
        Spoilt("read instead of sent", 405, nil) { $0.method = "GET" },
        Spoilt("put", 405, nil) { $0.method = "PUT" },
        Spoilt("deleted", 405, nil) { $0.method = "DELETE" },
        Spoilt("a method that nobody knows", 400, nil) { $0.method = "BREW" },
    ]

    @Test(arguments: spoilt)
    func isRefusedAndChangesNothing(_ spoilt: Spoilt) async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            let before = try await parish.hub.dumpAtRest()
            var request = try scribe.signed(try scribe.push([scribe.commit(1)]).encoded())
            try spoilt.spoil(&request)
            let answer = try await request.send(to: await parish.server.port)
            #expect(answer.status == spoilt.status)
            if let rule = spoilt.rule { #expect(answer.rule == rule) }
            if spoilt.status == 405 { #expect(answer.headers["allow"] == "POST") }
            #expect(try parish.hub.dump() == before)
            // Where the signature was good, the nonce was used up.
            try await scribe.greet()
            #expect(try await scribe.write([scribe.commit(1)]).status == 200)
        }
    }

    /// Signed rightly, by a device that is enrolled, and still no message.
    @Test(
        arguments: [
            ([], "version", "version 0"), ([8, 2], "version", "version 2"),
            ([255, 255], "malformed", "is not one"),
            ([8, 1, 18, 3, 1, 2, 3], "malformed", "is not one"),
            ([8, 1, 32, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1], "limit", "a seq"),
            ([8, 1, 18, 0], "malformed", "Cursor.hub"),
            ([8, 1, 26, 2, 10, 0], "malformed", "Push.previous"),
            ([8, 1, 26, 34, 10, 32] + [UInt8](repeating: 0, count: 32), "malformed", "Push.block"),
        ] as [([UInt8], String, String)])
    func aBodyThatIsNoMessageIsRefused(body: [UInt8], rule: String, what: String) async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            let request = try scribe.signed(body)
            let answer = try await scribe.send(request)
            #expect(answer.rule == rule)
            #expect(answer.detail?.contains(what) ?? false, "\(answer.detail ?? "")")
            #expect(answer.isSigned(by: parish.hub.identity.publicKey, answering: request))
        }
    }

    /// Whose body did not come as it was signed has not used its nonce up, and is told so.
    @Test(arguments: ["digest", "too-large", "truncated"])
    func theNonceOfABodyThatDidNotComeStaysGood(rule: String) async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            let nonce = scribe.nonce
            var request = try scribe.signed(SyncRequest().encoded())
            switch rule {
            case "digest": request.body[1] ^= 1
            case "too-large": request["Content-Length"] = "\(Limits.bodyBytes + 1)"
            default: request.body.removeLast()
            }
            let answer = try await scribe.send(request, cutting: true)
            #expect(answer.rule == rule)
            #expect(answer.isSigned(by: parish.hub.identity.publicKey, answering: request))
            #expect(scribe.nonce == nonce)
            #expect(try await scribe.send(SyncRequest()).status == 200)
        }
    }

    /// What is wrong with the headers themselves is told before anybody looks whose they are.
    @Test func headersOfAnotherFormAreToldApart() async throws {
        try await Parish.open { parish in
            let scribe = try await Scribe(parish)
            let port = await parish.server.port
            let body = try SyncRequest().encoded()
            for key in [scribe.key, DeviceKey()] {
                var none = try SignedRequest(body, key: key, nonce: "x")
                none[ExchangeHeader.contentDigest] = nil
                var other = try SignedRequest(body, key: key, nonce: "x")
                other.replaceInput("fbq1", "fba1")
                var plain = try SignedRequest(body, key: key, nonce: "x")
                plain[ExchangeHeader.signature] = "fb=AAAA"
                for request in [none, other, plain] {
                    let answer = try await request.send(to: port)
                    #expect(answer.status == 401 && answer.rule == "signature")
                    #expect(answer.detail == Problem.headers.detail)
                    #expect(answer.headers["signature"] == nil)
                }
            }
        }
    }

    @Test func anEnrolmentWithANonceIsToldThatThereIsNone() async throws {
        try await Parish.open { parish in
            let key = DeviceKey()
            let invitation = try await parish.invitation(for: "Ana", .organizer)
            let message = EnrolRequest(
                code: invitation.code, publicKey: key.publicKey, member: parish.newID())
            let request = try SignedRequest(
                message.encoded(), key: key, nonce: "x", path: "/v1/enrol")
            let answer = try await request.send(to: await parish.server.port)
            #expect(answer.status == 401 && answer.rule == "signature")
            #expect(answer.detail == Problem.enrolmentSignature.detail)
        }
    }

    /// Salts and `previous` are in the chain that the device signs.
    @Test func aPushOverAnotherChainIsToldWhereToLook() async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            var request = try scribe.push([scribe.commit(1)])
            request.push?.previous = try #require(Digest(bytes: [UInt8](repeating: 7, count: 32)))
            let answer = try await scribe.send(request)
            #expect(answer.status == 403 && answer.rule == "push-signature")
            let detail = try #require(answer.detail)
            #expect(detail.contains("salts") && detail.contains("previous"))
        }
    }

    @Test func comesInChunksAndWithAQueryAllTheSame() async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            var request = try scribe.signed(scribe.push([scribe.commit(1)]).encoded())
            let size = String(request.body.count, radix: 16)
            request.path += "?a=b"
            request["Content-Length"] = nil
            request["Transfer-Encoding"] = "chunked"
            request.body = Array("\(size)\r\n".utf8) + request.body + Array("\r\n0\r\n\r\n".utf8)
            #expect(try await scribe.send(request).status == 200)
            #expect(try parish.hub.logEnd() == 2)
        }
    }

    @Test func whoGuessesIsToldToWaitAsLongAsThatLasts() {
        #expect(Problem.slow.retrySeconds == 60)
        #expect(Problem.enoughToday(at: 86_399_000).retrySeconds == 1)
        #expect(Problem.enoughToday(at: 86_400_000).retrySeconds == 86_400)
    }

    @Test func extremeNumbersAreRefusedAndTheHubLives() async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            let before = try parish.hub.logEnd()
            for seq: UInt64 in [.max, 1 << 63, 1 << 53, 1 << 48, (1 << 48) - 1] {
                let cursor = Replication.Cursor(
                    hub: parish.hub.identity.device,
                    epoch: try parish.hub.read { try Epochs.current($0) },
                    positions: [Space.all: seq])
                let status = try await scribe.send(SyncRequest(cursor: cursor)).status
                #expect(status == (seq < Limits.seq ? 200 : 400))
                let seen = try await scribe.send(SyncRequest(refusalsSeen: seq)).status
                #expect(seen == (seq < Limits.seq ? 200 : 413))
            }
            for body in try [(UInt64(1) << 47), (1 << 48) - 1].map({ seq in
                try scribe.push([scribe.commit(seq)]).encoded()
            }) {
                #expect(try await scribe.send(scribe.signed(body)).rule == "gap")
            }
            #expect(try parish.hub.logEnd() == before)
        }
    }

    /// Who is no stranger need not wait for a megabyte to be told that the hub was started anew.
    @Test func isToldWhoItIsBeforeItsBodyIsRead() async throws {
        try await Parish.open { parish in
            let scribe = try await Scribe(parish)
            let port = await parish.server.port
            let body = [UInt8](repeating: 0, count: 1 << 20)
            let stranger = try SignedRequest(body, key: DeviceKey(), nonce: "x")
            let late = try scribe.signed(body)
            for (request, rule) in [(stranger, "signature"), (late, "nonce")] {
                let head = Array(request.bytes.dropLast(body.count))
                let answer = try await RawHTTP.send(head, to: port, cutting: false)
                #expect(answer.status == 401)
                #expect(answer.rule == rule)
                #expect(answer.isSigned(by: parish.hub.identity.publicKey, answering: request))
            }
        }
    }

    @Test func aLargePushGetsThroughToAHubThatWasStartedAnew() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            var dice = SystemRandomNumberGenerator()
            for number in 0..<14 {
                let noise = (0..<6000).map { _ in String(dice.next(), radix: 36) }
                try ana.meet(ana.add("P\(number)"), String(noise.joined().prefix(60_000)))
            }
            try await parish.restart()
            #expect(try await ana.sync().isEven)
        }
    }

    @Test func anEnrolmentIsShort() async throws {
        try await Parish.open { parish in
            let key = DeviceKey()
            let body = [UInt8](repeating: 0, count: 5000)
            let request = try SignedRequest(body, key: key, nonce: "", path: "/v1/enrol")
            let answer = try await request.send(to: await parish.server.port)
            #expect(answer.status == 413)
            #expect(answer.rule == "too-large")
        }
    }

    @Test func anUnknownDeviceAndAWrongSignatureLookAlike() async throws {
        try await Parish.open { parish in
            let scribe = try await Scribe(parish)
            let port = await parish.server.port
            let body = try SyncRequest().encoded()
            let stranger = try SignedRequest(body, key: DeviceKey(), nonce: "x")
            var forged = try scribe.signed(body)
            forged[ExchangeHeader.signature] = "fb=\(stranger.signature)"
            let answers = [try await stranger.send(to: port), try await forged.send(to: port)]
            #expect(answers[0].status == 401)
            #expect(answers[0].status == answers[1].status)
            #expect(answers[0].body == answers[1].body)
            #expect(Set(answers[0].headers.keys) == Set(answers[1].headers.keys))
        }
    }

    @Test func aBombOfZerosDoesNotFillMemory() async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            let bomb = Self.gzipOfZeros(bytes: 1 << 30)
            let before = try Memory.residentBytes()
            for _ in 0..<3 {
                let request = try scribe.signed(bomb, encoding: "gzip")
                let answer = try await scribe.send(request)
                #expect(answer.status == 413)
            }
            #expect(try Memory.residentBytes() - before < 64 << 20)
        }
    }

    /// About one MiB that inflates to a thousand.
    private static func gzipOfZeros(bytes: Int) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        defer { deflateEnd(&stream) }
        var zeros = [UInt8](repeating: 0, count: 1 << 20)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var output: [UInt8] = []
        for round in 0...(bytes >> 20) {
            let isLast = round == bytes >> 20
            zeros.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = isLast ? 0 : UInt32(source.count)
                repeat {
                    let written = chunk.withUnsafeMutableBufferPointer { target in
                        stream.next_out = target.baseAddress
                        stream.avail_out = UInt32(target.count)
                        deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                        return target.count - Int(stream.avail_out)
                    }
                    output += chunk[..<written]
                } while stream.avail_out == 0
            }
        }
        return output
    }

    @Test func aBodyCutAnywhereIsRefused() async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            let port = await parish.server.port
            let before = try await parish.hub.dumpAtRest()
            let whole = try scribe.signed(try scribe.push([scribe.commit(1)]).encoded())
            let head = whole.bytes.count - whole.body.count
            for count in stride(from: 1, to: whole.bytes.count, by: 41) {
                let part = Array(whole.bytes[..<count])
                let answer = try? await RawHTTP.send(part, to: port, cutting: true)
                if let answer { #expect((400..<500).contains(answer.status)) }
                if count < head { #expect(answer?.status != 200) }
            }
            #expect(try parish.hub.dump() == before)
            #expect(try await scribe.write([scribe.commit(1)]).status == 200)
        }
    }

    @Test(arguments: [
        "Content-Length: 5\r\nContent-Length: 6", "Content-Length: -1",
        "Content-Length: 99999999999999999999", "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: xchunked",
    ])
    func framingThatCanBeReadTwoWaysIsRefused(headers: String) async throws {
        try await Parish.open { parish in
            let bytes = Array(
                "POST /v1/sync HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\(headers)\r\n\r\nhello"
                    .utf8)
            let answer = try? await RawHTTP.send(bytes, to: await parish.server.port)
            if let answer { #expect((400..<500).contains(answer.status)) }
            let ana = try await parish.laptop("Ana")
            #expect(try await ana.sync().isEven)
        }
    }

    @Test func everyOtherWayInNeedsCredentials() async throws {
        try await Parish.open { parish in
            let port = await parish.server.port
            for path in [
                "/v1", "/v1/", "/v1/snapshot/commons", "/v1/snapshot/", "/v1/sync/", "/.git",
                "/hub.sqlite",
            ] {
                let request = "GET \(path) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
                let answer = try await RawHTTP.send(Array(request.utf8), to: port)
                #expect([401, 404, 405].contains(answer.status), "\(path)")
                #expect(answer.headers["server"] == nil)
            }
        }
    }
}

extension SignedRequest {
    mutating func replaceInput(_ old: String, _ new: String) {
        let name = ExchangeHeader.signatureInput
        self[name] = self[name]?.replacingOccurrences(of: old, with: new)
    }
}

/// What this process holds in memory.
enum Memory {
    static func residentBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        return (status.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
    }
}
