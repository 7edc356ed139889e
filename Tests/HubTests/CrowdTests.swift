import Foundation
import Glibc
import Notebook
import Replication
import Store
import Sync
import Testing

@testable import Hub

/// Strangers who connect and dawdle, and those who send too much.
@Suite("A crowd before the hub")
struct CrowdTests {
    /// Waits until the hub hangs up. Returns after how many seconds it did; nil when it does not.
    private static func hangUp(of socket: Int32, sending piece: [UInt8]) -> Double? {
        let start = ContinuousClock.now
        while start.duration(to: .now) < .seconds(40) {
            TCP.send(piece, to: socket)
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count == 0 || (count < 0 && errno != EWOULDBLOCK) {
                return Double(start.duration(to: .now).components.seconds)
            }
            usleep(250_000)
        }
        return nil
    }

    private static let post = "POST /v1/sync HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n"
    private static let signed =
        post + "Content-Type: \(ExchangeHeader.contentType)\r\nContent-Digest: a\r\n"
        + "Signature: \(HTTPSignature.label)=:a:\r\nSignature-Input: "
        + "\(HTTPSignature.label)=();keyid=\"0011223344556677\";nonce=\"\"\r\n"

    /// What somebody begins to send, and what they go on with four times a second.
    @Test(
        arguments: [
            ("", ""), ("GET /healthz HTTP/1.1\r\nHost: h\r\nX-Slow: ", "a"),
            (post + "\r\n", ""), (signed + "\r\nabc", ""),
        ])
    func whoDawdlesIsHungUpOn(beginning: String, piece: String) async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data)
            let socket = try TCP.connect(to: serving.port)
            TCP.send(Array(beginning.utf8), to: socket)
            let waited = try await Blocking.run {
                Self.hangUp(of: socket, sending: Array(piece.utf8))
            }
            close(socket)
            let seconds = try #require(waited)
            #expect((8...15).contains(seconds))
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }

    /// Two thousand connections send a byte now and then.
    @Test func whoComesInHasteIsServedAtOnce() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data)
            let port = serving.port
            let sockets = try await Blocking.run {
                OpenFiles.allow(4096)
                return try (0..<2000).map { _ in
                    let socket = try TCP.connect(to: port)
                    TCP.send(Array("GET /healthz HTTP/1.1\r\nX: ".utf8), to: socket)
                    return socket
                }
            }
            for _ in 0..<5 {
                let start = ContinuousClock.now
                let answer = try await RawHTTP.send(
                    Array("GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n".utf8), to: port)
                #expect(answer.status == 200)
                #expect(start.duration(to: .now) < .seconds(3))
                try await Blocking.run {
                    for socket in sockets { TCP.send([UInt8(ascii: "a")], to: socket) }
                }
            }
            for socket in sockets { close(socket) }
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }

    @Test func headersThatAreTooLargeAreSaidToBe() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data)
            for size in [100, 17 << 10, 100 << 10] {
                let field = String(repeating: "a", count: size / 4)
                let head =
                    "GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                    + (0..<4).map { "X-\($0): \(field)\r\n" }.joined() + "\r\n"
                let answer = try await RawHTTP.send(Array(head.utf8), to: serving.port)
                #expect(answer.status == (size == 100 ? 200 : 431))
            }
            let many = (0..<200).map { "X-\($0): a\r\n" }.joined()
            let answer = try await RawHTTP.send(
                Array("GET /healthz HTTP/1.1\r\n\(many)\r\n".utf8), to: serving.port)
            #expect(answer.status == 431)
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }

    /// Seventy strangers send a large body each, and none to its end.
    @Test func bodiesBeyondTheRoomAreRefusedAndThenTakenAgain() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data)
            let port = serving.port
            let head = Self.signed.replacing("1000", with: "1048576") + "\r\n"
            let sockets = try await Blocking.run {
                try (0..<70).map { _ in
                    let socket = try TCP.connect(to: port)
                    TCP.send(Array(head.utf8) + [UInt8](repeating: 0, count: 1_000_000), to: socket)
                    return socket
                }
            }
            let answers = try await Blocking.run {
                usleep(1_000_000)
                return sockets.compactMap { socket -> String? in
                    var buffer = [UInt8](repeating: 0, count: 4096)
                    let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
                    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
                }
            }
            #expect((2...20).contains(answers.count))
            #expect(answers.allSatisfy { $0.hasPrefix("HTTP/1.1 503 ") })
            #expect(answers.allSatisfy { $0.lowercased().contains("retry-after: 30") })
            for socket in sockets { close(socket) }
            let link = try await hub.run("invite", "--name", "A", "--role", "organizer", "--json")
            let laptop = try NotebookFile(path: hub.data + "/laptop/notebook.sqlite").create(
                name: "Ana", zoneName: "UTC", zone: .utc)
            _ = try await laptop.join(Invitation(link.text("invitation")))
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }

    /// The keeper's machine lets the hub open few files.
    @Test func servesOnAfterTheMachineRanOutOfFiles() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data, fewFiles: 64)
            let link = try await hub.run("invite", "--name", "A", "--role", "organizer", "--json")
            let port = serving.port
            let sockets = try await Blocking.run {
                try (0..<200).map { _ in
                    let socket = try TCP.connect(to: port)
                    TCP.send(Array("GET /turf HTTP/1.1\r\nHost: h\r\n".utf8), to: socket)
                    return socket
                }
            }
            let laptop = try NotebookFile(path: hub.data + "/laptop/notebook.sqlite").create(
                name: "Ana", zoneName: "UTC", zone: .utc)
            _ = try await laptop.join(Invitation(link.text("invitation")))
            for _ in 0..<3 { _ = try await laptop.sync() }
            for socket in sockets { close(socket) }
            _ = try await laptop.sync()
            let answer = try await RawHTTP.send(
                Array("GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n".utf8), to: port)
            #expect(answer.status == 200)
            #expect(!serving.errors.contains("full"))
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }
}

@Suite("The room for bodies")
struct BodyRoomTests {
    @Test func isRefusedWhenItIsFullAndFreeWhenTheyAreGone() throws {
        let room = BodyRoom(mostBytes: 100)
        var first: BodyRoom.Place? = room.place()
        let second = room.place()
        try first?.take(40)
        try first?.take(40)
        #expect(throws: Problem.busy) { try second.take(21) }
        try second.take(20)
        #expect(room.takenBytes == 100)
        first = nil
        #expect(room.takenBytes == 20)
        try second.take(80)
    }
}
