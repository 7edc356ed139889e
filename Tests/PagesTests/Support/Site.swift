import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Pages
import Synchronization

/// The pages of a parish, and a browser of sorts that asks for them.
struct Site: Sendable {
    let client: any TestClientProtocol

    /// Runs `body` against the pages of `parish`.
    static func of(
        _ parish: Parish, log: LogBook = LogBook(), _ body: @Sendable (Site) async throws -> Void
    ) async throws {
        try await app(parish, log: log).test(.router) { try await body(Site(client: $0)) }
    }

    /// The pages beside routes that are not pages, one added before them and one after.
    static func app(
        _ parish: Parish, log: LogBook = LogBook(), port: Int = 0,
        onRunning: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let router = Router()
        router.get("/healthz") { _, _ in "well" }
        Pages.addRoutes(to: router, host: parish)
        router.post("/v1/sync") { _, _ -> String in throw HTTPError(.conflict, message: "mine") }
        return Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { onRunning($0.localAddress?.port ?? 0) }, logger: log.logger)
    }

    func send(
        _ method: HTTPRequest.Method, _ address: String, as token: String? = nil,
        _ headers: [String: String] = [:], body: String? = nil
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if let token {
            let others = fields[.cookie].map { $0 + "; " } ?? ""
            fields[.cookie] = others + "__Host-fieldbook=\(token)"
        }
        let response = try await client.executeRequest(
            uri: address, method: method, headers: fields,
            body: body.map { ByteBuffer(string: $0) })
        return Answer(response)
    }

    func get(_ address: String, as token: String? = nil) async throws -> Answer {
        try await send(.get, address, as: token)
    }

    /// Presses the button on an invitation's page, as a browser does that was shown it.
    func accept(_ address: String, as token: String? = nil) async throws -> Answer {
        let name = "__Host-fieldbook-invitation"
        let page = try await get(address)
        let given = page["Set-Cookie"]?.split(separator: ";").first.map(String.init)
        let value = given?.split(separator: "=").last.map(String.init) ?? "none"
        return try await post(
            address, as: token, "token=\(value)", ["Cookie": "\(name)=\(value)"])
    }

    /// Sends a form as our own page does in a browser.
    func post(
        _ address: String, as token: String? = nil, _ form: String = "",
        _ headers: [String: String] = [:]
    ) async throws -> Answer {
        let own = [
            "Content-Type": "application/x-www-form-urlencoded", "Origin": "null",
            "Sec-Fetch-Site": "same-origin",
        ]
        return try await send(
            .post, address, as: token, own.merging(headers) { $1 }, body: form)
    }
}

/// An answer, as text.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        text = String(buffer: response.body)
    }

    subscript(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    /// The page's tags, without its text and what forms would send.
    ///
    /// Read scalar by scalar, as browsers do: to Swift a ">" and an accent are one character.
    var tags: [String] {
        text.unicodeScalars.split(separator: "<").dropFirst().map { part in
            let tag = String(String.UnicodeScalarView(part.prefix { $0 != ">" }))
            return tag.split(separator: " value=").first.map(String.init) ?? tag
        }
    }
}

/// What was logged.
final class LogBook: Sendable {
    private let lines = Mutex<[String]>([])

    var text: String { lines.withLock { $0.joined(separator: "\n") } }

    var logger: Logger {
        Logger(label: "pages") { _ in Handler(book: self) }
    }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let line = "\(event.level) \(event.message) \(event.metadata ?? [:])"
            book.lines.withLock { $0.append(line) }
        }
    }
}
