import HTTPTypes
import Pages
import Testing

@Suite("An invitation")
struct InvitationTests {
    let here: Neighbourhood

    init() throws {
        here = try Neighbourhood()
        here.parish.invite("phone-1", .page(name: "Lena Lopez"), turfs: [here.north])
        let link = "https://hub.example/join/laptop-1#KEY"
        here.parish.invite("laptop-1", .laptop(name: "Olga", link: link))
    }

    @Test("shows a greeting and a button, and uses nothing up")
    func greets() async throws {
        let before = try here.parish.fingerprint()
        try await Site.of(here.parish) { site in
            for _ in 0..<3 {
                let page = try await site.get("/join/phone-1")
                #expect(page.status == 200)
                #expect(page.text.contains("Hello <bdi>Lena Lopez</bdi>"))
                #expect(page.text.contains("action=\"/join/phone-1\""))
                #expect(page.text.contains("Open my turf list"))
            }
        }
        #expect(try here.parish.fingerprint() == before)
    }

    @Test("signs in once, with a cookie that only this hub gets")
    func signsIn() async throws {
        try await Site.of(here.parish) { site in
            let answer = try await site.accept("/join/phone-1", as: "old-session")
            #expect(answer.status == 303)
            #expect(answer["Location"] == "/turf")
            #expect(
                answer["Set-Cookie"]
                    == "__Host-fieldbook=session-of-phone-1; Max-Age=2592000; "
                    + "Path=/; Secure; HttpOnly; SameSite=Strict")
            let list = try await site.get("/turf", as: "session-of-phone-1")
            #expect(list.text.contains("Rosa Álvarez"))
            let again = try await site.accept("/join/phone-1")
            #expect(again.status == 404)
            #expect(again["Set-Cookie"] == nil)
            #expect(again.text.contains("does not work any more"))
        }
    }

    /// It would have a visitor write in somebody else's name. An old browser says `Origin: null`.
    @Test("is accepted by the browser that was shown it, and for no other site")
    func formToken() async throws {
        try await Site.of(here.parish) { site in
            let page = try await site.get("/join/phone-1")
            #expect(page["Set-Cookie"]?.hasPrefix("__Host-fieldbook-invitation=") == true)
            #expect(page["Set-Cookie"]?.contains("HttpOnly; SameSite=Strict") == true)
            let form = ["Content-Type": "application/x-www-form-urlencoded", "Origin": "null"]
            for (cookie, body) in [("", ""), ("", "token="), ("", "token=x"), ("=y", "token=x")] {
                var headers = form
                if !cookie.isEmpty { headers["Cookie"] = "__Host-fieldbook-invitation" + cookie }
                let answer = try await site.send(.post, "/join/phone-1", headers, body: body)
                #expect(answer.status == 403)
                #expect(answer["Set-Cookie"] == nil)
            }
            #expect(try await site.accept("/join/phone-1").status == 303)
        }
    }

    @Test("ends the session that the phone had before")
    func endsOldSession() async throws {
        try await Site.of(here.parish) { site in
            _ = try await site.accept("/join/phone-1", as: here.lena)
            #expect(try await site.get("/turf", as: here.lena).status == 303)
        }
    }

    @Test("for a laptop shows the command, and its button does not exist")
    func laptop() async throws {
        try await Site.of(here.parish) { site in
            let page = try await site.get("/join/laptop-1")
            #expect(page.status == 200)
            #expect(page.text.contains("fieldbook join '"))
            #expect(page.text.contains("https://hub.example/join/laptop-1#KEY"))
            #expect(!page.text.contains("<form"))
            #expect(try await site.accept("/join/laptop-1").status == 404)
        }
    }

    @Test(
        "that is unknown says so kindly",
        arguments: ["nobody", "%00", "a%2Fb", "x'%20OR%201=1", "%252e%252e", "phone-1%20", "é"])
    func unknown(code: String) async throws {
        try await Site.of(here.parish) { site in
            for answer in [
                try await site.get("/join/\(code)"), try await site.accept("/join/\(code)"),
            ] {
                #expect(answer.status == 404)
                #expect(answer.text.contains("Ask your organizer for a new one"))
            }
        }
    }
}
