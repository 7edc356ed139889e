import HTTPTypes
import Pages
import Testing

@Suite("The front page, the report and signing out")
struct SessionTests {
    let here: Neighbourhood

    init() throws { here = try Neighbourhood() }

    @Test("The front page says what this is, and sends whoever is signed in to their list")
    func front() async throws {
        try await Site.of(here.parish) { site in
            let page = try await site.get("/")
            #expect(page.status == 200)
            #expect(page.text.contains("you need an invitation"))
            #expect(!page.text.contains("not signed in here"))
            #expect(!page.text.contains("/turf"))
            let inside = try await site.get("/", as: here.lena)
            #expect(inside.status == 303)
            #expect(inside["Location"] == "/turf")
            #expect(try await site.get("/", as: "ended").text.contains("not signed in here"))
        }
    }

    @Test("A link from a message arrives without the strict cookie, and finds a way on")
    func fromElsewhere() async throws {
        try await Site.of(here.parish) { site in
            let page = try await site.send(.get, "/", ["Sec-Fetch-Site": "cross-site"])
            #expect(page.text.contains("href=\"/turf\""))
        }
    }

    @Test("Signing out ends the session at the hub, and empties the phone")
    func signOut() async throws {
        try await Site.of(here.parish) { site in
            let answer = try await site.post("/sign-out", as: here.lena, "token=form-LenaLopez")
            #expect(answer.status == 303)
            #expect(answer["Location"] == "/")
            #expect(answer["Clear-Site-Data"] == "\"cache\", \"storage\"")
            #expect(
                answer["Set-Cookie"]
                    == "__Host-fieldbook=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Strict")
            #expect(try await site.get("/turf", as: here.lena).status == 303)
        }
    }

    @Test("The report is for organizers, and for others there is nothing")
    func report() async throws {
        try await Site.of(here.parish) { site in
            for token in [nil, here.lena, "guess"] as [String?] {
                let answer = try await site.get("/report", as: token)
                #expect(answer.status == 404)
                #expect(answer.text == (try await site.get("/nowhere")).text)
            }
            #expect(try await site.get("/report", as: here.olga).text.contains("No report yet"))
            here.parish.change { $0.report = "<h1>Night</h1><p>2 &lt; 3</p>" }
            let answer = try await site.get("/report", as: here.olga)
            #expect(answer.text.contains("<h1>Night</h1><p>2 &lt; 3</p>"))
        }
    }
}
