import Hummingbird
import Notebook
import Replication
import Store

/// What in one's own notebook holds some words.
struct FindPage: Sendable {
    let host: any PageHost

    private struct Content {
        let wanted: String
        let hits: [Hit]
    }

    private struct Hit {
        let name: String
        /// Where all about the person is whom it concerns.
        let page: String?
        let words: String?
    }

    func show(_ request: Request, _ parameters: Parameters) async throws -> Response {
        guard try await host.visitor(of: request) != nil else { return .seeOther("/") }
        let words = request.uri.queryParameters["q"].map { String($0) } ?? ""
        let wanted = String(words.prefix(200))
        guard wanted.contains(where: { !$0.isWhitespace }) else { return .seeOther("/turf") }
        let hits = try await host.notebook().find(wanted).map(hit)
        let content = Content(wanted: Shown.line(wanted), hits: hits)
        return try await Templates.page(
            "find", content, congregation: host.congregation, isOwn: true)
    }

    private func hit(_ found: Found) -> Hit {
        let snippet = Shown.line(found.snippet, upTo: Shown.noteLength)
        return Hit(
            name: Shown.line(found.title.words, upTo: Shown.noteLength),
            page: found.person.map(PersonPage.address),
            words: snippet == found.title.words || snippet.isEmpty ? nil : snippet)
    }
}
