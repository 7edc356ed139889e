import Replication
import Sync
import Testing

@testable import Hub

@Suite("Bytes that are no request")
struct MalformedTests {
    private static let head = "POST /v1/sync HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"

    /// First lines that are none.
    private static let lines =
        [
            "", " ", "\u{0}", "GET", "GET /", "GET / HTTP", "GET / HTTP/", "GET / HTTP/1",
            "GET / HTTP/9.9",
            "GET / HTTP/1.1 more", "GET / http/1.1", "GET /\u{0} HTTP/1.1", "GET /a b HTTP/1.1",
            "GET\u{0} / HTTP/1.1", "G\u{E9}T / HTTP/1.1", "get / HTTP/1.1", "PRI * HTTP/2.0",
            "CONNECT h:1 HTTP/1.1", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
            "GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1",
            String(repeating: "A", count: 100_000),
        ].map { $0 + "\r\nHost: h\r\nConnection: close\r\n\r\n" }
        + ["GET / HTTP/1.1\r\nConnection: close\r\n\r\n"]

    /// Headers that are none, or that say two things at once.
    private static let headers = [
        "no colon", ": no name", "Na me: a", "Name : a", "N\u{0}me: a", "Name: a\u{0}b",
        "Name: a\rb",
        "Name: a\r\n folded", " leading: a", "Content-Length: ", "Content-Length: +5",
        "Content-Length: -5", "Content-Length: 5 5", "Content-Length: 0x5", "Content-Length: 5, 6",
        "Content-Length: 5\r\nContent-Length: 6", "Content-Length: 99999999999999999999",
        "Content-Length: 9223372036854775807", "Content-Length: 18446744073709551615",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5", "Transfer-Encoding: xchunked",
        "Transfer-Encoding: gzip", "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: identity, chunked, chunked", "Transfer-Encoding:\u{B}chunked",
        "Host: other", "Expect: a miracle", "Upgrade: h2c\r\nConnection: Upgrade",
        (0..<1000).map { "X\($0): a" }.joined(separator: "\r\n"),
        "X: " + String(repeating: "a", count: 100_000),
    ].map { head + $0 + "\r\n\r\nhello" }

    /// Bodies in pieces that do not fit together.
    private static let chunks = [
        "", "5", "5\r\n", "5\r\nhel", "-5\r\nhello\r\n0\r\n\r\n", "G\r\nhello\r\n0\r\n\r\n",
        "5\r\nhellohello\r\n0\r\n\r\n", "5\nhello\n0\n\n", "0x5\r\nhello\r\n0\r\n\r\n",
        "FFFFFFFFFFFFFFFFF\r\nhello", "7FFFFFFFFFFFFFFF\r\nhello", "5 5\r\nhello\r\n0\r\n\r\n",
        "5;" + String(repeating: "a", count: 100_000) + "\r\nhello\r\n0\r\n\r\n",
        "0\r\nX: " + String(repeating: "a", count: 100_000) + "\r\n\r\n",
    ].map { head + "Transfer-Encoding: chunked\r\n\r\n" + $0 }

    /// Each on a connection of its own, which ends there: with an answer that says no, or without.
    @Test func areRefusedAndTheHubServesOn() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            let port = await parish.server.port
            let before = try parish.hub.logEnd()
            let table = Self.lines + Self.headers + Self.chunks
            #expect(table.count > 60)
            for (number, text) in table.enumerated() {
                let bytes = Array(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
                let answer = try? await RawHTTP.send(bytes, to: port, cutting: true)
                let isRefused = answer.map { (400..<600).contains($0.status) } ?? true
                #expect(isRefused, "\(number): \(text.prefix(150).debugDescription)")
                #expect(answer?.status != 500, "\(number): \(text.prefix(150).debugDescription)")
            }
            #expect(try parish.hub.logEnd() == before)
            #expect(try await ana.sync().isEven)
        }
    }

    /// A good signed push of which one byte changed on the way: no byte of its body may be another,
    /// and none of its head lets anything in that the device did not sign.
    @Test func aByteThatChangedOnTheWayLetsNothingElseIn() async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            let port = await parish.server.port
            var seq: Seq = 1
            try await scribe.greet()
            for index in stride(from: 0, to: 2000, by: 7) {
                let push = try scribe.push([scribe.commit(seq)])
                let request = try scribe.signed(push.encoded())
                guard index < request.bytes.count else { break }
                var bytes = request.bytes
                bytes[index] ^= index % 2 == 0 ? 1 : 0x80
                let before = try parish.hub.logEnd()
                let answer = try? await RawHTTP.send(bytes, to: port, cutting: true)
                let isInBody = index >= request.bytes.count - request.body.count
                #expect(!isInBody || answer?.rule == "digest", "byte \(index)")
                let isTaken = answer?.status == 200
                #expect(try parish.hub.logEnd() == before + (isTaken ? 1 : 0), "byte \(index)")
                if isTaken {
                    seq += 1
                    scribe.head =
                        push.push?.entries.compactMap(\.commit?.digest)
                        .reduce(scribe.head) { $0.appending($1) } ?? scribe.head
                }
                try await scribe.greet()
            }
            #expect(try await scribe.write([scribe.commit(seq)]).status == 200)
        }
    }
}
