import Store
import Testing

@testable import Pages

@Suite("When something fails")
struct FailureTests {
    struct Leak: Error, CustomStringConvertible {
        let description = "kanarie: Rosa Álvarez, note, token"
    }

    @Test("the page has a number and nothing else, and so has the log")
    func opaque() async throws {
        let here = try Neighbourhood()
        here.parish.invite("phone-1", .page(name: "Rosa"))
        here.parish.change { $0.failure = Leak() }
        let log = LogBook()
        try await Site.of(here.parish, log: log) { site in
            for answer in [
                try await site.get("/turf", as: here.lena), try await site.get("/"),
                try await site.get("/join/phone-1"),
                try await site.post("/turf/done", as: here.lena, "id=\(here.step)"),
            ] {
                #expect(answer.status == 500)
                #expect(!answer.text.contains("kanarie"))
                #expect(answer["Content-Security-Policy"] != nil)
                let number = try #require(answer.text.split(separator: "<strong>").last)
                    .prefix { $0 != "<" }
                #expect((8...14).contains(number.count))
                #expect(log.text.contains("\(number)"))
            }
            #expect(log.text.contains("Leak"))
            for secret in ["kanarie", "Rosa", "phone-1", here.lena] {
                #expect(!log.text.contains(secret), "\(secret)")
            }
            here.parish.change { $0.failure = nil }
            #expect(try await site.get("/turf", as: here.lena).status == 200)
        }
    }

    @Test(
        "because too much is going on, the visitor is told to come again",
        arguments: [StoreError.busy(path: "kanarie"), .tooManyOpen(path: "kanarie")])
    func busy(failure: StoreError) async throws {
        let here = try Neighbourhood()
        here.parish.change { $0.failure = failure }
        try await Site.of(here.parish) { site in
            let answer = try await site.get("/turf", as: here.lena)
            #expect(answer.status == 503)
            #expect(answer["Retry-After"] == "30")
            #expect(answer.text.contains("Try again in a minute"))
            #expect(!answer.text.contains("kanarie"))
        }
    }

    @Test("because the disk is full, the visitor is told whom to tell")
    func diskFull() async throws {
        let here = try Neighbourhood()
        here.parish.change { $0.failure = StoreError.diskFull(path: "kanarie") }
        try await Site.of(here.parish) { site in
            let answer = try await site.get("/turf", as: here.lena)
            #expect(answer.status == 507)
            #expect(answer.text.contains("The disk of this hub is full"))
            #expect(answer.text.contains("tell your organizer"))
            #expect(!answer.text.contains("kanarie"))
        }
    }

    @Test("a token that could break out of the cookie signs nobody in")
    func token() {
        for token in ["a; Domain=evil", "", "a\r\nb", "é"] {
            #expect(throws: Refusal.unusableToken) { try SessionCookie.beginning(token) }
        }
    }
}
