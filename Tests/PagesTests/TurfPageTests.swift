import Foundation
import Notebook
import Pages
import Replication
import Testing

@Suite("A turf list on a phone")
struct TurfPageTests {
    let here: Neighbourhood

    init() throws { here = try Neighbourhood() }

    @Test("shows each person with what a leader needs")
    func shows() async throws {
        try await Site.of(here.parish) { site in
            let text = try await site.get("/turf", as: here.lena).text
            for part in [
                "<h2><bdi>North side</bdi></h2>", "Tuesday 24 November", "St. Brigid",
                "3 people · 1 overdue · 1 not met yet", "<bdi>Rosa Álvarez</bdi>",
                "href=\"tel:6125550100\">612-555-0100<", "Last met 7 weeks ago, Thu 1 Oct",
                "<bdi>Ask her to host a house meeting</bdi>", "4 days late, Fri 20 Nov",
                "<b>They promised:</b> <bdi>bring three neighbours</bdi>", "by Fri 27 Nov",
                "<b>We promised:</b> <bdi>send the bus times</bdi>", "<li class=\"overdue\">",
                "<b>Overdue</b>", "<b>In touch</b>", "<b>Not met yet</b>", "Met yesterday",
                "<i>due today</i>", "<p><bdi>ask</bdi></p>",
            ] { #expect(text.contains(part), "\(part)") }
        }
    }

    @Test("shows both numbers that two people wrote apart, and dials either")
    func bothNumbers() async throws {
        try here.parish.writeApart("(612) 555-0199", of: here.rosa)
        try await Site.of(here.parish) { site in
            let text = try await site.get("/turf", as: here.lena).text
            for link in [
                "<a href=\"tel:6125550199\">(612) 555-0199</a>",
                "<a href=\"tel:6125550100\">or 612-555-0100</a>",
            ] { #expect(text.contains(link), "\(link)") }
            #expect(!text.contains("<script"))
        }
    }

    @Test("keeps the order of the notebook, those first with whom something is overdue")
    func order() async throws {
        try await Site.of(here.parish) { site in
            let text = try await site.get("/turf", as: here.lena).text
            let names = try here.parish.book.turfList(here.north).map(\.name)
            let places = names.compactMap { text.range(of: $0)?.lowerBound }
            #expect(places.count == 3)
            #expect(places == places.sorted())
        }
    }

    @Test("has a button for each next step and for each promise that is theirs")
    func buttons() async throws {
        try await Site.of(here.parish) { site in
            let text = try await site.get("/turf", as: here.lena).text
            let ids = [here.step, here.theirs, here.ours].map { Hex.encode($0.bytes) }
            #expect(text.contains("<button name=\"id\" value=\"\(ids[0])\">Mark done</button>"))
            #expect(text.contains("value=\"\(ids[1])\" formaction=\"/turf/kept\">Kept</button>"))
            #expect(!text.contains(ids[2]))
            #expect(text.contains("name=\"token\" value=\"form-LenaLopez\""))
        }
    }

    @Test("holds nothing of other turfs, of summaries, assessments and reflections")
    func canary() async throws {
        try await Site.of(here.parish) { site in
            for address in ["/turf", "/turf?saved=done", "/", "/report", "/turf/done"] {
                let answer = try await site.get(address, as: here.lena)
                #expect(!answer.text.contains(Parish.canary), "\(address)")
                #expect(!answer.text.contains("77"))
            }
        }
    }

    @Test("shows an organizer every turf, and the people without one, but no judgements")
    func organizer() async throws {
        try await Site.of(here.parish) { site in
            let text = try await site.get("/turf", as: here.olga).text
            for part in [
                "North side", "South kanarie", "Without a turf", "Loose kanarie", "Far kanarie",
                "All turf lists", "href=\"/report\"", "href=\"#t2\"",
            ] { #expect(text.contains(part), "\(part)") }
            for part in ["basis", "story", "interest", "summary", "rent", "77"] {
                #expect(!text.contains("\(Parish.canary) \(part)"))
            }
        }
    }

    @Test("shows of a person in two turfs to each what is theirs, and to an organizer all of it")
    func inTwoTurfs() async throws {
        let book = here.parish.book
        let twin = try #require(try book.people(in: here.south).first?.id)
        try book.link(here.rosa, twin)
        try await Site.of(here.parish) { site in
            let leaders = try await site.get("/turf", as: here.lena).text
            #expect(leaders.contains("Last met 7 weeks ago, Thu 1 Oct"))
            #expect(!leaders.contains(Parish.canary))
            let organizers = try await site.get("/turf", as: here.olga).text
            #expect(!organizers.contains("Last met 7 weeks ago"))
            #expect(organizers.ranges(of: "pay \(Parish.canary)").count == 2)
        }
    }

    @Test("shows no number of an entry elsewhere to who may not read it")
    func numbersElsewhere() async throws {
        let book = here.parish.book
        let other = try book.add(PersonDetails(name: "Rosa A.", phone: "612-555-0199"))
        try book.link(here.rosa, other)
        try await Site.of(here.parish) { site in
            let leaders = try await site.get("/turf", as: here.lena).text
            #expect(leaders.contains("tel:6125550100") && !leaders.contains("6125550199"))
            let organizers = try await site.get("/turf", as: here.olga).text
            #expect(organizers.contains("tel:6125550199") && !organizers.contains("Rosa A."))
        }
    }

    @Test("takes two for one by nothing that its leader may not read")
    func linkedElsewhere() async throws {
        let book = here.parish.book
        let rose = try book.add(PersonDetails(name: "Rose", turf: here.north))
        let twin = try #require(try book.people(in: here.south).first?.id)
        for entry in [here.rosa, rose] { try book.link(entry, twin) }
        try await Site.of(here.parish) { site in
            let page = try await site.get("/turf", as: here.lena)
            #expect(page.text.contains("4 people") && page.text.contains("<bdi>Rose</bdi>"))
        }
    }

    @Test("explains itself to a visitor without a turf")
    func withoutTurf() async throws {
        let nobody = here.parish.session("New Leader")
        try await Site.of(here.parish) { site in
            let answer = try await site.get("/turf", as: nobody)
            #expect(answer.status == 200)
            #expect(answer.text.contains("You have no turf here yet"))
        }
    }

    @Test("confirms with a word, and says nothing that an address made up")
    func confirms() async throws {
        try await Site.of(here.parish) { site in
            let done = try await site.get("/turf?saved=done", as: here.lena)
            #expect(done.text.contains("Done: saved."))
            let forged = try await site.get("/turf?saved=%3Cb%3Eyou+won", as: here.lena)
            #expect(!forged.text.contains("you"))
            #expect(!forged.text.contains("role=\"status\""))
        }
    }

    @Test("is not there for somebody who is not signed in")
    func needsSession() async throws {
        try await Site.of(here.parish) { site in
            for token in [nil, "", "guess", "session-of-nobody"] as [String?] {
                let answer = try await site.get("/turf", as: token)
                #expect(answer.status == 303)
                #expect(answer["Location"] == "/")
                #expect(answer.text.isEmpty)
            }
        }
    }
}
