import HTTPTypes
import Hummingbird

/// An invitation's page. Looking uses nothing up, since those who pass links on look at them too;
/// the button does.
struct InvitationPage: Sendable {
    let host: any PageHost

    private struct Offer {
        let name: String
        let code: String
        let token: String
    }

    private struct Laptop {
        let name: String
        let link: String
    }

    func show(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let code = parameters.get("code") ?? ""
        switch try await invitation(code) {
        case .own(let name):
            return try await offer("own", to: name, code)
        case .page(let name):
            return try await offer("invitation", to: name, code)
        case .laptop(let name, let link):
            return try await page("laptop", Laptop(name: Shown.line(name), link: link))
        case nil:
            return try await unusable()
        }
    }

    /// A page with the button.
    private func offer(
        _ template: String, to name: String, _ code: String
    ) async throws -> Response {
        let token = InvitationCookie.fresh()
        let offer = Offer(name: Shown.line(name), code: code, token: token)
        var response = try await page(template, offer)
        response.headers[.setCookie] = InvitationCookie.beginning(token)
        return response
    }

    /// Signs in. Another site could send a code of its own, so as to have a visitor write in
    /// somebody else's name: the form brings the token that its page gave this browser.
    func accept(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let code = parameters.get("code") ?? ""
        let form = try await Form(of: request)
        try form.check(InvitationCookie.token(of: request) ?? "")
        guard Self.isCode(code), let token = try await host.signIn(code) else {
            return try await unusable()
        }
        if let old = SessionCookie.token(of: request) { try await host.signOut(old) }
        var response = Response.seeOther(host.isNotebook ? DuePage.address : "/turf")
        response.headers[.setCookie] = try SessionCookie.beginning(token)
        return response
    }

    private func invitation(_ code: String) async throws -> InvitationView? {
        guard Self.isCode(code) else { return nil }
        return try await host.invitation(code)
    }

    private static func isCode(_ code: String) -> Bool {
        (1...64).contains(code.utf8.count) && code.utf8.allSatisfy(\.isBase64URL)
    }

    private func unusable() async throws -> Response {
        try await page("unusable", [String: String](), status: .notFound)
    }

    private func page(
        _ template: String, _ content: Any, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let congregation = try await host.congregation
        return try Templates.page(template, content, congregation: congregation, status: status)
    }
}
