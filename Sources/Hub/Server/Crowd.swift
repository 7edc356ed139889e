import Foundation
import NIOCore
import Store
import Synchronization

/// The connections that a hub has at once. When there are too many, one that keeps it waiting goes:
/// whoever sends a request at once is served, however many others dawdle.
///
/// It goes from the address that has most of them, there the idle before those that send a body and
/// get on with it, and of these the one that has kept the hub waiting longest.
final class Crowd: Sendable {
    /// Why the hub waits for a connection.
    enum Wait: Int {
        case idle, sending
    }

    /// How many there may be.
    let most: Int

    /// How many more there may be for a moment: those that were told to go.
    static let leaving = 16

    private let state = Mutex(State())

    init(most: Int) {
        self.most = most
    }

    /// As many as the files that this process may open leave room for.
    static var thatFits: Int {
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count
        // Besides connections: the databases' own files, and the server's threads.
        let reserved = (open ?? 16) + leaving + 16
        return max(8, min(1024, OpenFiles.limit - reserved))
    }

    /// Lets a connection in, which is never the one that goes for it. Returns its ticket.
    func enter(_ channel: any Channel) -> UInt64 {
        let address = channel.remoteAddress?.network ?? 0
        let (ticket, leaver) = state.withLock { state in
            let ticket = state.add(channel, from: address)
            return (ticket, state.count > most ? state.removeWorst(but: ticket) : nil)
        }
        leaver?.close(promise: nil)
        return ticket
    }

    /// The hub has all of a request, and owes its answer.
    func isServed(_ ticket: UInt64) {
        state.withLock { $0.setWait(nil, of: ticket) }
    }

    /// From now on the hub waits for the connection once more: for a request, for a body, or for
    /// its answer to be taken.
    func waits(_ ticket: UInt64, as wait: Wait = .idle) {
        let leaver = state.withLock { state in
            state.setWait(wait, of: ticket)
            return state.count > most ? state.removeWorst() : nil
        }
        leaver?.close(promise: nil)
    }

    func leave(_ ticket: UInt64) {
        state.withLock { _ = $0.remove(ticket) }
    }
}

extension Crowd {
    private struct Guest {
        let channel: any Channel
        let address: UInt64
        /// Nil while the hub owes something.
        var wait: Wait?
        /// A number that grows: the lowest has waited longest.
        var since: UInt64
    }

    private struct State {
        private var guests: [UInt64: Guest] = [:]
        private var perAddress: [UInt64: Int] = [:]
        private var last: UInt64 = 0

        var count: Int { guests.count }

        mutating func add(_ channel: any Channel, from address: UInt64) -> UInt64 {
            last += 1
            guests[last] = Guest(channel: channel, address: address, wait: .idle, since: last)
            perAddress[address, default: 0] += 1
            return last
        }

        mutating func setWait(_ wait: Wait?, of ticket: UInt64) {
            last += 1
            guests[ticket]?.wait = wait
            guests[ticket]?.since = last
        }

        mutating func remove(_ ticket: UInt64) -> (any Channel)? {
            guard let guest = guests.removeValue(forKey: ticket) else { return nil }
            let left = (perAddress[guest.address] ?? 1) - 1
            perAddress[guest.address] = left == 0 ? nil : left
            return guest.channel
        }

        mutating func removeWorst(but newcomer: UInt64? = nil) -> (any Channel)? {
            let waiting = guests.filter { $0.key != newcomer && $0.value.wait != nil }
            return waiting.min { rank($0.value) < rank($1.value) }.flatMap { remove($0.key) }
        }

        /// Who has the lowest goes first.
        private func rank(_ guest: Guest) -> (Int, Int, UInt64) {
            (-(perAddress[guest.address] ?? 0), guest.wait?.rawValue ?? 0, guest.since)
        }
    }
}

extension SocketAddress {
    /// What one machine, or one household, cannot change at will: all of a version 4 address, and
    /// the first half of a version 6 one.
    fileprivate var network: UInt64 {
        switch self {
        case .v4(let address): UInt64(address.address.sin_addr.s_addr)
        case .v6(let address): withUnsafeBytes(of: address.address.sin6_addr, Self.network)
        case .unixDomainSocket: 0
        }
    }

    private static func network(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        let mapped = [UInt8](repeating: 0, count: 10) + [255, 255]
        let isMapped = bytes.prefix(12).elementsEqual(mapped)
        return (isMapped ? bytes[12...] : bytes[..<8]).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
