import Glibc
import NIOCore
import Notebook
import Replication
import Store
import Sync
import Testing

@testable import Hub

/// The hub waits a second where it otherwise waits ten.
@Suite("Who is slow before the hub")
struct SlowClientTests {
    private static let hurried = Patience(
        head: .seconds(1), piece: .seconds(1), whole: .seconds(20), answer: .seconds(20),
        next: .seconds(1), rest: .seconds(1))

    /// Sends a byte four times a second until the hub hangs up. False when it never does.
    private static func dribble(_ bytes: ArraySlice<UInt8>, to socket: Int32) -> Bool {
        for byte in bytes {
            guard TCP.send([byte], to: socket) else { return true }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count == 0 || (count < 0 && errno != EWOULDBLOCK) { return true }
            usleep(250_000)
        }
        return false
    }

    /// An enrolled device's own request, signed rightly, from its first byte or from its body on.
    @Test(arguments: [false, true])
    func whoSendsAByteNowAndThenIsHungUpOn(sendsHeadAtOnce: Bool) async throws {
        try await Parish.open(isServing: false) { parish in
            try await parish.serve(patience: Self.hurried)
            let port = await parish.server.port
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            let before = try parish.hub.logEnd()
            let request = try scribe.signed(try scribe.push([scribe.commit(1)]).encoded())
            let start = sendsHeadAtOnce ? request.bytes.count - request.body.count : 0
            async let hangUps = withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<30 {
                    group.addTask {
                        try await Blocking.run {
                            let socket = try TCP.connect(to: port)
                            defer { close(socket) }
                            TCP.send(request.bytes[..<start], to: socket)
                            return Self.dribble(request.bytes[start...], to: socket)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let ana = try await parish.laptop("Ana")
            for number in 0..<10 {
                try ana.add("P\(number)")
                #expect(try await ana.sync().isEven)
            }
            #expect(try await hangUps == [Bool](repeating: true, count: 30))
            #expect(try await scribe.write([scribe.commit(1)]).status == 200)
            #expect(try parish.hub.logEnd() > before)
        }
    }
}
