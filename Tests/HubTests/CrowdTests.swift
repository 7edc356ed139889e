import Foundation
import Glibc
import NIOCore
import NIOEmbedded
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
    private static let enrolment =
        "POST /v1/enrol HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n"
        + "Content-Type: \(ExchangeHeader.contentType)\r\nContent-Digest: a\r\n"
        + "Signature: \(HTTPSignature.label)=:a:\r\nSignature-Input: "
        + "\(HTTPSignature.label)=();keyid=\"0011223344556677\";nonce=\"\"\r\n"

    /// What somebody begins to send, and what they go on with four times a second.
    @Test(
        arguments: [
            ("", ""), ("GET /healthz HTTP/1.1\r\nHost: h\r\nX-Slow: ", "a"),
            (post + "\r\n", ""),
            (enrolment + "\r\nabc", ""), (enrolment + "\r\n", "a"),
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
                    TCP.send(Array("GET /healthz HTTP/1.1\r\nHost: h\r\nX: ".utf8), to: socket)
                    return socket
                }
            }
            for _ in 0..<5 {
                let start = ContinuousClock.now
                let answer = try await RawHTTP.send(
                    Array("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".utf8),
                    to: port)
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

    @Test func whoAsksBeforeSendingABodyIsTold() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data)
            let head = "POST /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
            for (expect, status) in [("", 404), ("Expect: 100-continue\r\n", 100)] {
                let request = head + expect + "Content-Length: 1\r\n\r\na"
                let answer = try await RawHTTP.send(Array(request.utf8), to: serving.port)
                #expect(answer.status == status)
                #expect(!answer.body.isEmpty == (status == 100))
            }
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
    @Test func strangersBodiesKeepNobodyOut() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data)
            let port = serving.port
            let head = Self.enrolment.replacing("1000", with: "1048576")
                .replacing("/v1/enrol", with: "/v1/sync")
            let sockets = try await Blocking.run {
                try (0..<70).map { _ in
                    let socket = try TCP.connect(to: port)
                    TCP.send(Array((head + "\r\n").utf8), to: socket)
                    TCP.send([UInt8](repeating: 0, count: 1_000_000), to: socket)
                    return socket
                }
            }
            for socket in sockets {
                let answer = try await Blocking.run { TCP.receive(from: socket) }
                #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 401 "))
            }
            let link = try await hub.run("invite", "--name", "A", "--role", "organizer", "--json")
            let laptop = try NotebookFile(path: hub.data + "/laptop/notebook.sqlite").create(
                name: "Ana", zoneName: "UTC", zone: .utc)
            _ = try await laptop.join(Invitation(link.text("invitation")))
            try laptop.add(PersonDetails(name: "Rosa"))
            #expect(try await laptop.sync().isEven)
            for socket in sockets { close(socket) }
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }

    /// Strangers ask for a thousand pages each on one connection, and read none.
    @Test func whoAsksOnWithoutReadingIsHungUpOn() async throws {
        try await KeepersHub.open { hub in
            let serving = try await Serving.start(hub.data)
            let port = serving.port
            let many = Array(
                String(repeating: "GET / HTTP/1.1\r\nHost: h\r\n\r\n", count: 1000).utf8)
            let received = try await Blocking.run {
                try (0..<50).map { _ in
                    let socket = try TCP.connect(to: port)
                    defer { close(socket) }
                    TCP.send(many, to: socket)
                    return TCP.receiveAll(from: socket).count
                }
            }
            #expect(received.allSatisfy { $0 < 10_000 })
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
                Array("GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".utf8),
                to: port)
            #expect(answer.status == 200)
            #expect(!serving.errors.contains("full"))
            #expect(try await serving.end(SIGTERM) == 0)
        }
    }
}

@Suite("Who goes when too many are connected")
struct CrowdOrderTests {
    /// A connection from an address whose last number is `host`.
    private static func channel(_ host: Int) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.connect(to: SocketAddress(ipAddress: "10.0.0.\(host)", port: 1000)).wait()
        return channel
    }

    private static func run(_ channels: [EmbeddedChannel]) {
        for channel in channels { channel.embeddedEventLoop.run() }
    }

    @Test func theAddressWithMostConnectionsLosesOne() throws {
        let crowd = Crowd(most: 4)
        let channels = try [1, 2, 2, 3, 4].map(Self.channel)
        for channel in channels { _ = crowd.enter(channel) }
        Self.run(channels)
        #expect(channels.map(\.isActive) == [true, false, true, true, true])
    }

    @Test func whoGetsOnWithABodyStays() throws {
        let crowd = Crowd(most: 2)
        let channels = try [1, 1, 1].map(Self.channel)
        crowd.waits(crowd.enter(channels[0]), as: .sending)
        for channel in channels.dropFirst() { _ = crowd.enter(channel) }
        Self.run(channels)
        #expect(channels.map(\.isActive) == [true, false, true])
    }

    /// All of them are owed an answer: the first that is not any more goes, and not who just came.
    @Test func theNewcomerStays() throws {
        let crowd = Crowd(most: 2)
        let channels = try [1, 2, 3].map(Self.channel)
        let tickets = channels.prefix(2).map(crowd.enter)
        tickets.forEach(crowd.isServed)
        _ = crowd.enter(channels[2])
        #expect(channels.map(\.isActive) == [true, true, true])
        crowd.isServed(crowd.enter(try Self.channel(4)))
        Self.run(channels)
        #expect(channels.map(\.isActive) == [true, true, false])
    }
}

@Suite("The room for bodies")
struct BodyRoomTests {
    private static let never: @Sendable () async throws -> Void = {
        try await Task.sleep(for: .seconds(60))
    }

    /// Begins a body of 40 bytes that never ends.
    private func begin(_ place: BodyRoom.Place) async throws -> Task<Void, any Error> {
        try place.take(40)
        let task = Task { try await place.fill(Self.never) }
        await Task.yield()
        return task
    }

    @Test func theOldestUnfinishedMakesWay() async throws {
        let room = BodyRoom(mostBytes: 100)
        let tasks = [try await begin(room.place()), try await begin(room.place())]
        let third = room.place()
        try third.take(50)
        await #expect(throws: Problem.busy) { try await tasks[0].value }
        #expect(room.takenBytes == 90)
        tasks[1].cancel()
        await #expect(throws: CancellationError.self) { try await tasks[1].value }
    }

    @Test func aDevicesNextBodyTakesThePlaceOfItsLast() async throws {
        let room = BodyRoom(mostBytes: 100)
        let device = DeviceKey().device
        let first = try await begin(room.place(of: device))
        let second = room.place(of: device)
        try await second.fill { try second.take(100) }
        await #expect(throws: Problem.busy) { try await first.value }
    }

    @Test func whatIsWholeStaysUntilNobodyHoldsIt() async throws {
        let room = BodyRoom(mostBytes: 100)
        var whole: BodyRoom.Place? = room.place()
        let place = try #require(whole)
        try await place.fill { try place.take(80) }
        let late = room.place()
        #expect(throws: Problem.busy) { try late.take(30) }
        #expect(room.takenBytes == 80)
        whole = nil
        withExtendedLifetime(place) {}
    }

    /// The log's errors are what the keeper should see to: a disk, and no crowd.
    @Test func whoHasToMakeWayIsNoErrorOfTheHubs() {
        for error in [Problem.busy, StoreError.busy(path: "hub.sqlite")] as [any Error] {
            #expect(Problem.putsOff(error))
        }
        for error in [
            Problem.full, StoreError.disk(path: "hub.sqlite"), StoreError.tooManyOpen(path: "x"),
        ]
            as [any Error]
        {
            #expect(!Problem.putsOff(error))
        }
    }
}
