import Foundation
package import Replication

/// An invitation's link: `URL/join/CODE#HUBKEY`. It is the only secret ever in an address, serves
/// once, and pins the hub's key.
package struct Invitation: Hashable, Sendable {
    /// The hub's address, without a slash at the end.
    package let url: String
    /// 16 bytes.
    package let code: [UInt8]
    package let hubKey: PublicKey

    package init(url: String, code: [UInt8], hubKey: PublicKey) {
        self.url = url
        self.code = code
        self.hubKey = hubKey
    }

    /// Reads a link. Throws `SyncError.notAnInvitation`, or `.notEncrypted` for the link of a hub
    /// whose answers anybody on the way could read.
    package init(_ text: String) throws {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let parts = text.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count == 2, let join = parts[0].range(of: "/join/", options: .backwards),
            let code = Base64URL.decode(parts[0][join.upperBound...]), code.count == 16,
            let key = Base64URL.decode(parts[1]).flatMap({ PublicKey(bytes: $0) })
        else { throw SyncError.notAnInvitation }
        let url = String(parts[0][..<join.lowerBound])
        do {
            _ = try HubAddress(url)
        } catch {
            throw error == .notEncrypted ? SyncError.notEncrypted(url: url) : .notAnInvitation
        }
        self.init(url: url, code: code, hubKey: key)
    }

    package var link: String {
        "\(url)/join/\(Base64URL.encode(code))#\(Base64URL.encode(hubKey.bytes))"
    }
}

/// Base64 for addresses and file names, without padding (RFC 4648, section 5).
package enum Base64URL {
    package static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// Nil for text that `encode` does not write.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let plain = text.replacingOccurrences(of: "-", with: "+")
            .replacingOccurrences(of: "_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.count % 4) % 4)
        guard let bytes = Data(base64Encoded: plain + padding).map(Array.init) else { return nil }
        return encode(bytes) == String(text) ? bytes : nil
    }
}
