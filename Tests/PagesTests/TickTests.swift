import Notebook
import Pages
import Replication
import Testing

@Suite("Ticking something off")
struct TickTests {
    let here: Neighbourhood

    init() throws { here = try Neighbourhood() }

    private func form(_ id: some CustomStringConvertible, _ name: String = "LenaLopez") -> String {
        "token=form-\(name)&id=\(id)"
    }

    @Test("finishes a next step in the leader's name, and hands it to the hub")
    func done() async throws {
        try await Site.of(here.parish) { site in
            let answer = try await site.post("/turf/done", as: here.lena, form(here.step))
            #expect(answer.status == 303)
            #expect(answer["Location"] == "/turf?saved=done")
        }
        #expect(try here.meeting(here.step, with: here.rosa).done == here.parish.book.today)
        #expect(here.parish.published == 1)
        let line = try #require(
            try here.parish.book.history(of: OneToOne.key(here.step)).last { $0.field == "done" })
        #expect(line.by == "member 0000000b")
    }

    @Test("marks a promise as kept")
    func kept() async throws {
        try await Site.of(here.parish) { site in
            let answer = try await site.post("/turf/kept", as: here.lena, form(here.theirs))
            #expect(answer["Location"] == "/turf?saved=kept")
        }
        let promise = try here.promise(here.theirs)
        #expect(promise.status == Commitment.kept)
        #expect(promise.settledOn == here.parish.book.today)
    }

    @Test("twice changes nothing the second time")
    func twice() async throws {
        try await Site.of(here.parish) { site in
            for (address, id) in [("/turf/done", here.step), ("/turf/kept", here.theirs)] {
                _ = try await site.post(address, as: here.lena, form(id))
                let before = try here.parish.fingerprint()
                let again = try await site.post(address, as: here.lena, form(id))
                #expect(again["Location"] == "/turf?saved=already")
                #expect(try here.parish.fingerprint() == before)
            }
        }
    }

    @Test("does not turn a broken promise into a kept one")
    func broken() async throws {
        try here.parish.book.settle(here.theirs, as: Commitment.broken)
        try await Site.of(here.parish) { site in
            let answer = try await site.post("/turf/kept", as: here.lena, form(here.theirs))
            #expect(answer["Location"] == "/turf?saved=already")
        }
        #expect(try here.promise(here.theirs).status == Commitment.broken)
    }

    @Test("of another turf, of nobody's and of nothing is one and the same miss")
    func elsewhere() async throws {
        let before = try here.parish.fingerprint()
        try await Site.of(here.parish) { site in
            let unknown = RecordID(rawValue: 0xFFFF).description
            let miss = try await site.post("/turf/done", as: here.lena, form(unknown))
            #expect(miss.status == 404)
            let ids = [
                here.farStep.description, here.looseStep.description, here.farPromise.description,
                here.rosa.description, here.theirs.description, "' OR 1=1", "\0", ";--", "",
            ]
            for id in ids {
                let answer = try await site.post("/turf/done", as: here.lena, form(id))
                #expect(answer.status == 404, "\(id)")
                #expect(answer.text == miss.text)
            }
            for id in ids.filter({ $0 != here.theirs.description }) + ["\(here.step)"] {
                #expect(
                    try await site.post("/turf/kept", as: here.lena, form(id)).text == miss.text)
            }
        }
        #expect(try here.parish.fingerprint() == before)
    }

    @Test("works for an organizer in every turf, and without one")
    func organizer() async throws {
        try await Site.of(here.parish) { site in
            for id in [here.farStep, here.looseStep] {
                let answer = try await site.post(
                    "/turf/done", as: here.olga, form(id, "OlgaOrganizer"))
                #expect(answer["Location"] == "/turf?saved=done")
            }
        }
    }
}
