import Hummingbird

/// What ties an invitation's form to the browser that was shown it, for as long as somebody looks at
/// the page. Another site can neither read nor set it.
enum InvitationCookie {
    static let name = "__Host-fieldbook-invitation"
    static let lifetimeSeconds = 60 * 60

    static func fresh() -> String {
        let digits = (0..<32).map { _ in String(UInt8.random(in: 0..<16), radix: 16) }
        return digits.joined()
    }

    /// The header's value that gives a browser the token.
    static func beginning(_ token: String) -> String {
        "\(name)=\(token); Max-Age=\(lifetimeSeconds); Path=/; Secure; HttpOnly; SameSite=Strict"
    }

    static func token(of request: Request) -> String? { request.cookies[name]?.value }
}
