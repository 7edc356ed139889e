import Foundation
import GRDB
import Notebook
import Replication
import Store
import Testing

@testable import Hub

@Suite("One person in two entries, and two leaders")
struct SamePersonTests {
    private func link(_ laptop: Laptop) throws -> [RecordKey] {
        try laptop.store.read { db in
            try Data.fetchAll(db, sql: "SELECT id FROM record WHERE kind = 9").compactMap {
                RecordID(bytes: $0).map { RecordKey(SamePerson.kind.number, $0) }
            }
        }
    }

    /// Whether an id stands anywhere in a laptop's files.
    private func knows(_ laptop: Laptop, _ id: RecordID) throws -> Bool {
        try [laptop.path, laptop.path + "-wal"].contains { path in
            try Data(contentsOf: URL(filePath: path)).range(of: Data(id.bytes)) != nil
        }
    }

    @Test("A leader sees the one person of two entries in her turf, on her laptop and on her phone")
    func inOneTurf() async throws {
        try await Parish.open { parish in
            let town = try await TwoTurfs(parish)
            let twin = try town.ana.add("R. Alvarez", phone: "555-0199", turf: town.north)
            try town.ana.notebook.link(town.rosa, twin)
            try await parish.syncAll(town.ana, town.lena, town.sam)
            #expect(try town.lena.names() == ["Rosa Alvarez"])
            #expect(try town.lena.notebook.turfList(town.north).first?.phones.count == 2)
            #expect(try link(town.sam).isEmpty)
            try await parish.hub.catchUp()
            #expect(try parish.hub.own.turfList(town.north).map(\.name) == ["Rosa Alvarez"])
            #expect(try await town.differences(of: town.lena, reading: town.north) == [])
        }
    }

    @Test("No leader hears that there is an entry elsewhere; the link follows who moves")
    func elsewhere() async throws {
        try await Parish.open { parish in
            let town = try await TwoTurfs(parish)
            let twin = try town.ana.add("R. Alvarez", turf: town.south)
            try town.ana.notebook.link(town.rosa, twin)
            try await parish.syncAll(town.ana, town.lena, town.sam)
            #expect(try town.ana.names() == ["Rosa Alvarez"])
            #expect(try town.lena.names() == ["Rosa Alvarez"])
            #expect(try town.sam.names() == ["R. Alvarez"])
            #expect(try !knows(town.lena, twin) && !knows(town.sam, town.rosa))
            #expect(try link(town.lena).isEmpty && link(town.sam).isEmpty)

            try await town.move(twin, to: town.north)
            try await parish.syncAll(town.lena, town.sam)
            #expect(try town.lena.names() == ["Rosa Alvarez"])
            #expect(try town.lena.notebook.person(twin)?.others.count == 1)
            #expect(try town.sam.names() == [] && link(town.sam).isEmpty)

            try await town.move(town.rosa, to: town.south)
            try await parish.syncAll(town.lena, town.sam)
            #expect(try town.lena.names() == ["R. Alvarez"])
            #expect(try link(town.lena).isEmpty && link(town.sam).isEmpty)
            #expect(try town.lena.problems() == [] && town.ana.problems() == [])
        }
    }

    @Test("Who linked two while somebody moved one takes the link out of the turf")
    func linkedWhileMoved() async throws {
        try await Parish.open { parish in
            let town = try await TwoTurfs(parish)
            let bo = try await parish.laptop("Bo")
            let twin = try town.ana.add("R. Alvarez", turf: town.north)
            try await parish.syncAll(town.ana, bo)
            try bo.notebook.link(town.rosa, twin)
            try await town.move(twin, to: town.south)
            try await bo.sync()
            try await parish.syncAll(bo, town.ana, town.lena, town.sam)
            let key = try #require(try link(bo).first)
            #expect(try bo.space(of: key) == Space.organizers)
            #expect(try link(town.lena).isEmpty && link(town.sam).isEmpty)
            #expect(try town.ana.names() == ["Rosa Alvarez"])
            #expect(try bo.notebook.conflicts().isEmpty)
        }
    }

    @Test("A leader says nothing of who is the same, neither in words nor past them")
    func leadersDoNot() async throws {
        try await Parish.open { parish in
            let town = try await TwoTurfs(parish)
            let twin = try town.lena.add("R. Alvarez")
            try await parish.syncAll(town.lena, town.ana)
            #expect(throws: NotebookError.organizersLink) {
                try town.lena.notebook.link(town.rosa, twin)
            }
            let pair = PersonPair(town.rosa, twin)
            try town.lena.act(
                Edit(
                    SamePerson.key(pair), home: town.north,
                    [
                        .set(SamePerson.a, .id(pair.a)), .set(SamePerson.b, .id(pair.b)),
                        .set(SamePerson.verdict, .text(SamePerson.same)),
                    ]))
            try await parish.syncAll(town.lena, town.ana)
            #expect(try town.lena.refusals() == ["grant"])
            #expect(try town.ana.names().count == 2)
        }
    }

    @Test("What two said apart meets at the hub, and the night's report asks about it no more")
    func overTheHub() async throws {
        try await Parish.open { parish in
            let (ana, bo) = (try await parish.laptop("Ana"), try await parish.laptop("Bo"))
            let people = try ["Rosa Alvarez", "Rosa Alvarez", "rosa alvarez"].map {
                try ana.add($0)
            }
            try await parish.syncAll(ana, bo)
            #expect(try await Nightly(hub: parish.hub).run().duplicateCount == 3)
            try ana.notebook.link(people[0], people[1])
            try bo.notebook.link(people[1], people[0])
            try bo.notebook.dismiss(people[1], people[2])
            try await parish.syncAll(ana, bo)
            let night = try await Nightly(hub: parish.hub).run()
            #expect(night.duplicateCount == 0 && night.people == 2 && night.conflicts.isEmpty)
            #expect(night.problems == [])

            // Links that make one person of two whom somebody told apart.
            let fourth = try ana.add("Rosie")
            try await parish.syncAll(ana, bo)
            try ana.notebook.link(people[2], fourth)
            try bo.notebook.link(people[0], fourth)
            try await parish.syncAll(ana, bo)
            let next = try await Nightly(hub: parish.hub).run()
            #expect(next.people == 4 && next.contested.map(\.chain.count) == [4])
            let report = try #require(next.report)
            #expect(
                try String(contentsOfFile: report, encoding: .utf8).contains(
                    "Called one person and two"))
        }
    }
}
