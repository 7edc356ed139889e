import Foundation
package import Replication

/// How one hub's keeper names it to another's: `URL#HUBKEY`, or `#HUBKEY` for a hub that nobody can
/// call and that comes by itself. It is no secret: each keeper adds the other.
package struct PeerLink: Hashable, Sendable {
    /// Without a slash at the end; nil for a hub that comes by itself.
    package let url: String?
    package let hubKey: PublicKey

    package init(url: String?, hubKey: PublicKey) {
        self.url = url
        self.hubKey = hubKey
    }

    /// Reads a link. Throws `SyncError.notAPeerLink`. The address is not looked at.
    package init(_ text: String) throws {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let parts = text.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].contains("/join/"),
            let key = Base64URL.decode(parts[1]).flatMap({ PublicKey(bytes: $0) })
        else { throw SyncError.notAPeerLink }
        self.init(url: parts[0].isEmpty ? nil : String(parts[0]), hubKey: key)
    }

    package var link: String { "\(url ?? "")#\(Base64URL.encode(hubKey.bytes))" }
}
