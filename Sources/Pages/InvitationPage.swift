import HTTPTypes
import Hummingbird

/// An invitation's page. Looking uses nothing up, since those who pass links on look at them too;
/// the button does.
struct InvitationPage: Sendable {
    let host: any PageHost

    private struct Phone {
        let name: String
        let code: String
    }

    private struct Laptop {
        let name: String
        let link: String
    }

    func show(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let code = parameters.get("code") ?? ""
        switch try await invitation(code) {
        case .page(let name):
            return try await page("invitation", Phone(name: Shown.line(name), code: code))
        case .laptop(let name, let link):
            return try await page("laptop", Laptop(name: Shown.line(name), link: link))
        case nil:
            return try await unusable()
        }
    }

    /// Signs in. The code is the form's token: who does not have it cannot send it.
    func accept(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let code = parameters.get("code") ?? ""
        _ = try await Form(of: request)
        guard Self.isCode(code), let token = try await host.signIn(code) else {
            return try await unusable()
        }
        if let old = SessionCookie.token(of: request) { try await host.signOut(old) }
        var response = Response.seeOther("/turf")
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
