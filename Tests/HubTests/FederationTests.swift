import Foundation
import GRDB
import Notebook
import Replication
import Store
import Sync
import Testing
import Wording

@testable import Hub

@Suite("Hubs of a federation")
struct FederationTests {
    @Test func twoCongregationsKnowTheSameInstitutions() async throws {
        try await Neighbors.open(2) { hubs in
            let ana = try await hubs[0].laptop("Ana")
            let ben = try await hubs[1].laptop("Ben")
            let school = try ana.notebook.addInstitution("Fairview School")
            try ana.add("Rosa Alvarez", phone: "555-0142")
            try await ana.sync()
            try await hubs.agree(0, 1)
            try await hubs.night()
            try await ben.sync()
            #expect(try ben.notebook.title(of: school) == "Fairview School")
            #expect(try ben.names() == [])
            try await hubs.night()
            #expect(try await Set(hubs.fingerprints(of: Space.commons)).count == 1)
            #expect(try hubs.problems() == [])
        }
    }

    @Test func whatTwoCongregationsWroteApartIsAConflictAtBoth() async throws {
        try await Neighbors.open(2) { hubs in
            let ana = try await hubs[0].laptop("Ana")
            let ben = try await hubs[1].laptop("Ben")
            let school = try ana.notebook.addInstitution("Fairview")
            try await ana.sync()
            try await hubs.agree(0, 1)
            try await hubs.night()
            try await ben.sync()
            try ana.act(
                Edit(Institution.key(school), [.set(Institution.name, .text("Fairview School"))]))
            try ben.act(
                Edit(Institution.key(school), [.set(Institution.name, .text("Fairview High"))]))
            try await ana.sync()
            try await ben.sync()
            try await hubs.night()
            for laptop in [ana, ben] {
                try await laptop.sync()
                let conflicts = try laptop.notebook.conflicts()
                #expect(
                    Set(conflicts.flatMap(\.values).compactMap(\.value.text))
                        == ["Fairview School", "Fairview High"])
            }
            #expect(try await Set(hubs.fingerprints(of: Space.commons)).count == 1)
        }
    }

    @Test func inARingEveryCommitIsAppendedOnceAndNothingEchoes() async throws {
        try await Neighbors.open(3) { hubs in
            let laptops = try await [
                hubs[0].laptop("Ana"), hubs[1].laptop("Ben"), hubs[2].laptop("Cleo"),
            ]
            for (a, b) in [(0, 1), (1, 2), (2, 0)] { try await hubs.agree(a, b) }
            for (index, laptop) in laptops.enumerated() {
                try laptop.notebook.addInstitution("School \(index)")
                try await laptop.sync()
            }
            try await hubs.night()
            try await hubs.night()
            #expect(try await Set(hubs.fingerprints(of: Space.commons)).count == 1)
            let ends = try hubs.parishes.map { try $0.hub.logEnd() }
            let third = try await hubs.night()
            #expect(third.map(\.received).reduce(0, +) == 0)
            #expect(third.allSatisfy { $0.traffic.roundTrips <= 2 })
            #expect(try hubs.parishes.map { try $0.hub.logEnd() } == ends)
            #expect(try hubs.problems() == [])
        }
    }

    @Test func whatOneHubKnowsGoesAlongALineOfHubs() async throws {
        try await Neighbors.open(3) { hubs in
            let ana = try await hubs[0].laptop("Ana")
            let cleo = try await hubs[2].laptop("Cleo")
            try await hubs.agree(0, 1)
            try await hubs.agree(1, 2)
            let school = try ana.notebook.addInstitution("Fairview School")
            try await ana.sync()
            try await hubs.night(0)
            try await hubs.night(1)
            try await cleo.sync()
            #expect(try cleo.notebook.title(of: school) == "Fairview School")
            try cleo.act(
                Edit(Institution.key(school), [.set(Institution.city, .text("Easton"))]))
            try await cleo.sync()
            try await hubs.night(2)
            try await hubs.night(1)
            try await ana.sync()
            #expect(try await Set(hubs.fingerprints(of: Space.commons)).count == 1)
            #expect(try hubs.problems() == [])
        }
    }

    @Test func nothingOfOtherSpacesIsEverSaid() async throws {
        try await Neighbors.open(2) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            try await hubs.agree(0, 1, on: [Space.commons, scene.north])
            let canaries = [
                (Space.organizers, "canary-organizers"), (scene.south, "canary-south"),
                (scene.north, "canary-north"),
            ]
            for (space, canary) in canaries {
                let person = try scene.ana.add(canary)
                if space != Space.organizers {
                    try scene.ana.notebook.assign([person], to: space)
                }
            }
            try await scene.ana.sync()
            let line = Line(from: hubs[1].hub, to: hubs[0].hub)
            try await hubs[1].meet(hubs[0], over: line)
            let said = line.said.map { Data($0) }
            #expect(said.contains { $0.range(of: Data("canary-north".utf8)) != nil })
            for canary in ["canary-organizers", "canary-south", "dialysis-south"] {
                #expect(!said.contains { $0.range(of: Data(canary.utf8)) != nil })
            }
            let files = try hubs[1].everyByte()
            #expect(files.range(of: Data("canary-north".utf8)) != nil)
            #expect(files.range(of: Data("canary-south".utf8)) == nil)
            #expect(files.range(of: Data("canary-organizers".utf8)) == nil)
        }
    }

    @Test func whatLeftATurfBeforeItWasSharedIsNeverTold() async throws {
        try await Neighbors.open(2) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            let cora = try scene.ana.add("canary Cora", turf: scene.north)
            try scene.ana.meet(cora, "canary of last year")
            try await scene.ana.sync()
            try await scene.move(cora, to: scene.south)
            try await hubs.agree(0, 1, on: [Space.commons, scene.north])
            let line = Line(from: hubs[1].hub, to: hubs[0].hub)
            try await hubs[1].meet(hubs[0], over: line)
            #expect(try hubs[1].hub.own.people().map(\.name) == ["Rosa Alvarez"])
            for bytes in line.said {
                #expect(Data(bytes).range(of: Data("canary".utf8)) == nil)
            }
            #expect(try hubs[1].everyByte().range(of: Data("canary".utf8)) == nil)
            #expect(try hubs.problems() == [])
        }
    }

    @Test func anErasureMadeWhileATurfWasNotSharedReachesItLater() async throws {
        try await Neighbors.open(2) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            let joint: Set = [Space.commons, scene.north]
            try await hubs.agree(0, 1, on: joint)
            try await hubs.night()
            #expect(try hubs[1].hub.own.people().map(\.name) == ["Rosa Alvarez"])
            try await hubs.agree(0, 1)
            try hubs[0].hub.write {
                try Grants.add(.admin, turf: nil, to: scene.ana.notebook.me.member, $0)
            }
            try scene.ana.act(
                Edit(Person.key(scene.rosa), [.set(CommonField.erased, .keep, .int(1))]))
            try await scene.ana.sync()
            try await hubs.night()
            try await hubs.agree(0, 1, on: joint)
            for parish in hubs.parishes { parish.clock.advance(minutes: 61) }
            try await hubs.night()
            #expect(try hubs[1].hub.own.people().isEmpty)
            #expect(try hubs.problems() == [])
        }
    }

    /// The first hub's North Side is known at the second, where Ben reads of Rosa.
    private static func sharedTurf(
        of hubs: Neighbors
    ) async throws -> (scene: TwoTurfs, ben: Laptop) {
        let scene = try await TwoTurfs(hubs[0])
        let ben = try await hubs[1].laptop("Ben")
        try await hubs.agree(0, 1, on: [Space.commons, scene.north])
        try await hubs.night()
        try await ben.sync()
        #expect(try ben.names() == ["Rosa Alvarez"])
        return (scene, ben)
    }

    @Test func aSharedTurfArrivesCompleteAndLeavesWhole() async throws {
        try await Neighbors.open(2) { hubs in
            let (scene, ben) = try await Self.sharedTurf(of: hubs)
            #expect(try ben.notebook.turfs().map(\.name) == ["North Side"])
            try ben.setPhone("555-0199", of: scene.rosa)
            try await ben.sync()
            try await hubs.night()
            try await scene.ana.sync()
            #expect(try scene.ana.phone(of: scene.rosa) == "555-0199")

            // Ben writes offline while Rosa goes where his congregation reads nothing.
            try ben.meet(scene.rosa, "Has a new job.")
            try await scene.move(scene.rosa, to: scene.south)
            try await hubs.night()
            try await ben.sync()
            #expect(try ben.names() == [])
            try await hubs.night()
            try await scene.ana.sync()
            let summaries = try scene.ana.summaries()
            #expect(summaries.contains("Has a new job."))

            // And back.
            try await scene.move(scene.rosa, to: scene.north)
            try await hubs.night()
            try await ben.sync()
            #expect(try ben.names() == ["Rosa Alvarez"])
            let known = try ben.summaries()
            #expect(Set(known) == Set(summaries))
            #expect(try await Set(hubs.fingerprints(of: scene.north)).count == 1)
            #expect(try hubs.problems() == [])
        }
    }

    /// Rosa is announced with her turf, and goes on before Ben has heard of either.
    @Test func whoCameAndWentBetweenTwoExchangesIsNotShown() async throws {
        try await Neighbors.open(2) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            let ben = try await hubs[1].laptop("Ben")
            try await hubs.agree(0, 1, on: [Space.commons, scene.north])
            try await hubs.night()
            try await scene.move(scene.rosa, to: scene.south)
            try await hubs.night()
            try await ben.sync()
            #expect(try ben.notebook.turfs().map(\.name) == ["North Side"])
            #expect(try ben.names() == [])
            try await hubs[1].hub.catchUp()
            #expect(try await ben.sync().repaired == 0)
            #expect(try hubs.problems() == [])
        }
    }

    /// A copy of Ben's notebook goes on under a new key, and asks for whom it wrote about.
    @Test func whoHasGoneIsNotBroughtBackByAskingForHer() async throws {
        try await Neighbors.open(2) { hubs in
            let (scene, ben) = try await Self.sharedTurf(of: hubs)
            let copy = try ben.copied(in: hubs[1])
            try ben.setPhone("555-0177", of: scene.rosa)
            try copy.setPhone("555-0188", of: scene.rosa)
            try await ben.sync()
            try await scene.move(scene.rosa, to: scene.south)
            try await hubs.night()
            let report = try await copy.sync()
            #expect(report.reissued == 1 && report.repaired == 0)
            #expect(try copy.opened().names() == [])
            // What both wrote goes up to where she is.
            try await hubs.night()
            try await scene.ana.sync()
            let phones = try scene.ana.notebook.conflicts().flatMap(\.values).map(\.value.text)
            #expect(Set(phones) == ["555-0177", "555-0188"])
            #expect(try hubs.problems() == [])
        }
    }

    /// What is written with a move is not the old turf's any more; the move is.
    @Test func whoMovesWithANewNumberIsHeardToHaveLeft() async throws {
        try await Neighbors.open(2) { hubs in
            let (scene, ben) = try await Self.sharedTurf(of: hubs)
            try scene.ana.notebook.edit(
                scene.rosa, PersonDetails(phone: "555-0142", turf: scene.south))
            try await scene.ana.sync()
            let line = Line(from: hubs[1].hub, to: hubs[0].hub)
            try await hubs[1].meet(hubs[0], over: line)
            #expect(!line.said.contains { Data($0).range(of: Data("555-0142".utf8)) != nil })
            try await ben.sync()
            #expect(try ben.names() == [])
            #expect(try hubs.problems() == [])
        }
    }

    /// Three congregations, of which each two share a turf: whom Ben takes from the one that is shared
    /// with Ana to the one that is shared with Cleo, Cleo has there.
    @Test func whoGoesFromOneSharedTurfToAnotherArrives() async throws {
        try await Neighbors.open(3) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            let ben = try await hubs[1].laptop("Ben")
            let cleo = try await hubs[2].laptop("Cleo")
            for other in [1, 2] {
                try await hubs.agree(0, other, on: [Space.commons, scene.north])
            }
            let harbor = try ben.notebook.addTurf("Harbor")
            try await ben.sync()
            try await hubs.agree(1, 2, on: [Space.commons, harbor])
            for _ in 0..<2 { try await hubs.night() }
            try await ben.sync()
            try ben.notebook.assign([scene.rosa], to: harbor)
            try ben.setPhone("555-0177", of: scene.rosa)
            try await ben.sync()
            for _ in 0..<3 {
                try await hubs.night()
                for parish in hubs.parishes { parish.clock.advance(minutes: 61) }
            }
            try await cleo.sync()
            #expect(try cleo.names().contains("Rosa Alvarez"))
            #expect(try cleo.phone(of: scene.rosa) == "555-0177")
            #expect(try cleo.space(of: Person.key(scene.rosa)) == harbor)
            let sums = try await hubs.fingerprints(of: harbor)
            #expect(sums[1] == sums[2])
            try await scene.ana.sync()
            #expect(try !scene.ana.names().contains("Rosa Alvarez"))
            #expect(try hubs.problems() == [])
        }
    }

    /// Ben's hub knows Rosa's id from somewhere. She lives where Ana and Cleo alone share: his word
    /// does not take her from there.
    @Test func nobodyTakesFromATurfThatTwoOthersShare() async throws {
        try await Neighbors.open(3) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            let ben = try await hubs[1].laptop("Ben")
            let cleo = try await hubs[2].laptop("Cleo")
            try await hubs.agree(0, 2, on: [Space.commons, scene.north])
            let harbor = try ben.notebook.addTurf("Harbor")
            try await ben.sync()
            try await hubs.agree(1, 2, on: [Space.commons, harbor])
            for _ in 0..<2 { try await hubs.night() }
            let forger = Forger(of: hubs[1].congregation)
            let relay = try forger.relay(
                author: RecordID(rawValue: 5), Person.key(scene.rosa), [.home(harbor)])
            let line = Line(from: hubs[1].hub, to: hubs[2].hub) { word, message in
                if word == 0 { message.relay = relay }
            }
            try await hubs[1].meet(hubs[2], over: line)
            let waiting = try hubs[2].hub.read {
                try Quarantine.all(of: hubs[1].hub.identity.device, $0)
            }
            #expect(waiting.map(\.reason) == [.unknownRecord])
            try await cleo.sync()
            #expect(try cleo.space(of: Person.key(scene.rosa)) == scene.north)
        }
    }

    @Test func movesApartLeadToOnePlaceAtEveryHub() async throws {
        try await Neighbors.open(3) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            let ben = try await hubs[1].laptop("Ben")
            let joint: Set = [Space.commons, scene.north]
            for (a, b) in [(0, 1), (1, 2)] { try await hubs.agree(a, b, on: joint) }
            try await hubs.night()
            try await hubs.night()
            try await ben.sync()
            let theirs = try ben.notebook.addTurf("Harbor")
            try ben.notebook.assign([scene.rosa], to: theirs)
            try await ben.sync()
            try await scene.move(scene.rosa, to: scene.south)
            for _ in 0..<3 { try await hubs.night() }
            let places = try hubs.parishes.map { parish in
                try parish.hub.read { db in
                    var places = Places(db, at: parish.hub.milliseconds)
                    return try places.place(of: Person.key(scene.rosa))?.space
                }
            }
            #expect(Set(places).count == 1)
            #expect(places[0] == scene.south || places[0] == theirs)
            try await scene.ana.sync()
            try await ben.sync()
            #expect(try scene.ana.names().contains("Rosa Alvarez") == (places[0] == scene.south))
            #expect(try ben.names().contains("Rosa Alvarez") == (places[0] == theirs))
        }
    }

    /// The organizers of both have Rosa then, by the same name: only the later ones read of her.
    @Test func whomTwoTakeToTheirOrganizersApartStaysWithOne() async throws {
        try await Neighbors.open(2) { hubs in
            let (scene, ben) = try await Self.sharedTurf(of: hubs)
            let home = Edit(Person.key(scene.rosa), [.move(Space.organizers)])
            let dan = try await hubs[0].laptop("Dan")
            try scene.ana.act(home)
            try await hubs[0].syncAll(scene.ana, dan)
            #expect(try dan.names() == ["Rosa Alvarez"])
            try await hubs[0].hub.catchUp()
            try ben.act(home)
            try await ben.sync()
            for _ in 0..<2 { try await hubs.night() }
            let cara = try await hubs[0].laptop("Cara")
            try await hubs[0].syncAll(scene.ana, dan, cara)
            try await hubs[0].hub.catchUp()
            for laptop in [scene.ana, dan, cara] {
                #expect(try await laptop.sync().repaired == 0)
                #expect(try laptop.names() == [])
            }
            try await ben.sync()
            #expect(try ben.names() == ["Rosa Alvarez"])
            #expect(try hubs.problems() == [])
        }
    }

    @Test func anErasureReachesEveryHubAndCannotBeUndone() async throws {
        try await Neighbors.open(3) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            let joint: Set = [Space.commons, scene.north]
            for (a, b) in [(0, 1), (1, 2), (2, 0)] { try await hubs.agree(a, b, on: joint) }
            try await hubs.night()
            try await hubs.night()
            #expect(try hubs[2].everyByte().range(of: Data("Rosa Alvarez".utf8)) != nil)
            let admin = scene.ana
            try hubs[0].hub.write {
                try Grants.add(.admin, turf: nil, to: admin.notebook.me.member, $0)
            }
            try admin.act(
                Edit(Person.key(scene.rosa), [.set(CommonField.erased, .keep, .int(1))]))
            try await admin.sync()
            try await hubs.night()
            try await hubs.night()
            for parish in hubs.parishes {
                let values = try parish.hub.read { db in
                    try HubLog.contents(on: Person.key(scene.rosa), PackedBlocks(db), db)
                }
                #expect(values.allSatisfy { $0.commit.erases })
            }
            #expect(try await Set(hubs.fingerprints(of: scene.north)).count == 1)
            #expect(try hubs.problems() == [])
        }
    }
}

@Suite("A peer that is wrong, or gone")
struct WrongPeerTests {
    @Test func aStrangerAndOneWhoWasRemovedAreRefused() async throws {
        try await Neighbors.open(2) { hubs in
            let link = PeerLink(
                url: await hubs[1].server.url, hubKey: hubs[1].hub.identity.publicKey)
            _ = try hubs[0].hub.addPeer(link, name: "Two", spaces: [Space.commons])
            let first = try await hubs.night(0)
            #expect(first.first?.problem?.text.contains("does not know this hub") ?? false)
            let kept = try #require(try hubs[0].hub.peers().first?.peer.problem)
            #expect(kept == first.first?.problem)
            #expect(kept.text(in: .spanish).hasPrefix("No conoce este hub."))
            try await hubs.agree(0, 1)
            #expect(try await hubs.night(0).first?.problem == nil)
            _ = try hubs[1].hub.removePeer("Parish 0")
            #expect(try await hubs.night(0).first?.problem != nil)
        }
    }

    @Test func theLaptopOfAnotherHubCannotExchangeHere() async throws {
        try await Neighbors.open(2) { hubs in
            let ana = try await hubs[0].laptop("Ana")
            try ana.notebook.addInstitution("Fairview School")
            try await ana.sync()
            try await hubs.agree(0, 1)
            try await hubs.night()
            let key = ana.store.environment.key
            let transport = HTTPTransport(
                url: await hubs[1].server.url, hubKey: hubs[1].hub.identity.publicKey, key: key)
            await #expect(throws: SyncError.notKnown) {
                _ = try await transport.exchange(SyncRequest(), nonce: "")
            }
            await transport.close()
        }
    }

    @Test func whatWasChangedOnTheWayIsLeftOutAndTheRestIsTaken() async throws {
        try await Neighbors.open(2) { hubs in
            let (ana, ada) = try await (hubs[0].laptop("Ana"), hubs[0].laptop("Ada"))
            let bad = try ana.notebook.addInstitution("Fairview School")
            let good = try ada.notebook.addInstitution("Lincoln School")
            try await hubs[0].syncAll(ana, ada)
            try await hubs.agree(0, 1)
            let liar = ana.store.environment.key.device
            let line = Line(from: hubs[1].hub, to: hubs[0].hub) { _, message in
                let entries = message.relay?.entries ?? []
                message.relay?.entries = entries.map {
                    guard case .commit(let commit) = $0, commit.dot.device == liar else {
                        return $0
                    }
                    return .commit(commit.renamed("Fairview Prison"))
                }
            }
            try await hubs[1].meet(hubs[0], over: line)
            #expect(try hubs[1].hub.own.title(of: good) == "Lincoln School")
            #expect(try hubs[1].hub.own.title(of: bad) == nil)
            let quarantines = try hubs[1].hub.peers().flatMap(\.quarantines)
            #expect(quarantines.map(\.device) == [liar])
            #expect(quarantines.map(\.reason) == [.chain])
            let night = try await Nightly(hub: hubs[1].hub).run()
            #expect(night.problems.contains { $0.text.contains("\(liar)") })

            hubs[1].clock.advance(minutes: 61)
            try await hubs[1].meet(hubs[0])
            #expect(try hubs[1].hub.own.title(of: bad) == "Fairview School")
            #expect(try hubs.problems() == [])
        }
    }

    @Test func aHubThatMakesUpDevicesGetsNothingInThatIsNotItsBusiness() async throws {
        try await Neighbors.open(2) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            let forger = Forger(of: hubs[1].congregation)
            try await hubs.agree(0, 1, on: [Space.commons, scene.north])
            let me = RecordID(rawValue: 5)
            let fresh = RecordID(rawValue: 77)
            let erase = FieldWrite(field: CommonField.erased, value: .int(1))
            let secret = try scene.ana.add("Sol Private")
            try await scene.ana.sync()
            let attempts: [(author: MemberID, key: RecordKey, writes: [FieldWrite])] = [
                // In the name of a member of the other congregation.
                (scene.ana.notebook.me.member, Institution.key(fresh), [.home(Space.commons)]),
                // Into spaces that are not shared.
                (me, Person.key(fresh), [.home(Space.organizers)]),
                (me, Person.key(fresh), [.home(scene.south)]),
                // Of records that are not shared.
                (me, Person.key(secret), [.name("Sol Taken")]),
                (me, Person.key(secret), [.home(scene.north)]),
                (me, Person.key(secret), [erase]),
                // A shared one into a space that is the other's own.
                (me, Person.key(scene.rosa), [.home(scene.south)]),
                // With the id of somebody else.
                (me, Institution.key(scene.rosa), [.home(Space.commons)]),
                // Where such records do not live.
                (me, Person.key(fresh), [.home(Space.commons)]),
            ]
            try await hubs.night()
            let before = try await hubs[0].hub.dumpAtRest().filter { $0.hasPrefix("place ") }
            for attempt in attempts {
                let relay = try forger.relay(
                    author: attempt.author, attempt.key, attempt.writes)
                let line = Line(from: hubs[1].hub, to: hubs[0].hub) { word, message in
                    if word == 0 { message.relay = relay }
                }
                try await hubs[1].meet(hubs[0], over: line)
                let after = try hubs[0].hub.dump().filter { $0.hasPrefix("place ") }
                #expect(Set(after).subtracting(before) == [], "\(attempt)")
                #expect(after.count == before.count)
            }
            #expect(try hubs[0].hub.verify().log == [])
            #expect(try scene.ana.names() == ["Rosa Alvarez", "Sol Private"])
        }
    }

    /// People can be erased wherever somebody asks for it. What a congregation has of its own stays.
    @Test func erasesNothingThatIsAnothersOwn() async throws {
        try await Neighbors.open(2) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            let forger = Forger(of: hubs[1].congregation)
            try await hubs.agree(0, 1, on: [Space.commons, scene.north])
            let institution = Institution.key(
                try scene.ana.notebook.addInstitution("St. Mark"))
            try await scene.ana.sync()
            try await hubs.night()
            let erase = FieldWrite(field: CommonField.erased, value: .int(1))
            func erases(_ key: RecordKey) async throws -> Int {
                let relay = try forger.relay(author: RecordID(rawValue: 5), key, [erase])
                let line = Line(from: hubs[0].hub, to: hubs[1].hub) { word, message in
                    if word == 1 { message.relay = relay }
                }
                try await hubs[0].meet(hubs[1], over: line)
                return try hubs[0].hub.read { try PeerDeeds.all($0).first?.deeds.erased } ?? 0
            }
            let own = [
                Turf.key(scene.north), institution, Member.key(scene.ana.notebook.me.member),
            ]
            for key in own { #expect(try await erases(key) == 0, "\(key)") }
            #expect(try await erases(Person.key(scene.rosa)) == 1)
            try await scene.ana.sync()
            #expect(try scene.ana.notebook.turfs().map(\.name).contains("North Side"))
            #expect(try scene.ana.names() == [])
            #expect(try hubs[0].hub.verify().log == [])
        }
    }

    /// Also what it brings when it calls first, and no night of this hub's own calls for.
    @Test func theNightsReportTellsWhatAPeerThatCalledDidToWhatIsHere() async throws {
        try await Neighbors.open(2) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            let forger = Forger(of: hubs[1].congregation)
            try await hubs.agree(0, 1, on: [Space.commons, scene.north])
            let omar = try scene.ana.add("Omar Khan", turf: scene.north)
            let ida = try scene.ana.add("Ida Lund", turf: scene.north)
            try await scene.ana.sync()
            try await hubs.night()
            let deeds: [(RecordKey, FieldWrite)] = [
                (Person.key(scene.rosa), FieldWrite(field: CommonField.erased, value: .int(1))),
                (Person.key(omar), FieldWrite(field: CommonField.life, value: .deleted)),
                (Person.key(ida), .home(Space.organizers)),
                (Turf.key(scene.north), .name("South")),
            ]
            for (key, deed) in deeds {
                let relay = try forger.relay(
                    author: RecordID(rawValue: 5), key, [deed], at: hubs[0].hub.milliseconds)
                let line = Line(from: hubs[1].hub, to: hubs[0].hub) { word, message in
                    if word == 0 { message.relay = relay }
                }
                try await hubs[1].meet(hubs[0], over: line)
            }
            let night = Nightly(
                hub: hubs[0].hub, federation: Federation(hub: hubs[0].hub) { _ in nil })
            let told = "By way of Parish 1, since the last report, of what was here "
            let text = try await NightlyReport(night.run(), hub: hubs[0].hub).text
            #expect(
                text.contains(
                    told + """
                        1 record was erased for good, 1 record was deleted, 1 record went where \
                        nobody here reads it and 1 turf got another name.
                        """))
            let next = try await NightlyReport(night.run(), hub: hubs[0].hub).text
            #expect(!next.contains(told))
        }
    }

    @Test func anEditOfWhatNobodyHasToldOfWaits() async throws {
        try await Neighbors.open(2) { hubs in
            let forger = Forger(of: hubs[1].congregation)
            try await hubs.agree(0, 1)
            let key = Institution.key(RecordID(rawValue: 77))
            let relay = try forger.relay(author: RecordID(rawValue: 5), key, [.name("Nowhere")])
            let line = Line(from: hubs[1].hub, to: hubs[0].hub) { word, message in
                if word == 0 { message.relay = relay }
            }
            try await hubs[1].meet(hubs[0], over: line)
            let id = hubs[1].hub.identity.device
            let waiting = try hubs[0].hub.read { try Quarantine.all(of: id, $0) }
            #expect(waiting.map(\.reason) == [.unknownRecord])
            #expect(try hubs[0].hub.verify().log == [])
        }
    }

    @Test func aTurfOfSomebodysInventionAnnouncesNothing() async throws {
        try await Neighbors.open(2) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            let forger = Forger(of: hubs[1].congregation)
            try await hubs.agree(0, 1, on: [Space.commons, scene.north])
            try await hubs.night()
            let end = try hubs[0].hub.logEnd()
            for id in [Space.organizers, Space.commons, scene.north, scene.south] {
                let relay = try forger.relay(
                    author: RecordID(rawValue: 5), Turf.key(id), [.home(scene.north)])
                let line = Line(from: hubs[1].hub, to: hubs[0].hub) { word, message in
                    if word == 0 { message.relay = relay }
                }
                try await hubs[1].meet(hubs[0], over: line)
            }
            // A place for each of the forger's commits, and no more.
            #expect(try hubs[0].hub.logEnd() <= end + 4)
            #expect(try scene.ana.notebook.turfs().count == 2)
        }
    }

    @Test func aCommitThatNoHubTakesOfItsOwnIsTakenOfNobody() async throws {
        try await Neighbors.open(2) { hubs in
            let forger = Forger(of: hubs[1].congregation)
            try await hubs.agree(0, 1)
            try await hubs.night()
            let writes = (0..<20).map { number in
                FieldWrite(
                    field: 100 + Field(number), value: .text(String(repeating: "x", count: 60_000)))
            }
            let relay = try forger.relay(
                author: RecordID(rawValue: 5), Institution.key(RecordID(rawValue: 77)),
                [.home(Space.commons)] + writes)
            let line = Line(from: hubs[1].hub, to: hubs[0].hub) { word, message in
                if word == 0 { message.relay = relay }
            }
            let end = try hubs[0].hub.logEnd()
            try await hubs[1].meet(hubs[0], over: line)
            #expect(try hubs[0].hub.logEnd() == end)
        }
    }

    /// What takes the place of itself would put a record where nobody here sees it.
    @Test func nothingFromElsewhereTakesThePlaceOfItself() async throws {
        try await Neighbors.open(2) { hubs in
            let forger = Forger(of: hubs[1].congregation)
            try await hubs.agree(0, 1)
            try await hubs.night()
            let school = RecordID(rawValue: 77)
            let relay = try forger.relay(
                author: RecordID(rawValue: 5), Institution.key(school),
                [
                    .home(Space.commons),
                    FieldWrite(field: 16, value: .text("Fairview"), overwrites: [forger.next]),
                ])
            let line = Line(from: hubs[1].hub, to: hubs[0].hub) { word, message in
                if word == 0 { message.relay = relay }
            }
            try await hubs[1].meet(hubs[0], over: line)
            try await hubs[0].hub.catchUp()
            #expect(try hubs[0].hub.own.title(of: school) == nil)
        }
    }

    /// Ana's hub knows best what Ana has written, and lets nobody elsewhere take the place of what she
    /// has not.
    @Test func nothingFromElsewhereTakesThePlaceOfWhatIsToCome() async throws {
        try await Neighbors.open(2) { hubs in
            let ana = try await hubs[0].laptop("Ana")
            let forger = Forger(of: hubs[1].congregation)
            try await hubs.agree(0, 1)
            let school = try ana.notebook.addInstitution("Fairview")
            try await ana.sync()
            let yet = Dot(ana.store.device, try ana.store.meta().head.seq + 1)
            let relay = try forger.relay(
                author: RecordID(rawValue: 5), Institution.key(school),
                [FieldWrite(field: 16, value: .text("Fairview"), overwrites: [yet])])
            let line = Line(from: hubs[1].hub, to: hubs[0].hub) { word, message in
                if word == 0 { message.relay = relay }
            }
            try await hubs[1].meet(hubs[0], over: line)
            try ana.act(Edit(Institution.key(school), [.write("Fairview School")]))
            try await ana.sync()
            try await hubs[0].hub.catchUp()
            #expect(try hubs[0].hub.own.title(of: school) == "Fairview School")
        }
    }

    /// Ana moves her into the shared turf, offline, and comes after Bo, who has moved her away since:
    /// what Ana's move says is told, and nothing else that was ever said of her.
    @Test func whoCameLateToASharedTurfIsNotTold() async throws {
        try await Neighbors.open(2) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            let bo = try await hubs[0].laptop("Bo")
            let cora = try scene.ana.add("canary Cora")
            try await hubs[0].syncAll(scene.ana, bo)
            try await hubs.agree(0, 1, on: [Space.commons, scene.north])
            try await hubs.night()
            try scene.ana.notebook.assign([cora], to: scene.north)
            hubs[0].clock.advance(minutes: 1)
            try bo.notebook.assign([cora], to: scene.south)
            try bo.meet(cora, "canary of today")
            try await hubs[0].syncAll(bo, scene.ana, bo)
            let line = Line(from: hubs[1].hub, to: hubs[0].hub)
            try await hubs[1].meet(hubs[0], over: line)
            for bytes in line.said {
                #expect(Data(bytes).range(of: Data("canary".utf8)) == nil)
            }
            #expect(try hubs[1].everyByte().range(of: Data("canary".utf8)) == nil)
            #expect(try hubs.problems() == [])
        }
    }

    @Test func aStampFromFarAheadIsBelievedForADayAndNoMore() async throws {
        try await Neighbors.open(2) { hubs in
            let forger = Forger(of: hubs[1].congregation)
            try await hubs.agree(0, 1)
            let key = Institution.key(RecordID(rawValue: 77))
            let relay = try forger.relay(
                author: RecordID(rawValue: 5), key, [.home(Space.commons)],
                at: 60_000_000_000_000)
            let line = Line(from: hubs[1].hub, to: hubs[0].hub) { word, message in
                if word == 0 { message.relay = relay }
            }
            try await hubs[1].meet(hubs[0], over: line)
            let commit = try #require(
                try hubs[0].hub.read { try HubLog.contents(on: key, PackedBlocks($0), $0) }.first?
                    .commit)
            let day: UInt64 = 86_400_000
            #expect(commit.effective.milliseconds <= hubs[0].clock.milliseconds + day)
        }
    }

    @Test func whatIsOfferedAndNotGivenHoldsNothingBack() async throws {
        try await Neighbors.open(2) { hubs in
            let ana = try await hubs[0].laptop("Ana")
            let school = try ana.notebook.addInstitution("Fairview School")
            try await ana.sync()
            try await hubs.agree(0, 1)
            let nobody = DeviceID(rawValue: 99)
            let line = Line(from: hubs[1].hub, to: hubs[0].hub) { word, message in
                guard word.isMultiple(of: 2) == false else { return }
                message.offer.append(
                    PeerMessage.Runs(device: nobody, seqs: SeqRuns([1, 2, 3])))
                message.offer.sort { $0.device < $1.device }
            }
            let outcome = try await hubs[1].meet(hubs[0], over: line)
            #expect(outcome?.problem == nil)
            #expect(try hubs[1].hub.own.title(of: school) == "Fairview School")
            let other = try ana.notebook.addInstitution("Lincoln School")
            try await ana.sync()
            try await hubs[1].meet(hubs[0])
            #expect(try hubs[1].hub.own.title(of: other) == "Lincoln School")
            #expect(try hubs.problems() == [])
        }
    }

    @Test func anExchangeThatIsCutAnywhereGoesOn() async throws {
        struct Cut: Error {}
        for number in 0..<6 {
            try await Neighbors.open(2) { hubs in
                let (ana, ben) = try await (hubs[0].laptop("Ana"), hubs[1].laptop("Ben"))
                let school = try ana.notebook.addInstitution("Fairview School")
                let other = try ben.notebook.addInstitution("Lincoln School")
                try await ana.sync()
                try await ben.sync()
                try await hubs.agree(0, 1)
                let line = Line(from: hubs[0].hub, to: hubs[1].hub) { word, _ in
                    if word == number {
                        throw SyncError.unreachable(url: "", reason: "the connection was cut")
                    }
                }
                _ = try await hubs[0].meet(hubs[1], over: line)
                try await hubs[0].meet(hubs[1])
                #expect(try hubs[1].hub.own.title(of: school) == "Fairview School")
                #expect(try hubs[0].hub.own.title(of: other) == "Lincoln School")
                #expect(try await Set(hubs.fingerprints(of: Space.commons)).count == 1)
                #expect(try hubs.problems() == [])
            }
        }
    }

    @Test func aPeerThatAlwaysHasMoreIsGivenUp() async throws {
        try await Neighbors.open(2) { hubs in
            try await hubs.agree(0, 1)
            let line = Line(from: hubs[0].hub, to: hubs[1].hub) { _, message in
                message.more = true
            }
            let outcome = try await hubs[0].meet(hubs[1], over: line)
            #expect(outcome?.problem?.text.contains("made no progress") ?? false)
            #expect(line.said.count < 20)
        }
    }

    /// What it offers is nothing, and there is always more of that.
    @Test func aPeerThatHasMoreOfNothingIsGivenUpForThisNight() async throws {
        try await Neighbors.open(2) { hubs in
            try await hubs.agree(0, 1)
            try await hubs.night()
            let line = Line(from: hubs[0].hub, to: hubs[1].hub) { word, message in
                guard word % 2 == 1 else { return }
                message.more = true
                message.offer = []
                message.offered.positions[Space.commons] = UInt64(1_000_000 + word)
            }
            let outcome = try await hubs[0].meet(hubs[1], over: line)
            #expect(outcome?.problem?.text.contains("next night") ?? false)
            #expect(line.said.count < 200)
        }
    }

    @Test func aHubThatIsDownIsReportedAndTheNightGoesOn() async throws {
        try await Neighbors.open(2) { hubs in
            try await hubs.agree(0, 1)
            await hubs[1].server.stop()
            let night = try await Nightly(hub: hubs[0].hub).run()
            #expect(night.peers.first?.problem != nil)
            #expect(night.backup != nil)
            #expect(night.problems == [])
            let report = try String(contentsOfFile: try #require(night.report), encoding: .utf8)
            #expect(report.contains("Parish 1 could not be met"))
            hubs[0].clock.advance(days: 8)
            let later = try await Nightly(hub: hubs[0].hub).run()
            #expect(later.problems.contains { $0.text.contains("could not be met for a week") })
        }
    }
}

@Suite("A hub that was put back, and its peers")
struct RestoredPeerTests {
    @Test func itGetsBackWhatItsPeersHave() async throws {
        try await Neighbors.open(2) { hubs in
            let ana = try await hubs[0].laptop("Ana")
            try await hubs.agree(0, 1)
            try await hubs.night()
            let copy = try await hubs[1].copyHub()
            let school = try ana.notebook.addInstitution("Fairview School")
            try await ana.sync()
            try await hubs.night()
            #expect(try hubs[1].hub.own.title(of: school) == "Fairview School")
            try await hubs[1].putBack(copy)
            #expect(try hubs[1].hub.own.title(of: school) == nil)
            let night = try await hubs.night(0)
            #expect(night.map(\.problem) == [nil])
            try await hubs[1].hub.catchUp()
            #expect(try hubs[1].hub.own.title(of: school) == "Fairview School")
            #expect(try hubs.problems() == [])
        }
    }

    /// Two hubs that have met, Ana's laptop at the first of them, and a copy of that hub.
    private static func backedUp(_ hubs: Neighbors) async throws -> (ana: Laptop, copy: String) {
        let ana = try await hubs[0].laptop("Ana")
        try await hubs.agree(0, 1)
        try await hubs.night()
        return (ana, try await hubs[0].copyHub())
    }

    @Test func whatItsOwnLaptopsWroteComesFromPeersAfterAWeekWhenTheyDoNot() async throws {
        try await Neighbors.open(2) { hubs in
            let (ana, copy) = try await Self.backedUp(hubs)
            let school = try ana.notebook.addInstitution("Fairview School")
            try await ana.sync()
            try await hubs.night()
            // Ana's laptop is stolen the day the hub's disk fails.
            try await hubs[0].lose(sinceCopy: copy)
            try await hubs.night()
            #expect(try hubs[0].hub.own.title(of: school) == nil)
            hubs[0].clock.advance(days: 8)
            try await hubs.night()
            #expect(try hubs[0].hub.own.title(of: school) == "Fairview School")
            #expect(try hubs.problems() == [])
        }
    }

    @Test func aLaptopThatComesAfterItsPeersCompletesWhatTheyCouldNotSee() async throws {
        try await Neighbors.open(2) { hubs in
            let (ana, copy) = try await Self.backedUp(hubs)
            try ana.add("Rosa Alvarez")
            let school = try ana.notebook.addInstitution("Fairview School")
            try await ana.sync()
            try await hubs.night()
            try await hubs[0].lose(sinceCopy: copy)
            hubs[0].clock.advance(days: 8)
            try await hubs.night()
            #expect(try hubs[0].hub.own.title(of: school) == "Fairview School")
            #expect(try hubs[0].hub.own.people().isEmpty)
            try await ana.opened().sync()
            try await hubs[0].hub.catchUp()
            #expect(try hubs[0].hub.own.people().map(\.name) == ["Rosa Alvarez"])
            #expect(try hubs.problems() == [])
        }
    }

    @Test func aKeyThatItHasForgottenIsNoStrangers() async throws {
        try await Neighbors.open(2) { hubs in
            let copy = try await hubs[0].copyHub()
            let ana = try await hubs[0].laptop("Ana")
            let school = try ana.notebook.addInstitution("Fairview School")
            try ana.add("Rosa Alvarez")
            try await ana.sync()
            try await hubs.agree(0, 1)
            try await hubs.night()
            try await hubs[0].lose(sinceCopy: copy)
            try await hubs.agree(0, 1)
            try await hubs.night()
            #expect(try hubs[0].hub.own.title(of: school) == nil)
            hubs[0].clock.advance(days: 8)
            try await hubs.night()
            #expect(try hubs[0].hub.own.title(of: school) == "Fairview School")
            #expect(try hubs.problems() == [])
        }
    }

    /// It is the congregation that says whose a laptop is, not whether the hub still knows it (simulator
    /// seed 112685).
    @Test func whomAForgottenLaptopTookToTheOrganizersIsStillHere() async throws {
        try await Neighbors.open(2) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            try await hubs.agree(0, 1, on: [Space.commons, scene.north])
            try await hubs.night()
            let copy = try await hubs[0].copyHub()
            let bo = try await hubs[0].laptop("Bo")
            try await bo.sync()
            let toOrganizers = Edit(Person.key(scene.rosa), [.move(Space.organizers)])
            _ = try bo.store.write { try $0.commit([toOrganizers], by: bo.notebook.me.member) }
            try await bo.sync()
            try await hubs.night()
            // Bo's laptop is stolen the day the hub's disk fails.
            try await hubs[0].lose(sinceCopy: copy)
            hubs[0].clock.advance(days: 8)
            try await hubs.night()
            try await hubs[0].hub.catchUp()
            let rosa = try #require(try hubs[0].hub.own.people().first { $0.id == scene.rosa })
            #expect(rosa.space == Space.organizers)
        }
    }

    /// Hub and peer had Omar in the north when Ana took him to the south, and her hub was put back to
    /// before he came: her move comes first (simulator seed 2030 of restoreHub).
    @Test func whoWasTakenAwayBeforeHeCameBackIsInOnePlaceAtBoth() async throws {
        try await Neighbors.open(2) { hubs in
            let scene = try await TwoTurfs(hubs[0])
            try await hubs.agree(0, 1, on: [Space.commons, scene.north])
            try await hubs.night()
            let copy = try await hubs[0].copyHub()
            let bo = try await hubs[0].laptop("Bo")
            let omar = try bo.add("Omar Khan", turf: scene.north)
            try await bo.sync()
            try await scene.ana.sync()
            try await hubs.night()
            #expect(try hubs[1].hub.own.people().contains { $0.id == omar })
            try scene.ana.notebook.assign([omar], to: scene.south)
            // Bo's laptop is stolen the day the hub's disk fails.
            try await hubs[0].lose(sinceCopy: copy)
            try await scene.ana.sync()
            hubs[0].clock.advance(days: 8)
            for _ in 1...3 { try await hubs.night() }
            try await hubs[0].hub.catchUp()
            try await hubs[1].hub.catchUp()
            #expect(try hubs[0].hub.own.people().first { $0.id == omar }?.name == "Omar Khan")
            #expect(try !hubs[1].hub.own.people().contains { $0.id == omar })
            #expect(try hubs.problems() == [])
        }
    }

    /// A laptop that is its hub is put back with it, and comes before any peer: the hub has asked its
    /// peers by then, and lets no name be given twice (simulator seed 45398).
    @Test func whatWasPutBackWithItsLaptopGivesNoNameTwice() async throws {
        try await Neighbors.open(2) { hubs in
            let ana = try await hubs[0].laptop("Ana")
            try await hubs.agree(0, 1)
            try await ana.sync()
            try await hubs.night()
            let copy = try await hubs[0].copyHub()
            let putBack = try ana.copied(in: hubs[0])
            let school = try ana.notebook.addInstitution("Fairview School")
            try await ana.sync()
            try await hubs.night()
            try await hubs[0].putBack(copy)

            try await Federation(hub: hubs[0].hub).greetAll(within: .seconds(5))
            let library = try putBack.notebook.addInstitution("Public Library")
            try await putBack.sync()
            hubs[0].clock.advance(days: 8)
            try await hubs.night()
            try await hubs.night()
            for hub in [hubs[0].hub, hubs[1].hub] {
                #expect(try hub.own.title(of: school) == "Fairview School")
                #expect(try hub.own.title(of: library) == "Public Library")
            }
            #expect(try await Set(hubs.fingerprints(of: Space.commons)).count == 1)
            #expect(try hubs.problems() == [])
        }
    }

    /// A laptop that the hub has forgotten altogether is asked in again, and its copy comes first: the
    /// hub does not know which names have been given, and lets none be given (simulator seed 97 of
    /// `--favour copy,restoreHub`).
    @Test func aCopyOfALaptopThatItHasForgottenGivesNoNameTwice() async throws {
        try await Neighbors.open(2) { hubs in
            try await hubs.agree(0, 1)
            let copy = try await hubs[0].copyHub()
            let ana = try await hubs[0].laptop("Ana")
            try await ana.sync()
            let copied = try ana.copied(in: hubs[0])
            let school = try ana.notebook.addInstitution("Fairview School")
            try await ana.sync()
            try await hubs.night()
            try await hubs[0].lose(sinceCopy: copy)

            _ = try await copied.join(hubs[0].invitation(for: "Ana"))
            let library = try copied.notebook.addInstitution("Public Library")
            try await copied.sync()
            try await ana.sync()
            hubs[0].clock.advance(days: 8)
            try await hubs.night()
            try await hubs.night()
            for hub in [hubs[0].hub, hubs[1].hub] {
                #expect(try hub.own.title(of: school) == "Fairview School")
                #expect(try hub.own.title(of: library) == "Public Library")
            }
            #expect(try await Set(hubs.fingerprints(of: Space.commons)).count == 1)
            #expect(try hubs.problems() == [])
        }
    }

    @Test func itsOwnLaptopsComeFirst() async throws {
        try await Neighbors.open(2) { hubs in
            let (ana, copy) = try await Self.backedUp(hubs)
            let school = try ana.notebook.addInstitution("Fairview School")
            try ana.add("Rosa Alvarez")
            try await ana.sync()
            try await hubs.night()
            try await hubs[0].lose(sinceCopy: copy)
            try await hubs.night()
            #expect(try hubs[0].hub.own.title(of: school) == nil)
            let again = try ana.opened()
            try await again.sync()
            try await hubs.night()
            #expect(try hubs[0].hub.own.title(of: school) == "Fairview School")
            #expect(try hubs[0].hub.own.people().map(\.name) == ["Rosa Alvarez"])
            #expect(try await Set(hubs.fingerprints(of: Space.commons)).count == 1)
            #expect(try hubs.problems() == [])
        }
    }
}

extension Commit {
    /// The same commit, as somebody on the way would have it.
    fileprivate func renamed(_ name: String) -> Commit {
        Commit(
            dot: dot, stamp: stamp, effective: effective, author: author, key: key,
            transaction: transaction, salt: salt,
            writes: writes.map { write in
                write.value.type == .text
                    ? FieldWrite(
                        field: write.field, rule: write.rule, value: .text(name),
                        overwrites: write.overwrites) : write
            })
    }
}

extension FieldWrite {
    fileprivate static func home(_ space: SpaceID) -> FieldWrite {
        FieldWrite(field: CommonField.space, rule: .latest, value: .id(space))
    }

    /// A name, which people and institutions have under one number.
    fileprivate static func name(_ name: String) -> FieldWrite {
        FieldWrite(field: Person.name.number, value: .text(name))
    }
}

/// A device that a hub has made up.
private final class Forger {
    private let key: DeviceKey
    private let congregation: RecordID
    private var head = ChainHead()

    init(of congregation: RecordID) {
        key = DeviceKey()
        self.congregation = congregation
    }

    /// The commit that comes next.
    var next: Dot { Dot(key.device, head.seq + 1) }

    /// One more commit of its chain, signed.
    func relay(
        author: MemberID, _ record: RecordKey, _ writes: [FieldWrite],
        at milliseconds: UInt64 = 1_700_000_000_000
    ) throws -> Relay {
        let dot = next
        let salt = try #require(Salt(bytes: [UInt8](repeating: 3, count: 16)))
        let commit = Commit(
            dot: dot, stamp: Stamp(milliseconds: milliseconds + head.seq), author: author,
            key: record, transaction: dot.seq, salt: salt, writes: writes)
        head = head.appending(try #require(commit.digest))
        let signed = Push.signed(head, of: key.device, congregation: congregation)
        return Relay(
            entries: [.commit(commit)],
            devices: [Relay.Device(publicKey: key.publicKey, congregation: congregation)],
            pushes: [Relay.SignedHead(dot: dot, signature: try key.sign(signed))])
    }
}

extension Laptop {
    fileprivate func summaries() throws -> [String] {
        let ids = try store.read { db in
            try Data.fetchAll(db, sql: "SELECT id FROM oneToOne ORDER BY id")
        }
        return try ids.compactMap { RecordID(bytes: Array($0)) }
            .compactMap { try notebook.oneToOne($0)?.summary }
    }
}

extension Parish {
    /// The hub's disk fails, and its keeper puts it back.
    fileprivate func lose(sinceCopy copy: String) async throws {
        try await putBack(copy)
        try hub.wasRestored()
    }

    /// All that the hub's folder holds.
    fileprivate func everyByte() throws -> Data {
        let files = FileManager.default.enumerator(atPath: hubFolder)?.allObjects ?? []
        return files.reduce(into: Data()) { bytes, name in
            bytes += FileManager.default.contents(atPath: "\(hubFolder)/\(name)") ?? Data()
        }
    }
}
