import Foundation
import NIOCore

/// The address under which laptops and phones reach a hub, as invitations name it:
/// `https://hub.example.org`, and `http` on one machine alone.
package struct HubAddress: Sendable, Hashable {
    /// Without a slash at the end.
    package let url: String
    private let host: String
    private let isEncrypted: Bool

    /// Why a text is none.
    package enum Fault: Error, Equatable {
        /// Nobody could call a hub there.
        case notAnAddress
        /// What is sent there could be read on the way.
        case notEncrypted
    }

    package init(_ text: String) throws(Fault) {
        guard let parts = URLComponents(string: text), parts.query == nil, parts.fragment == nil,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let scheme = ["https", "http"].first(where: { text.hasPrefix($0 + "://") }),
            let host = Self.host(in: text.dropFirst(scheme.count + 3).prefix { $0 != "/" })
        else { throw .notAnAddress }
        url = String(text.reversed().drop { $0 == "/" }.reversed())
        self.host = host
        isEncrypted = scheme == "https"
        guard isEncrypted || Self.isLoopback(host) else { throw .notEncrypted }
    }

    /// Whether it leads no further than the machine that it is used on.
    package var isOfOneMachine: Bool { Self.isLoopback(host) || Self.isEvery(host) }

    /// Whether only this machine can reach a host. A name that begins like an address is none.
    package static func isLoopback(_ host: String) -> Bool {
        guard let address = try? SocketAddress(ipAddress: host, port: 0) else {
            return host == "localhost"
        }
        return address.protocol == .inet6 ? host == "::1" : host.hasPrefix("127.")
    }

    /// Whether a host stands for every address of the machine: one can listen there, and nobody can
    /// call it.
    package static func isEvery(_ host: String) -> Bool { ["0.0.0.0", "::"].contains(host) }
}

extension HubAddress {
    /// The host in `HOST` or `HOST:PORT`; nil where either is none. Nobody's name or password stands
    /// before it.
    private static func host(in authority: Substring) -> String? {
        let isBracketed = authority.hasPrefix("[")
        guard let end = isBracketed ? authority.firstIndex(of: "]") : authority.endIndex else {
            return nil
        }
        let colon = authority[(isBracketed ? end : authority.startIndex)...].firstIndex(of: ":")
        let host = authority[..<(colon ?? authority.endIndex)]
        guard colon.map({ isPort(authority[authority.index(after: $0)...]) }) ?? true else {
            return nil
        }
        return isBracketed ? inBrackets(host) : isName(host) ? String(host) : nil
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.allSatisfy { $0.isASCII && $0.isWholeNumber } && (UInt16(text) ?? 0) > 0
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.allSatisfy { $0.isLetter || $0.isWholeNumber || "-._".contains($0) }
    }

    /// An address of the sixth version.
    private static func inBrackets(_ text: Substring) -> String? {
        let address = String(text.dropFirst().dropLast())
        guard text.hasSuffix("]"),
            (try? SocketAddress(ipAddress: address, port: 0))?.protocol == .inet6
        else { return nil }
        return address
    }
}
