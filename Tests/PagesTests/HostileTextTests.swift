import Foundation
import Notebook
import Replication
import Store
import Testing

@testable import Pages

@Suite("Hostile text")
struct HostileTextTests {
    static let payloads = [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>",
        "' onmouseover='alert(1)", "</bdi></li></ul><h1>Owned", "<!--", "-->", "<![CDATA[", "]]>",
        "&lt;script&gt;", "&#60;b&#62;", "&amp;", "&", "{{token}}", "{{{token}}}", "{{#people}}",
        "{{/people}}", "{{>page}}", "{{=<% %>=}}", "javascript:alert(1)", "</style><script>",
        "</title><script>", "\u{202E}gnp.exe", "\u{2066}\u{202D}abc", "\u{1}\u{9B}\u{1B}[31m",
        "\r\nSet-Cookie: a=b", "👩‍👩‍👧‍👦🏳️‍🌈", "Z\u{300}\u{301}\u{302}\u{303}", "\u{FEFF}\u{200B}", "نُور",
        "\u{202E}שלום", "' OR 1=1;--", "=1+1", "%00%3Cscript%3E", "<b>", "<a href=//evil>",
        "<base href=//evil>",
        "<meta http-equiv=refresh content=0>", "\u{FF1C}script\u{FF1E}", "＂onload=＂",
    ]

    /// Each payload as it is, and glued to scalars that make one character of it and its neighbour.
    static let names: [String] = payloads.flatMap { payload -> [String] in
        let scalars = payload.unicodeScalars.map { String($0) }
        return [
            payload, "\u{600}" + payload, scalars.map { "\u{600}" + $0 }.joined(),
            scalars.map { $0 + "\u{301}" }.joined(),
            payload + String(repeating: "m", count: 10_000),
        ]
    }

    private func page(_ texts: [String]) async throws -> Answer {
        let parish = try Parish()
        let book = parish.book
        let turf = try book.addTurf("T" + texts[0])
        try book.store.write { transaction in
            for text in texts {
                let person = Person.key(book.store.environment.newID())
                let met = OneToOne.key(book.store.environment.newID())
                try transaction.commit(
                    [
                        Edit(
                            person, home: turf,
                            [.set(Person.name, .text(text)), .set(Person.phone, .text("x" + text))]),
                        Edit(
                            met, home: turf,
                            [
                                .set(OneToOne.person, .id(person.id)),
                                .set(OneToOne.next, .text(text)),
                            ]),
                    ], by: book.me.member)
            }
        }
        parish.change { $0.name = texts[0] }
        let lena = parish.session("Lena", turfs: [turf])
        nonisolated(unsafe) var answer: Answer?
        try await Site.of(parish) { answer = try await $0.get("/turf", as: lena) }
        return try #require(answer)
    }

    @Test("is text: two hundred names make the page that plain names make")
    func inert() async throws {
        #expect(Self.names.count == 200)
        let plain = try await page(Self.names.map { _ in "Ana" })
        let hostile = try await page(Self.names)
        #expect(hostile.status == 200)
        #expect(hostile.tags == plain.tags)
        for scalar in hostile.text.unicodeScalars where scalar != "\n" {
            #expect(scalar.properties.generalCategory != .control)
        }
    }

    @Test("is text on an invitation too")
    func invitation() async throws {
        let parish = try Parish()
        try await Site.of(parish) { site in
            parish.invite("a", .page(name: "Ana"))
            parish.invite("b", .laptop(name: "Ana", link: "https://hub/join/b#K"))
            let plain = (try await site.get("/join/a").tags, try await site.get("/join/b").tags)
            for name in Self.names {
                parish.invite("a", .page(name: name))
                parish.invite("b", .laptop(name: name, link: name))
                #expect(try await site.get("/join/a").tags == plain.0)
                #expect(try await site.get("/join/b").tags == plain.1)
            }
        }
    }

    @Test("is escaped where Mustache's own escaping compares whole characters")
    func escaping() {
        let text = PageText().escapeText("\u{600}<b>\u{301}\"\u{301}&\u{200D}'")
        #expect(text == "\u{600}&lt;b&gt;\u{301}&quot;\u{301}&amp;\u{200D}&#39;")
    }

    @Test("is cut to what fits a phone, on one line")
    func cut() {
        #expect(Shown.line("Ana\u{0}\u{7}\nB") == "Ana B")
        #expect(Shown.line(String(repeating: "a", count: 80)).count == 80)
        #expect(Shown.line(String(repeating: "a", count: 81)).count == 81)
        #expect(Shown.line(String(repeating: "a", count: 99)).hasSuffix("a…"))
        let tower = "a" + String(repeating: "\u{301}", count: 9_999)
        #expect(Shown.line(tower).unicodeScalars.count == 81)
    }

    @Test("is never dialled: a number is digits")
    func phones() {
        #expect(Shown.dialled(" +1 (612) 555-0100 ext. 3") == "+16125550100")
        #expect(Shown.dialled("*#06#") == nil)
        #expect(Shown.dialled("javascript:alert(1)") == nil)
        #expect(Shown.dialled("٦١٢٥٥٥٠١٠٠") == nil)
        #expect(Shown.dialled("911") == "911")
    }

    @Test("has no unescaped place in a template but the hub's own report")
    func templates() {
        for (name, bytes) in Templates.sources {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.contains("{{{") == (name == "report"), "\(name)")
            #expect(!text.contains("{{&"))
            for word in ["<script", "javascript:", "http:", "https:", "//", " on", "style="] {
                #expect(word == " on" || !text.contains(word), "\(name): \(word)")
            }
        }
    }
}
