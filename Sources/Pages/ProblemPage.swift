import HTTPTypes
import Hummingbird
import Logging
import Store
import Wording

/// The page for what went wrong. It never repeats what was sent, nor what an error says: both may
/// hold names.
enum ProblemPage {
    private struct Content {
        let heading: Phrase
        let advice: Phrase
        var incident: String?
    }

    static func response(to error: any Error, _ logger: Logger) throws -> Response {
        switch error {
        case let refusal as Refusal where refusal != .unusableToken:
            var response = try page(
                refusal.status, Content(heading: refusal.heading, advice: refusal.advice))
            if case .wrongMethod(let allowed) = refusal {
                response.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
            }
            if refusal == .busy { response.headers[.retryAfter] = "30" }
            return response
        case StoreError.busy, StoreError.tooManyOpen:
            return try self.response(to: Refusal.busy, logger)
        case StoreError.diskFull, StoreError.notWritable:
            return try self.response(to: Refusal.diskFull, logger)
        case let error as HTTPError where error.status.kind == .clientError:
            let refusal: Refusal = error.status == .notFound ? .notFound : .badForm
            return try page(
                error.status, Content(heading: refusal.heading, advice: refusal.advice))
        default:
            return try failure(error, logger)
        }
    }

    /// The visitor and the log get the same number, and nobody else's words.
    private static func failure(_ error: any Error, _ logger: Logger) throws -> Response {
        let incident = String(UInt64.random(in: .min ... .max), radix: 36)
        logger.error(
            "A page failed.",
            metadata: ["incident": "\(incident)", "error": "\(type(of: error))"])
        let content = Content(
            heading: "Something went wrong here",
            advice: "It is not your fault, and your list is safe. Try again in a minute.",
            incident: incident)
        return try page(.internalServerError, content)
    }

    private static func page(
        _ status: HTTPResponse.Status, _ content: Content
    ) throws -> Response {
        try Templates.page("problem", content, status: status)
    }
}
