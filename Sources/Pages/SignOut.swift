import HTTPTypes
import Hummingbird

/// Ends a session: at the hub, and on the phone.
struct SignOut: Sendable {
    let host: any PageHost

    func end(_ request: Request, _ parameters: Parameters) async throws -> Response {
        let form = try await Form(of: request)
        guard let token = SessionCookie.token(of: request),
            let visitor = try await host.visitor(token)
        else { return .seeOther("/") }
        try form.check(visitor.formToken)
        try await host.signOut(token)
        var response = Response.seeOther("/")
        response.headers.append(contentsOf: SecurityHeaders.clearing)
        response.headers[.setCookie] = SessionCookie.ending
        return response
    }
}
