import HTTPTypes
import Testing

@testable import Pages

@Suite("A form")
struct FormTests {
    static let addresses = ["/turf/done", "/turf/kept", "/sign-out", "/join/phone-1"]
    let here: Neighbourhood

    init() throws {
        here = try Neighbourhood()
        here.parish.invite("phone-1", .page(name: "Lena"), turfs: [here.north])
    }

    private func expect(
        _ status: Int, _ address: String, _ headers: [String: String] = [:], form: String? = nil
    ) async throws {
        let before = try here.parish.fingerprint()
        try await Site.of(here.parish) { site in
            let answer = try await site.post(
                address, as: here.lena, form ?? "token=form-LenaLopez&id=\(here.step)", headers)
            #expect(answer.status == status, "\(address) \(headers)")
            #expect(answer.headers[.setCookie] == nil)
        }
        #expect(try here.parish.fingerprint() == before)
    }

    @Test("from another site is refused", arguments: addresses)
    func otherSite(address: String) async throws {
        for site in ["cross-site", "same-site", "Same-Origin", ""] {
            try await expect(403, address, ["Sec-Fetch-Site": site])
        }
        for origin in [
            "https://evil.example", "https://localhost.evil.example", "https://localhost:81",
            "localhost", "file://", "https://localhost/", "ftp://localhost", "https://a@localhost",
        ] { try await expect(403, address, ["Origin": origin]) }
    }

    @Test(
        "of another type is refused",
        arguments: [
            "text/plain", "multipart/form-data; boundary=x", "application/json", "",
            "application/x-www-form-urlencodedx",
        ])
    func otherType(type: String) async throws {
        for address in Self.addresses { try await expect(415, address, ["Content-Type": type]) }
    }

    @Test("of more than 16 KiB is refused", arguments: addresses)
    func tooLarge(address: String) async throws {
        let padding = String(repeating: "x", count: Form.maxBytes)
        try await expect(413, address, form: "token=form-LenaLopez&id=\(here.step)&x=\(padding)")
    }

    @Test(
        "without its page's token is refused",
        arguments: [
            "", "token=", "token=form-LenaLope", "token=form-LenaLopezz", "token=form-Olga",
        ])
    func wrongToken(token: String) async throws {
        for address in Self.addresses.dropLast() {
            try await expect(403, address, form: "\(token)&id=\(here.step)")
        }
    }

    @Test(
        "that cannot be read in one way only is refused",
        arguments: ["id=1&id=2", "token=a&token=a", "id=%zz", "%=1", "id=%ff"])
    func malformed(form: String) async throws {
        for address in Self.addresses { try await expect(400, address, form: form) }
    }

    @Test("from a browser that says nothing of where it comes from is held by its token alone")
    func oldBrowser() async throws {
        try await Site.of(here.parish) { site in
            for headers in [[:], ["Origin": "http://localhost"], ["Sec-Fetch-Site": "none"]] {
                let all = headers.merging([
                    "Content-Type": "Application/X-WWW-Form-URLencoded; charset=UTF-8"
                ]) { $1 }
                let answer = try await site.send(
                    .post, "/turf/done", as: here.lena, all,
                    body: "id=\(here.step)&token=form-LenaLopez")
                #expect(answer.status == 303)
            }
        }
    }

    @Test(
        "of somebody who is not signed in leads to the front page",
        arguments: addresses.dropLast())
    func signedOut(address: String) async throws {
        let before = try here.parish.fingerprint()
        try await Site.of(here.parish) { site in
            for token in [nil, "guess"] as [String?] {
                let answer = try await site.post(address, as: token, "id=\(here.step)&token=")
                #expect(answer.status == 303)
                #expect(answer["Location"] == "/")
            }
        }
        #expect(try here.parish.fingerprint() == before)
    }

    @Test("is decoded once")
    func decoding() throws {
        let fields = try Form.fields("a=%2541&b=x+y%3D&c&d=")
        #expect(fields == ["a": "%41", "b": "x y=", "c": "", "d": ""])
        #expect(Form.isEqual("abc", "abc"))
        #expect(!Form.isEqual("abc", "abd"))
        #expect(!Form.isEqual("abc", "ab"))
        #expect(!Form.isEqual("e\u{301}", "é"))
    }
}
