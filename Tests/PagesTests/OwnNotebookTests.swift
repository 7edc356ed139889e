import HTTPTypes
import Notebook
import Pages
import Replication
import Testing

/// What "fieldbook open" shows: everything of one's own notebook, in one's own browser.
@Suite("One's own notebook in a browser")
struct OwnNotebookTests {
    let here: Neighbourhood

    init() throws {
        here = try Neighbourhood()
        here.parish.change { $0.isNotebook = true }
    }

    private func address(_ person: RecordID) -> String { "/person/\(Hex.encode(person.bytes))" }

    @Test("opens with one button, and then at what is due")
    func opens() async throws {
        here.parish.invite("once", .own(name: "Olga Organizer"))
        try await Site.of(here.parish) { site in
            let page = try await site.get("/join/once")
            #expect(page.text.contains("Open my notebook"))
            #expect(!page.text.contains("on this phone"))
            let answer = try await site.accept("/join/once")
            #expect(answer["Location"] == "/due")
            #expect(try await site.get("/join/once").status == 404)
        }
    }

    @Test("shows what is due with a button, and comes back to it")
    func due() async throws {
        let step = try here.parish.book.log(
            OneToOneNotes(on: here.parish.book.today, next: "bring bread <b>", due: nil),
            with: here.rosa)
        try await Site.of(here.parish) { site in
            let page = try await site.get("/due", as: here.olga)
            #expect(page.text.contains("Ask her to host a house meeting"))
            #expect(page.text.contains("4 days late"))
            #expect(page.text.contains("bring bread &lt;b&gt;"))
            #expect(page.text.contains("href=\"\(address(here.rosa))\""))
            let answer = try await site.post(
                "/turf/done", as: here.olga, "token=form-OlgaOrganizer&from=due&id=\(step)")
            #expect(answer["Location"] == "/due?saved=done")
            let after = try await site.get("/due?saved=done", as: here.olga)
            #expect(after.text.contains("Done: saved."))
            #expect(!after.text.contains("bring bread"))
        }
    }

    @Test("shows all about a person, one-to-ones and promises")
    func person() async throws {
        try await Site.of(here.parish) { site in
            let page = try await site.get(address(here.rosa), as: here.olga)
            #expect(page.text.contains("<h1><bdi>Rosa Álvarez</bdi></h1>"))
            #expect(page.text.contains("href=\"tel:6125550100\""))
            #expect(page.text.contains("\(Parish.canary) summary"))
            #expect(page.text.contains("bring three neighbours"))
            #expect(try await site.get("/turf", as: here.olga).text.contains(address(here.rosa)))
        }
    }

    @Test("shows what is arranged, and promises that were not kept")
    func arranged() async throws {
        let book = here.parish.book
        let plan = OneToOnePlan(on: book.today + 2, at: "18:30", place: "her <kitchen>")
        try book.schedule(plan, with: here.rosa)
        let broken = try book.promise("bring five", by: here.rosa, due: nil)
        try book.settle(broken, as: Commitment.broken)
        try await Site.of(here.parish) { site in
            for path in ["/due", address(here.rosa)] {
                let page = try await site.get(path, as: here.olga).text
                #expect(page.contains("18:30") && page.contains("her &lt;kitchen&gt;"), "\(path)")
            }
            let page = try await site.get(address(here.rosa), as: here.olga).text
            #expect(page.contains("<b>broken") && page.contains("bring five"))
        }
    }

    @Test("shows what is written in each entry of one person")
    func entries() async throws {
        let book = here.parish.book
        let other = try book.add(
            PersonDetails(name: "Rosa A.", phone: "612-555-0199", email: "rosa@example.org"))
        try book.edit(here.rosa, PersonDetails(email: "ralvarez@example.org"))
        try book.link(here.rosa, other)
        try await Site.of(here.parish) { site in
            let page = try await site.get(address(here.rosa), as: here.olga)
            #expect(page.text.contains("href=\"tel:6125550100\""))
            #expect(page.text.contains("href=\"tel:6125550199\""))
            #expect(page.text.contains("ralvarez@example.org, rosa@example.org"))
        }
    }

    @Test("logs a one-to-one from the form")
    func log() async throws {
        let today = here.parish.book.today
        try await Site.of(here.parish) { site in
            let answer = try await site.post(
                address(here.rosa) + "/met", as: here.olga,
                "token=form-OlgaOrganizer&on=\(today)&minutes=40&summary=The+buses%0D%0Aare+late"
                    + "&heard=buses%2C+rent&next=call+her&due=\(today + 2)")
            #expect(answer["Location"] == "\(address(here.rosa))?saved=logged")
            let page = try await site.get(address(here.rosa) + "?saved=logged", as: here.olga)
            #expect(page.text.contains("The one-to-one is saved."))
            #expect(page.text.contains("buses, rent"))
        }
        let meeting = try #require(
            try here.parish.book.oneToOnes(with: here.rosa, on: today).first)
        #expect(meeting.minutes == 40)
        #expect(meeting.summary == "The buses\nare late")
        #expect(Set(meeting.heard) == ["buses", "rent"])
        #expect(meeting.next == "call her")
        #expect(meeting.due == today + 2)
    }

    @Test(
        "saves nothing that is no day or no number, and keeps what was typed",
        arguments: [
            "on=31.12.2026&minutes=", "on=2026-11-24&minutes=many", "on=2026-11-24&minutes=-5",
            "on=2030-01-01&minutes=",
        ])
    func mistyped(_ fields: String) async throws {
        let before = try here.parish.fingerprint()
        try await Site.of(here.parish) { site in
            let answer = try await site.post(
                address(here.rosa) + "/met", as: here.olga,
                "token=form-OlgaOrganizer&\(fields)&summary=The+buses+are+late")
            #expect(answer.status == 422)
            #expect(answer.text.contains("The buses are late</textarea>"))
            #expect(answer.text.contains("class=\"complaint\" role=\"alert\""))
            let style = try await site.get("/style.css").text
            #expect(style.contains(".complaint{background:var(--redBack)"))
        }
        #expect(try here.parish.fingerprint() == before)
    }

    @Test("has a button for what we promised, and words in Spanish for who hears the page")
    func ourPromise() async throws {
        let promise = try here.parish.book.promise(
            "bring the flyer", by: here.rosa, due: nil, theirs: false)
        try await Site.of(here.parish) { site in
            for path in ["/due", address(here.rosa)] {
                let page = try await site.get(path, as: here.olga).text
                #expect(page.contains("value=\"\(Hex.encode(promise.bytes))\""), "\(path)")
            }
            let page = try await site.send(
                .get, "/due", as: here.olga, ["Accept-Language": "es"])
            for label in ["aria-label=\"Páginas\"", "aria-label=\"Palabras que buscar\""] {
                #expect(page.text.contains(label), "\(label)")
            }
        }
    }

    @Test("keeps the day of a next step until the step is said")
    func dayOfNoStep() async throws {
        let before = try here.parish.fingerprint()
        let day = here.parish.book.today + 2
        try await Site.of(here.parish) { site in
            let answer = try await site.post(
                address(here.rosa) + "/met", as: here.olga,
                "token=form-OlgaOrganizer&on=&summary=The+buses&next=+&due=\(day)")
            #expect(answer.status == 422)
            #expect(answer.text.contains("Say the step too, or leave the day out."))
            #expect(answer.text.contains("The buses</textarea>"))
            #expect(answer.text.contains("value=\"\(day)\""))
        }
        #expect(try here.parish.fingerprint() == before)
    }

    @Test("asks before the same one-to-one is logged twice")
    func twice() async throws {
        let book = here.parish.book
        let form = "token=form-OlgaOrganizer&on=\(book.today)&summary=The+buses"
        let path = address(here.rosa) + "/met"
        let before = try book.oneToOnes(with: here.rosa).count
        try await Site.of(here.parish) { site in
            #expect(try await site.post(path, as: here.olga, form).status == 303)
            let again = try await site.post(path, as: here.olga, form)
            #expect(again.status == 409)
            #expect(again.text.contains("is written down already"))
            #expect(again.text.contains("Log it once more?"))
            #expect(again.text.contains("The buses</textarea>"))
            let other = try await site.post(path, as: here.olga, form + "+and+rent")
            #expect(other.status == 409 && other.text.contains("You already logged a one-to-one"))
            #expect(try book.oneToOnes(with: here.rosa).count == before + 1)
            let first = try #require(try book.oneToOnes(with: here.rosa, on: book.today).first)
            let meant = form + "&anyway=\(Hex.encode(first.id.bytes))"
            #expect(again.text.contains("value=\"\(Hex.encode(first.id.bytes))\""))
            #expect(try await site.post(path, as: here.olga, meant).status == 303)
        }
        #expect(try book.oneToOnes(with: here.rosa).count == before + 2)
    }

    @Test("shows what was typed when the notebook was closed meanwhile")
    func closed() async throws {
        let before = try here.parish.fingerprint()
        try await Site.of(here.parish) { site in
            let answer = try await site.post(
                address(here.rosa) + "/met",
                "token=old&on=2026-11-24&summary=The+%3Cbuses%3E+are+late&next=call+her")
            #expect(answer.status == 403)
            #expect(answer.text.contains("This was not saved"))
            #expect(answer.text.contains("The &lt;buses&gt; are late\n\ncall her</textarea>"))
        }
        #expect(try here.parish.fingerprint() == before)
    }

    @Test("takes a note of many letters of any script")
    func long() async throws {
        let note = String(repeating: "%D0%B6", count: 20_000)
        try await Site.of(here.parish) { site in
            let answer = try await site.post(
                address(here.rosa) + "/met", as: here.olga,
                "token=form-OlgaOrganizer&on=\(here.parish.book.today)&summary=\(note)")
            #expect(answer.status == 303)
        }
        #expect(
            try here.parish.book.oneToOnes(with: here.rosa, on: here.parish.book.today)
                .first?.summary?.count == 20_000)
    }

    @Test("finds people and notes")
    func find() async throws {
        try await Site.of(here.parish) { site in
            let page = try await site.get("/find?q=alvarez", as: here.olga)
            #expect(page.text.contains("href=\"\(address(here.rosa))\""))
            let meeting = try await site.get("/find?q=\(Parish.canary)+summary", as: here.olga)
            #expect(meeting.text.contains("href=\"\(address(here.rosa))\""))
            let none = try await site.get("/find?q=%3Cscript%3E", as: here.olga)
            #expect(none.text.contains("Nothing here holds that"))
            #expect(!none.text.contains("<script>"))
        }
    }

    @Test("takes no form without the token, and shows nobody else anything")
    func strangers() async throws {
        let before = try here.parish.fingerprint()
        try await Site.of(here.parish) { site in
            let form = try await site.post(address(here.rosa) + "/met", as: here.olga, "token=x")
            #expect(form.status == 403)
            for page in ["/due", "/find?q=rosa", address(here.rosa)] {
                let answer = try await site.get(page)
                #expect(answer.status == 303)
                #expect(answer["Location"] == "/")
            }
            let missing = try await site.get(address(here.step), as: here.olga)
            #expect(missing.status == 404)
        }
        #expect(try here.parish.fingerprint() == before)
    }

    @Test("is nothing that a hub shows", arguments: ["/due", "/find?q=rosa", "/person/0"])
    func hub(_ page: String) async throws {
        here.parish.change { $0.isNotebook = false }
        try await Site.of(here.parish) { site in
            #expect(try await site.get(page, as: here.olga).status == 404)
            let list = try await site.get("/turf", as: here.olga)
            #expect(!list.text.contains("/person/"))
        }
    }
}
