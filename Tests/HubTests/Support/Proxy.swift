import Foundation
import Glibc
import Replication
import Sync
import Synchronization

@testable import Hub

/// A network between a laptop and the hub: it remembers what the hub said, and can be cut.
final class Proxy: Sendable {
    private struct State {
        var upLimit = Int.max
        var downLimit = Int.max
        var said: [[UInt8]] = []
    }

    let port: Int
    private let listener: Int32
    private let target: Int
    private let state = Mutex(State())

    init(to target: Int) throws {
        self.target = target
        (listener, port) = try TCP.listen()
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Thread.detachNewThread { [self] in serve(client) }
            }
        }
    }

    var url: String { "http://127.0.0.1:\(port)" }

    func close() {
        shutdown(listener, Int32(SHUT_RDWR))
        Glibc.close(listener)
    }

    /// From now on each connection is cut after so many bytes to the hub, or from it.
    func cut(up: Int = .max, down: Int = .max) {
        state.withLock {
            $0.upLimit = up
            $0.downLimit = down
        }
    }

    private func serve(_ client: Int32) {
        guard let hub = try? TCP.connect(to: target) else {
            Glibc.close(client)
            return
        }
        let (up, down, index) = state.withLock { state in
            state.said.append([])
            return (state.upLimit, state.downLimit, state.said.count - 1)
        }
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread { [self] in
            pump(from: client, to: hub, limit: up, cutting: [client, hub], into: nil)
            ended.signal()
        }
        pump(from: hub, to: client, limit: down, cutting: [client, hub], into: index)
        ended.wait()
        for socket in [client, hub] { Glibc.close(socket) }
    }

    private func pump(
        from source: Int32, to sink: Int32, limit: Int, cutting sockets: [Int32], into index: Int?
    ) {
        var left = limit
        while left > 0 {
            let bytes = TCP.receive(from: source)
            guard !bytes.isEmpty else { break }
            let part = bytes.prefix(left)
            left -= part.count
            if let index { state.withLock { $0.said[index] += part } }
            guard TCP.send(part, to: sink) else { break }
        }
        for socket in sockets { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    /// Everything that the hub said: heads as they came, bodies inflated.
    var heard: [UInt8] {
        state.withLock { $0.said }.flatMap(Self.plain)
    }

    private static func plain(_ stream: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        var rest = stream
        while let answer = try? RawAnswer(rest), let end = rest.headEnd {
            let length = answer.headers["content-length"].flatMap { Int($0) } ?? 0
            let body = Array(rest[end...].prefix(length))
            plain += rest[..<end]
            plain += (try? Gzip.inflate(body, limit: Limits.inflatedBytes)) ?? body
            rest = Array(rest[end...].dropFirst(length))
        }
        return plain + rest
    }
}

extension [UInt8] {
    /// Where an HTTP message's body begins.
    fileprivate var headEnd: Int? {
        Data(self).range(of: Data("\r\n\r\n".utf8))?.upperBound
    }

    func holds(_ part: [UInt8]) -> Bool { Data(self).range(of: Data(part)) != nil }
}

extension Parish {
    /// A laptop that reaches the hub through a network that a test can watch and cut.
    func laptop(
        _ name: String, _ role: Role = .organizer, of turf: RecordID? = nil, through proxy: Proxy
    ) async throws -> Laptop {
        let direct = try await invitation(for: name, role, of: turf)
        let laptop = try notebook(name)
        try await laptop.join(
            Invitation(url: proxy.url, code: direct.code, hubKey: direct.hubKey))
        return laptop
    }

    func proxy() async throws -> Proxy { try Proxy(to: await server.port) }
}
