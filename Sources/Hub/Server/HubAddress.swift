import Foundation
import NIOCore

/// The address under which laptops and phones reach a hub, as invitations name it.
package struct HubAddress: Sendable, Hashable {
    /// Without a slash at the end.
    package let url: String
    private let host: String

    /// Reads `https://hub.example.org`. Throws `HubError.notAURL` for what no laptop could reach.
    package init(_ text: String) throws {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            ["http", "https"].contains(parts.scheme), parts.user == nil, parts.password == nil,
            parts.query == nil, parts.fragment == nil,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw HubError.notAURL(text) }
        url = String(text.reversed().drop { $0 == "/" }.reversed())
        self.host = host.trimmingCharacters(in: ["[", "]"])
    }

    /// Whether it leads no further than the machine that it is used on.
    package var isOfOneMachine: Bool { Self.isLoopback(host) || Self.isEvery(host) }

    /// Whether only this machine can reach a host. A name that begins like an address is none.
    static func isLoopback(_ host: String) -> Bool {
        guard let address = try? SocketAddress(ipAddress: host, port: 0) else {
            return host == "localhost"
        }
        return address.protocol == .inet6 ? host == "::1" : host.hasPrefix("127.")
    }

    /// Whether a host stands for every address of the machine: one can listen there, and nobody can
    /// call it.
    static func isEvery(_ host: String) -> Bool { ["0.0.0.0", "::"].contains(host) }
}
