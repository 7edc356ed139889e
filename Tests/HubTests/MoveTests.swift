import Notebook
import Replication
import Store
import Sync
import Testing

@testable import Hub

@Suite("A person who is assigned to another turf")
struct MoveTests {
    @Test func movesWithMeetingsAndPromisesInOneAct() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let before = try scene.ana.store.meta().head.seq
            try scene.ana.notebook.assign([scene.rosa], to: scene.south)
            let commits = try scene.ana.store.request(for: parish.congregation).push?.entries ?? []
            #expect(commits.count == 3)
            #expect(Set(commits.compactMap { $0.commit?.transaction }) == [before + 3])
            try await scene.ana.sync()
            for laptop in [scene.ana, scene.sam] {
                try await laptop.sync()
                #expect(try laptop.notebook.people(in: scene.south).map(\.id) == [scene.rosa])
            }
        }
    }

    /// Two who assign her apart, to different turfs, are both shown, and one of them settles it.
    @Test func toTwoTurfsApartIsAConflictThatSomebodySettles() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let ben = try await parish.laptop("Ben")
            try await ben.sync()
            let east = try ben.notebook.addTurf("East")
            try ben.notebook.assign([scene.rosa], to: east)
            try scene.ana.notebook.assign([scene.rosa], to: scene.south)
            try await parish.syncAll(scene.ana, ben)
            for laptop in [scene.ana, ben] {
                let conflicts = try laptop.notebook.conflicts()
                #expect(conflicts.map(\.field) == ["turf"])
                #expect(conflicts.first?.values.map(\.by).sorted() == ["Ana", "Ben"])
            }
            let values = try ben.notebook.conflicts()[0].values
            let number = try #require(values.firstIndex { $0.value == .id(east) })
            try ben.notebook.settle(
                Person.key(scene.rosa), field: "turf", .take(number + 1))
            try await parish.syncAll(ben, scene.ana, scene.lena, scene.sam)
            for laptop in [scene.ana, ben] {
                #expect(try laptop.notebook.conflicts().isEmpty)
                #expect(try laptop.notebook.person(scene.rosa)?.turf == east)
                for meeting in try laptop.notebook.oneToOnes(with: scene.rosa) {
                    #expect(try laptop.space(of: OneToOne.key(meeting.id)) == east)
                }
            }
            #expect(try await scene.differences(of: scene.sam, reading: scene.south) == [])
        }
    }

    /// Lena, a leader of North, is given South and then becomes an organizer: whom she had written down
    /// in the North has left her laptop, and comes back, on whichever page of the log.
    @Test func comesBackToALeaderWhoBecomesAnOrganizer() async throws {
        try await Parish.open(pageSize: PageSize(commits: 4)) { parish in
            let scene = try await TwoTurfs(parish)
            for number in 1...20 { try scene.ana.add("Before \(number)", turf: scene.south) }
            try await scene.ana.sync()
            try scene.lena.add("Omar Khan", turf: scene.north)
            try await scene.lena.sync()
            try await scene.lena.join(
                try await parish.invitation(for: "Lena", .leader, of: scene.south))
            #expect(try await scene.lena.sync().left > 0)
            #expect(try !scene.lena.names().contains("Omar Khan"))
            try await scene.lena.join(try await parish.invitation(for: "Lena"))
            #expect(try await scene.lena.sync().repaired == 0)
            #expect(try scene.lena.names().contains("Omar Khan"))
        }
    }

    /// Ben reads everything, and hears last that Rosa has moved: as a leader of where she lived.
    @Test(arguments: [false, true])
    func leavesWhoeverReadEverythingAndReadsOneTurfNow(bySnapshot: Bool) async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let ben = try await parish.laptop("Ben")
            try await ben.sync()
            #expect(try ben.names() == ["Rosa Alvarez"])
            try await scene.move(scene.rosa, to: scene.south)
            try await parish.hub.catchUp()
            if bySnapshot { #expect(try parish.hub.buildSnapshot()) }
            try await ben.join(try await parish.invitation(for: "Ben", .leader, of: scene.north))
            let report = try await ben.sync()
            #expect(report.repaired == 0)
            #expect((report.bootstrap != nil) == bySnapshot)
            #expect(try ben.names() == [])
            #expect(try await scene.differences(of: ben, reading: scene.north) == [])
        }
    }

    @Test func isFollowedByWhatOthersWroteOffline() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let ben = try await parish.laptop("Ben")
            try await ben.sync()
            let meeting = try ben.meet(scene.rosa, "Ben was offline.")
            let promise = try ben.notebook.promise("speak", by: scene.rosa, due: nil)
            try await scene.move(scene.rosa, to: scene.south)
            try await ben.sync()
            try await parish.syncAll(scene.lena, scene.sam, scene.ana)
            for key in [OneToOne.key(meeting), Commitment.key(promise)] {
                #expect(try parish.place(of: key) == scene.south)
            }
            #expect(try scene.sam.notebook.oneToOnes(with: scene.rosa).count == 2)
            #expect(try scene.lena.notebook.oneToOnes(with: scene.rosa).isEmpty)
            #expect(try await scene.differences(of: scene.sam, reading: scene.south) == [])
            #expect(try await scene.differences(of: scene.lena, reading: scene.north) == [])
        }
    }

    /// A leader may not move anything: what she wrote about somebody who has left waits for an
    /// organizer, and her sync ends all the same.
    @Test func leavesALeadersOfflineMeetingWhereAnOrganizerFindsIt() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let meeting = try scene.lena.meet(scene.rosa, "Lena was offline.")
            try await scene.move(scene.rosa, to: scene.south)
            try await scene.lena.sync()
            #expect(try scene.lena.refusals() == [])
            try await parish.syncAll(scene.ana, scene.lena)
            let met = try scene.ana.notebook.oneToOnes(with: scene.rosa).map(\.id)
            #expect(met.contains(meeting))
        }
    }

    @Test(arguments: [false, true])
    func endsInOnePlaceWhenTwoAssignThemApart(isBenFirst: Bool) async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let ben = try await parish.laptop("Ben")
            try await ben.sync()
            try scene.ana.notebook.assign([scene.rosa], to: scene.south)
            try ben.notebook.assign([scene.rosa], to: Space.organizers)
            let order = isBenFirst ? [ben, scene.ana] : [scene.ana, ben]
            for laptop in order { try await laptop.sync() }
            try await parish.syncAll(scene.ana, ben, scene.lena, scene.sam)
            let place = try #require(try parish.place(of: Person.key(scene.rosa)))
            for laptop in [scene.ana, ben] {
                #expect(try laptop.space(of: Person.key(scene.rosa)) == place)
                for meeting in try laptop.notebook.oneToOnes(with: scene.rosa) {
                    #expect(try laptop.space(of: OneToOne.key(meeting.id)) == place)
                }
                #expect(try laptop.problems() == [])
            }
            #expect(try scene.ana.fingerprints() == ben.fingerprints())
            #expect(try scene.sam.names() == (place == scene.south ? ["Rosa Alvarez"] : []))
            #expect(try scene.lena.names() == [])
            #expect(try await scene.differences(of: scene.sam, reading: scene.south) == [])
        }
    }

    /// Lena was given the south for a day, and wrote about Omar there. It is sent, and its answer lost;
    /// by the next time she has the north again (simulator seed 351004).
    @Test func whoWasAddedToATurfInBetweenLeaves() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let lena = scene.lena
            try await lena.join(parish.invitation(for: "Lena", .leader, of: scene.south))
            let omar = try lena.add("Omar Khan", turf: scene.south)
            #expect(try lena.space(of: Person.key(omar)) == scene.south)
            try await lena.copied(in: parish).sync()
            try await lena.join(parish.invitation(for: "Lena", .leader, of: scene.north))
            try await lena.sync()
            #expect(try lena.names() == ["Rosa Alvarez"])
            #expect(try lena.refusals() == [])
            #expect(try await scene.differences(of: lena, reading: scene.north) == [])
            try await scene.sam.sync()
            #expect(try scene.sam.names() == ["Omar Khan"])
        }
    }

    @Test func aLeadersReportSaysThatItIsOfHerTurf() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let words = "This notebook is a leader's: all of it is of your turf alone."
            #expect(try await scene.lena.run("report", "one-to-ones").output.contains(words))
            #expect(try await !scene.ana.run("report", "one-to-ones").output.contains(words))
        }
    }

    @Test func mayBeManyPeopleAtOnce() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let people = try (0..<300).map { try scene.ana.add("Neighbor \($0)") }
            for person in people { try scene.ana.meet(person, "heard much") }
            try scene.ana.notebook.assign(people, to: scene.north)
            try await scene.ana.sync()
            try await scene.lena.sync()
            #expect(try scene.lena.names().count == 301)
            try scene.ana.notebook.assign(people, to: scene.south)
            try await scene.ana.sync()
            #expect(try await scene.lena.sync().left == 600)
            try await scene.sam.sync()
            #expect(try scene.sam.names().count == 300)
            #expect(try await scene.differences(of: scene.sam, reading: scene.south) == [])
            #expect(try await scene.differences(of: scene.lena, reading: scene.north) == [])
        }
    }
}
