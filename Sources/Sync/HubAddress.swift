import NIOCore

/// The address under which laptops and phones reach a hub, as invitations name it:
/// `https://hub.example.org`, and `http` on one machine alone.
package struct HubAddress: Sendable, Hashable {
    /// Without a slash at the end.
    package let url: String
    let host: String
    let port: Int
    /// Host and port as the address has them, and as a request names them.
    let authority: String
    /// What precedes every path at the hub; most often nothing.
    let path: String
    let isEncrypted: Bool

    /// Why a text is none.
    package enum Fault: Error, Equatable {
        /// Nobody could call a hub there.
        case notAnAddress
        /// What is sent there could be read on the way.
        case notEncrypted
    }

    package init(_ text: String) throws(Fault) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3F && $0 != 0x23 }),
            let scheme = ["https", "http"].first(where: { text.hasPrefix($0 + "://") })
        else { throw .notAnAddress }
        let rest = text.dropFirst(scheme.count + 3)
        let authority = rest.prefix { $0 != "/" }
        guard let (host, port) = Self.hostAndPort(in: authority) else { throw .notAnAddress }
        url = Self.withoutSlashes(text[...])
        path = Self.withoutSlashes(rest[authority.endIndex...])
        isEncrypted = scheme == "https"
        self.authority = String(authority)
        self.host = host
        self.port = port ?? (isEncrypted ? 443 : 80)
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
    /// The two in `HOST` or `HOST:PORT`; nil where either is none. Nobody's name or password stands
    /// before them.
    private static func hostAndPort(in authority: Substring) -> (host: String, port: Int?)? {
        let isBracketed = authority.hasPrefix("[")
        guard let end = isBracketed ? authority.firstIndex(of: "]") : authority.endIndex else {
            return nil
        }
        let colon = authority[(isBracketed ? end : authority.startIndex)...].firstIndex(of: ":")
        let text = authority[..<(colon ?? authority.endIndex)]
        guard let host = isBracketed ? inBrackets(text) : isName(text) ? String(text) : nil else {
            return nil
        }
        guard let colon else { return (host, nil) }
        return port(authority[authority.index(after: colon)...]).map { (host, $0) }
    }

    private static func port(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            let port = UInt16(text), port > 0
        else { return nil }
        return Int(port)
    }

    private static func withoutSlashes(_ text: Substring) -> String {
        var text = text
        while text.hasSuffix("/") { text.removeLast() }
        return String(text)
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
