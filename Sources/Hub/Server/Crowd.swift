import Foundation
import NIOCore
import Store
import Synchronization

/// The connections that a hub has at once. When there are too many, the one that has kept it waiting
/// longest goes: whoever sends a request at once is served, however many others dawdle.
final class Crowd: Sendable {
    /// How many there may be.
    let most: Int

    /// How many more there may be for a moment: those that were told to go.
    static let leaving = 16

    fileprivate struct State {
        var count = 0
        var lastTicket: UInt64 = 0
        /// Those that owe the hub something, the longest first by their tickets.
        var waiting: [UInt64: any Channel] = [:]
    }

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

    /// Lets a connection in. Returns its ticket, with which it waits.
    func enter(_ channel: any Channel) -> UInt64 {
        let (ticket, leaver) = state.withLock { state in
            state.count += 1
            let ticket = state.wait(channel)
            let longest = state.count > most ? state.waiting.keys.min() : nil
            return (ticket, longest.flatMap { state.waiting.removeValue(forKey: $0) })
        }
        leaver?.close(promise: nil)
        return ticket
    }

    /// The hub has all of a request, and owes its answer.
    func isServed(_ ticket: UInt64) {
        state.withLock { _ = $0.waiting.removeValue(forKey: ticket) }
    }

    /// The hub has answered. Returns the connection's next ticket.
    func waits(_ channel: any Channel) -> UInt64 {
        state.withLock { $0.wait(channel) }
    }

    func leave(_ ticket: UInt64) {
        state.withLock { state in
            state.count -= 1
            state.waiting[ticket] = nil
        }
    }
}

extension Crowd.State {
    fileprivate mutating func wait(_ channel: any Channel) -> UInt64 {
        lastTicket += 1
        waiting[lastTicket] = channel
        return lastTicket
    }
}
