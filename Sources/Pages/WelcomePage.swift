import HTTPTypes
import Hummingbird

/// The front page: straight to the list for whoever is signed in, and a few words for others.
struct WelcomePage: Sendable {
    let host: any PageHost

    private struct Content {
        let wasSignedIn: Bool
        let cameFromElsewhere: Bool
        let isNotebook: Bool
    }

    func show(_ request: Request, _ parameters: Parameters) async throws -> Response {
        guard try await host.visitor(of: request) == nil else {
            return .seeOther(host.isNotebook ? DuePage.address : "/turf")
        }
        let site = HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }
        let content = Content(
            wasSignedIn: SessionCookie.token(of: request) != nil,
            // A link in a message opens without the strict cookie; a link of our own has it.
            cameFromElsewhere: site == "cross-site" || site == "same-site",
            isNotebook: host.isNotebook)
        return try await Templates.page(
            "welcome", content, congregation: host.congregation)
    }
}

extension Response {
    /// Sends the browser on to another page, by GET.
    static func seeOther(_ address: String) -> Response {
        Response(status: .seeOther, headers: [.location: address])
    }
}
