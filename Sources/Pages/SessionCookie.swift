import HTTPTypes
import Hummingbird

/// The one thing that a browser keeps: the session's token.
///
/// `__Host-` and `Secure` tie it to this hub over TLS (browsers count 127.0.0.1 as safe),
/// `HttpOnly` hides it from scripts, and `SameSite=Strict` keeps it from every request that another
/// site caused. Opening an invitation from another app needs no cookie, and the button on it is a
/// request of our own page, so the list that follows gets the new one.
enum SessionCookie {
    static let name = "__Host-fieldbook"
    static let lifetimeSeconds = 30 * 24 * 60 * 60

    private static let attributes = "Path=/; Secure; HttpOnly; SameSite=Strict"

    /// The header's value that begins a session.
    static func beginning(_ token: String) throws -> String {
        // A token is the host's own; one that could end the cookie's value is a fault there.
        guard !token.isEmpty, token.utf8.allSatisfy(\.isBase64URL) else {
            throw Refusal.unusableToken
        }
        return "\(name)=\(token); Max-Age=\(lifetimeSeconds); \(attributes)"
    }

    /// The header's value that ends one.
    static let ending = "\(name)=; Max-Age=0; \(attributes)"

    /// The token that a request brings.
    static func token(of request: Request) -> String? {
        let token = request.cookies[name]?.value
        return token.flatMap { $0.isEmpty || $0.utf8.count > 256 ? nil : $0 }
    }
}

extension PageHost {
    /// Who is signed in on the phone that asks; nil for nobody.
    func visitor(of request: Request) async throws -> Visitor? {
        guard let token = SessionCookie.token(of: request) else { return nil }
        return try await visitor(token)
    }
}

extension UInt8 {
    /// Whether it is a letter of base64url (RFC 4648), the alphabet of codes and tokens.
    var isBase64URL: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
