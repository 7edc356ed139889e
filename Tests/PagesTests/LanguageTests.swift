import Foundation
import HTTPTypes
import Notebook
import Pages
import Testing

@Suite("A phone that speaks Spanish")
struct LanguageTests {
    let here: Neighbourhood
    private static let spanish = ["Accept-Language": "es-MX,es;q=0.9,en;q=0.8"]

    init() throws { here = try Neighbourhood() }

    @Test("shows the turf list in Spanish, and names as they are")
    func turf() async throws {
        try await Site.of(here.parish) { site in
            let answer = try await site.send(.get, "/turf", as: here.lena, Self.spanish)
            #expect(answer["Vary"] == "Accept-Language")
            for part in [
                "<html lang=\"es\">", "<h2><bdi>North side</bdi></h2>", "martes 24 de noviembre",
                "<bdi>Rosa Álvarez</bdi>", "<bdi>Ask her to host a house meeting</bdi>",
                "<b>Con atraso</b>",
            ] { #expect(answer.text.contains(part), "\(part)") }
            for part in ["Overdue", "They promised", "Sign out", "Last met", " people ·"] {
                #expect(!answer.text.contains(part), "\(part)")
            }
        }
    }

    @Test("is told in Spanish what went wrong, and what to do")
    func problem() async throws {
        try await Site.of(here.parish) { site in
            let answer = try await site.send(.get, "/nowhere", as: nil, Self.spanish)
            #expect(answer.status == 404)
            #expect(answer.text.contains("<html lang=\"es\">"))
            #expect(!answer.text.contains("There is nothing here"))
        }
    }

    @Test("A phone of another language gets English")
    func others() async throws {
        try await Site.of(here.parish) { site in
            let answer = try await site.send(
                .get, "/turf", as: here.lena, ["Accept-Language": "fr, de;q=0.5"])
            #expect(answer.text.contains("<html lang=\"en\">"))
            #expect(answer.text.contains("Tuesday 24 November"))
        }
    }
}
