import Foundation
import Glibc
import Histories
import Synchronization

/// The network between laptops and hub: passes bytes on, counts them, and cuts connections where
/// the dice say.
package final class Proxy: Sendable {
    private let port: Int
    private let listener: Int32
    private let hubPort: @Sendable () -> Int
    private let weather: Mutex<Weather>

    private struct Weather {
        var dice: SplitMix64
        /// The most bytes that a connection passes before it is cut; nil in calm weather.
        var longest: Int?
        var cuts = 0
        var bytes = 0
        /// What to do after so many more bytes.
        var alarm: (after: Int, action: @Sendable () -> Void)?
    }

    /// The address at which it listens.
    package var url: String { "http://127.0.0.1:\(port)" }
    /// How many connections it has cut.
    package var cuts: Int { weather.withLock(\.cuts) }
    /// How many bytes have passed, in both directions.
    package var bytes: Int { weather.withLock(\.bytes) }

    /// Listens on a free port of this machine, and leads to the hub's.
    package init(seed: UInt64, hubPort: @escaping @Sendable () -> Int) throws {
        guard let (listener, port) = SocketAddress.listen() else {
            throw BenchError("The proxy cannot listen: \(errno).")
        }
        self.listener = listener
        self.port = port
        self.hubPort = hubPort
        weather = Mutex(Weather(dice: SplitMix64(seed: seed)))
    }

    /// Begins to pass connections on.
    package func start() {
        Thread.detachNewThread { [self] in accept() }
    }

    /// From now on, most connections are cut after at most this many bytes; nil for none.
    package func storm(longest: Int?) {
        weather.withLock { $0.longest = longest }
    }

    /// Does something once, when so many more bytes have passed.
    package func alarm(after bytes: Int, _ action: @escaping @Sendable () -> Void) {
        weather.withLock { $0.alarm = (bytes, action) }
    }

    private func accept() {
        while true {
            let laptop = Glibc.accept(listener, nil, nil)
            guard laptop >= 0 else { return }
            guard let hub = SocketAddress.connect(port: hubPort()) else {
                close(laptop)
                continue
            }
            let connection = Connection(laptop, hub, budget: budget())
            Thread.detachNewThread { [self] in pump(connection, from: laptop, to: hub) }
            Thread.detachNewThread { [self] in pump(connection, from: hub, to: laptop) }
        }
    }

    /// How many bytes a new connection may pass: evenly spread over the orders of magnitude.
    private func budget() -> Int? {
        weather.withLock { weather in
            guard let longest = weather.longest, Int.random(in: 0..<10, using: &weather.dice) < 6
            else { return nil }
            let magnitude = Double.random(in: 4...log2(Double(longest)), using: &weather.dice)
            return Int(exp2(magnitude))
        }
    }

    private func pump(_ connection: Connection, from: Int32, to: Int32) {
        var buffer = [UInt8](repeating: 0, count: 32_768)
        while true {
            let count = read(from, &buffer, buffer.count)
            guard count > 0 else { return connection.end() }
            let allowed = connection.take(count)
            note(allowed, isCut: allowed < count)
            guard Self.send(buffer[..<allowed], to), allowed == count else {
                return connection.end()
            }
        }
    }

    private static func send(_ bytes: ArraySlice<UInt8>, _ file: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var sent = 0
            while sent < buffer.count, let start = buffer.baseAddress {
                let count = Glibc.send(
                    file, start + sent, buffer.count - sent, Int32(MSG_NOSIGNAL))
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    private func note(_ count: Int, isCut: Bool) {
        let action = weather.withLock { weather -> (@Sendable () -> Void)? in
            weather.bytes += count
            if isCut { weather.cuts += 1 }
            guard let alarm = weather.alarm else { return nil }
            weather.alarm = alarm.after > count ? (alarm.after - count, alarm.action) : nil
            return alarm.after > count ? nil : alarm.action
        }
        action?()
    }
}

/// Two sockets that live and end together.
private final class Connection: Sendable {
    private let laptop: Int32
    private let hub: Int32
    private let budget: Mutex<Int?>

    init(_ laptop: Int32, _ hub: Int32, budget: Int?) {
        self.laptop = laptop
        self.hub = hub
        self.budget = Mutex(budget)
    }

    deinit {
        close(laptop)
        close(hub)
    }

    /// How many of so many bytes may still pass.
    func take(_ count: Int) -> Int {
        budget.withLock { budget in
            guard let left = budget else { return count }
            budget = max(0, left - count)
            return min(left, count)
        }
    }

    func end() {
        shutdown(laptop, Int32(SHUT_RDWR))
        shutdown(hub, Int32(SHUT_RDWR))
    }
}

/// IPv4 addresses of this machine.
private enum SocketAddress {
    static let size = socklen_t(MemoryLayout<sockaddr_in>.size)

    static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return address
    }

    /// Listens on a free port.
    static func listen() -> (file: Int32, port: Int)? {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = loopback(port: 0)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(file, $0, size) }
        }
        guard code == 0, Glibc.listen(file, 64) == 0, let port = port(of: file) else { return nil }
        return (file, port)
    }

    private static func port(of file: Int32) -> Int? {
        var address = sockaddr_in()
        var size = size
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(file, $0, &size)
            }
        }
        return code == 0 ? Int(in_port_t(bigEndian: address.sin_port)) : nil
    }

    static func connect(port: Int) -> Int32? {
        let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = loopback(port: port)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(file, $0, size)
            }
        }
        if code == 0 { return file }
        close(file)
        return nil
    }
}
