import HTTPTypes
import Hummingbird
import Testing

@testable import Pages

@Suite("Every answer")
struct EveryAnswerTests {
    static let gets = [
        "/", "/join/phone-1", "/join/nobody", "/turf", "/report", "/style.css", "/x",
    ]
    let here: Neighbourhood

    init() throws {
        here = try Neighbourhood()
        here.parish.invite("phone-1", .page(name: "Lena"), turfs: [here.north])
    }

    private func checkHeaders(_ answer: Answer, _ what: String) {
        let expected = [
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": what == "/style.css"
                ? "public, max-age=31536000, immutable" : "no-store",
        ]
        for (name, value) in expected { #expect(answer[name] == value, "\(what): \(name)") }
        #expect(answer["Access-Control-Allow-Origin"] == nil)
        #expect(answer["Server"] == nil)
        let hasType = answer["Content-Type"]?.hasSuffix("; charset=utf-8") ?? answer.text.isEmpty
        #expect(hasType, "\(what): \(answer["Content-Type"] ?? "no type")")
    }

    @Test("has the security headers, whoever asks for whatever")
    func headers() async throws {
        try await Site.of(here.parish) { site in
            for token in [nil, "guess", here.lena, here.olga] as [String?] {
                for address in Self.gets {
                    checkHeaders(try await site.get(address, as: token), address)
                }
                checkHeaders(try await site.send(.delete, "/turf", as: token), "405")
                checkHeaders(try await site.post("/turf/done", as: token, "id=1"), "tick")
                checkHeaders(
                    try await site.post("/turf/done", as: token, "", ["Content-Type": "x"]), "415")
            }
            checkHeaders(try await site.accept("/join/phone-1"), "join")
            checkHeaders(
                try await site.post("/sign-out", as: here.lena, "token=form-LenaLopez"), "out")
        }
    }

    @Test("to GET and HEAD changes nothing, and HEAD is GET without the text")
    func reading() async throws {
        let before = try here.parish.fingerprint()
        try await Site.of(here.parish) { site in
            for token in [nil, here.lena, here.olga] as [String?] {
                for address in Self.gets + ["/turf/done", "/turf/kept", "/sign-out"] {
                    let get = try await site.send(.get, address, as: token)
                    let head = try await site.send(.head, address, as: token)
                    #expect(head.status == get.status)
                    #expect(head.text.isEmpty)
                    #expect(head["Content-Type"] == get["Content-Type"])
                    #expect(head["Content-Length"] == get["Content-Length"])
                }
            }
        }
        #expect(try here.parish.fingerprint() == before)
    }

    @Test("to a method that an address does not know names those it does")
    func methods() async throws {
        let known = [
            "/": "GET, HEAD", "/style.css": "GET, HEAD", "/turf": "GET, HEAD",
            "/join/phone-1": "GET, POST, HEAD", "/turf/done": "POST", "/turf/kept": "POST",
            "/sign-out": "POST", "/report": "GET, HEAD",
        ]
        try await Site.of(here.parish) { site in
            for (address, allow) in known {
                for method in ["PUT", "DELETE", "TRACE", "OPTIONS", "PATCH", "PROPFIND", "GETS"] {
                    let answer = try await site.send(
                        try #require(HTTPRequest.Method(method)), address, as: here.lena)
                    #expect(answer.status == 405, "\(method) \(address)")
                    #expect(answer["Allow"] == allow)
                }
            }
            #expect(try await site.post("/turf", as: here.lena).status == 405)
        }
    }

    @Test(
        "to an address that there is not is a page",
        arguments: [
            "/zzz", "/turf/x", "/.git", "/db.sqlite", "/join", "/turf/done/1", "/%2e%2e/etc",
        ])
    func nothing(address: String) async throws {
        try await Site.of(here.parish) { site in
            for method in [.get, .post, .put] as [HTTPRequest.Method] {
                let answer = try await site.send(method, address, as: here.lena)
                #expect(answer.status == 404)
                #expect(answer.text.contains("There is nothing here"))
                #expect(!answer.text.contains(address.dropFirst()))
            }
        }
    }

    @Test("outside the pages is left alone")
    func others() async throws {
        try await Site.of(here.parish) { site in
            let health = try await site.get("/healthz")
            #expect(health.text == "well")
            let sync = try await site.send(.post, "/v1/sync")
            #expect(sync.status == 409)
            #expect(sync.text.contains("mine"))
            #expect(sync["Content-Security-Policy"] == nil)
            #expect(try await site.get("/v1/none").text.isEmpty)
            #expect(try await site.get("/v1x").text.contains("There is nothing here"))
        }
    }

    @Test("is in the one table of ways in")
    func table() {
        let ways = Pages.routes(here.parish).map { "\($0.method) \($0.path)" }
        #expect(
            ways == [
                "GET /", "GET /style.css", "GET /join/{code}", "POST /join/{code}", "GET /turf",
                "POST /turf/done", "POST /turf/kept", "GET /report", "POST /sign-out",
            ])
    }
}
