import Hummingbird

/// The nightly report, for organizers. For everybody else there is nothing here.
struct ReportPage: Sendable {
    let host: any PageHost

    private struct Content {
        /// HTML, from the hub's own report writer, which escapes what it quotes.
        let report: String?
    }

    func show(_ request: Request, _ parameters: Parameters) async throws -> Response {
        guard let visitor = try await host.visitor(of: request), visitor.isOrganizer else {
            throw Refusal.notFound
        }
        let content = Content(report: try await host.nightlyReport())
        return try await Templates.page("report", content, congregation: host.congregation)
    }
}
