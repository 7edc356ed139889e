import Foundation
import Hummingbird
import Notebook
import Pages
import Replication
import Store
import Synchronization
import Testing

@Suite(
    "A leader on a phone, in a real browser", .serialized,
    .enabled(if: Chromium.whyMissing == nil, "\(Chromium.whyMissing ?? "")"),
    .timeLimit(.minutes(10)))
struct LeaderOnAPhoneTests {
    let pictures: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fieldbook-pages")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        pictures = folder.path
    }

    /// Serves a parish's pages on a free port of 127.0.0.1, and opens a browser.
    private func visit(
        _ parish: Parish, isPhone: Bool = true,
        _ body: (Chromium, String) async throws -> Void
    ) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let app = Site.app(parish) { port.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await app.runService(gracefulShutdownSignals: []) }
            let number = try #require(await ports.first { _ in true })
            let browser = try await Chromium(isPhone: isPhone)
            do {
                try await body(browser, "http://127.0.0.1:\(number)")
            } catch {
                await browser.quit()
                throw error
            }
            await browser.quit()
            group.cancelAll()
        }
    }

    @Test("opens the invitation, presses the button, and ticks what is done")
    func twoMinutes() async throws {
        let here = try Neighbourhood()
        here.parish.invite("phone-1", .page(name: "Lena Lopez"), turfs: [here.north])
        try await visit(here.parish) { browser, hub in
            // The link comes from another app: a page of another site.
            try await browser.open("data:text/html,<a href='\(hub)/join/phone-1'>Come in</a>")
            try await browser.press("a")
            #expect(try await browser.text().contains("Hello Lena Lopez"))
            try await check(browser)
            try await browser.picture(pictures + "/invitation.png")

            try await browser.press("button")
            #expect(try await browser.value("location.href") == hub + "/turf")
            #expect(try await browser.text().contains("Ask her to host a house meeting"))
            try await check(browser)
            try await browser.picture(pictures + "/turf.png")
            try await browser.setDark(true)
            try await browser.picture(pictures + "/turf-dark.png")
            try await browser.setDark(false)

            try await browser.press("button[value='\(Hex.encode(here.step.bytes))']")
            #expect(try await browser.text().contains("Done: saved."))
            #expect(!(try await browser.text().contains("Ask her to host")))
            try await browser.press("button[formaction='/turf/kept']")
            #expect(try await browser.text().contains("Kept: saved."))
            try await check(browser)
            try await browser.picture(pictures + "/ticked.png")

            try await browser.press("footer button")
            #expect(try await browser.text().contains("you need an invitation"))
            try await browser.open(hub + "/turf")
            #expect(try await browser.value("location.pathname") == "/")
            try await check(browser)
        }
        #expect(try here.meeting(here.step, with: here.rosa).done == here.parish.book.today)
        #expect(try here.promise(here.theirs).status == Commitment.kept)
        #expect(here.parish.published == 2)
    }

    /// What holds on every page: no secret in reach of a script, nothing kept, nothing wider than
    /// the phone, nothing too small for a thumb, and nothing that the browser complains of.
    private func check(_ browser: Chromium) async throws {
        #expect(try await browser.value("document.cookie") == "")
        #expect(try await browser.value("localStorage.length + sessionStorage.length") == 0)
        let width: Int = try await browser.value("document.documentElement.scrollWidth")
        #expect(width <= 360)
        let small: [String] = try await browser.value(
            """
            [...document.querySelectorAll('a, button')].filter(e => { \
            const box = e.getBoundingClientRect(); return box.height < 44 || box.width < 44 }) \
            .map(e => e.outerHTML)
            """)
        #expect(small.isEmpty)
        let complaints = try await browser.complaints()
        #expect(complaints.isEmpty, "\(complaints)")
    }

    @Test("is not fooled by a form of another site")
    func otherSite() async throws {
        let here = try Neighbourhood()
        here.parish.invite("phone-1", .page(name: "Lena Lopez"), turfs: [here.north])
        try await visit(here.parish) { browser, hub in
            try await browser.open(hub + "/join/phone-1")
            try await browser.press("button")
            let form = """
                <form method=post action='\(hub)/turf/done'>\
                <input name=token value=form-phone-1>\
                <button name=id value=\(here.step)>Win a phone</button></form>
                """
            try await browser.open("data:text/html,\(form)")
            try await browser.press("button")
            #expect(try await browser.text().contains("That came from somewhere else"))
        }
        #expect(try here.meeting(here.step, with: here.rosa).done == nil)
    }

    @Test("reads hostile names as names")
    func hostile() async throws {
        let parish = try Parish()
        let turf = try parish.book.addTurf("<b>North</b>")
        // As another program may write them, longer than any that is taken here.
        _ = try parish.book.store.write { transaction in
            for name in HostileTextTests.names {
                let key = Person.key(parish.book.store.environment.newID())
                try transaction.commit(
                    [
                        Edit(
                            key, home: turf,
                            [
                                .set(Person.name, .text("Ana " + name)),
                                .set(Person.phone, .text("612555\u{202E}0100")),
                            ])
                    ], by: parish.book.me.member)
            }
        }
        parish.invite("phone-1", .page(name: "<i>Lena"), turfs: [turf])
        try await visit(parish) { browser, hub in
            try await browser.open(hub + "/join/phone-1")
            try await browser.press("button")
            #expect(try await browser.value("document.querySelectorAll('h3').length") == 200)
            #expect(try await browser.value("document.querySelectorAll('bdi *').length") == 0)
            let number = "getComputedStyle(document.querySelector('a[href^=tel]')).unicodeBidi"
            #expect(try await browser.value(number) == "isolate")
            let odd = "script, img, svg, iframe, base, [onclick], [onload], [onmouseover]"
            #expect(try await browser.value("document.querySelectorAll('\(odd)').length") == 0)
            try await check(browser)
            try await browser.picture(pictures + "/hostile.png")
        }
    }

    @Test("is fit for long lists, for paper and for an organizer's laptop")
    func elsewhere() async throws {
        let (parish, _) = try SizeTests.crowd()
        let turf = try #require(try parish.book.turfs().first).id
        parish.invite("phone-1", .page(name: "Lena Lopez"), turfs: [turf])
        try await visit(parish, isPhone: false) { browser, hub in
            try await browser.open(hub + "/join/phone-1")
            try await browser.picture(pictures + "/invitation-laptop.png")
            try await browser.press("button")
            #expect(try await browser.complaints() == [])
            try await browser.picture(pictures + "/turf-laptop.png")
            try await browser.printed(pictures + "/turf.pdf")
        }
    }
}
