import HTTPTypes
import Hummingbird
import Logging
import Wording

/// What holds for every page: the reader's language, its security headers, and a page for whatever
/// went wrong.
struct Frame<Context: RequestContext>: RouterMiddleware {
    /// The addresses that are not pages.
    let others: [String]

    func handle(
        _ request: Request, context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard !request.isUnder(others) else { return try await next(request, context) }
        let language = Language(accepting: request.headers[.acceptLanguage] ?? "")
        return try await Language.$current.withValue(language) {
            try await page(request, context, next)
        }
    }

    private func page(
        _ request: Request, _ context: Context,
        _ next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = try ProblemPage.response(to: error, context.logger)
            if request.method == .head { response = response.createHeadResponse() }
        }
        SecurityHeaders.add(to: &response.headers)
        return response
    }
}

/// Answers for the addresses that no route has: the methods that the address does know (405), or
/// that there is nothing (404).
struct Unrouted<Context: RequestContext>: RouterMiddleware {
    let routes: [Route]
    let others: [String]

    func handle(
        _ request: Request, context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        // A route that somebody adds later passes here too, and has its address by now.
        guard context.endpointPath == nil, !request.isUnder(others) else {
            return try await next(request, context)
        }
        let methods = routes.filter { $0.matches(request.uri.path) }.map(\.method)
        guard !methods.isEmpty else { throw Refusal.notFound }
        let head: [HTTPRequest.Method] = methods.contains(.get) ? [.head] : []
        throw Refusal.wrongMethod(allowed: methods + head)
    }
}

extension Request {
    /// Whether the address is one of these, or below one.
    func isUnder(_ prefixes: [String]) -> Bool {
        prefixes.contains { uri.path == $0 || uri.path.hasPrefix($0 + "/") }
    }
}

extension Route {
    /// Whether this is the route's address. A part that begins with a colon stands for any one.
    fileprivate func matches(_ address: String) -> Bool {
        let parts = address.split(separator: "/")
        let own = path.description.split(separator: "/")
        return parts.count == own.count
            && zip(parts, own).allSatisfy { $0 == $1 || $1.hasPrefix(":") || $1.hasPrefix("{") }
    }
}
