import Foundation
import GRDB
import Notebook
import Pages
import Replication
import Store
import Sync
import Testing
import Wording

@testable import Hub

@Suite("A device whose access ends")
struct RevokeTests {
    @Test func isToldAtItsNextRequestAndOthersGoOn() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let ben = try await parish.laptop("Ben")
            try await parish.syncAll(ana, ben)
            _ = try parish.hub.revoke(String(ben.store.device.description.prefix(6)))
            try ben.add("Written after the theft")
            let before = try parish.hub.logEnd()
            await #expect(throws: SyncError.revoked) { try await ben.sync() }
            #expect(try parish.hub.logEnd() == before)
            try ana.add("Rosa Alvarez")
            #expect(try await ana.sync().isEven)
        }
    }

    /// A stolen laptop that meets the hub holds nothing afterwards, in whatever corner of its file; what
    /// was written on it and never sent comes back with its owner.
    @Test func isWipedAndKeepsWhatWasNeverSent() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let ben = try await parish.laptop("Ben")
            let rosa = try ana.add("Rosa Kanarienvogel", phone: "555-0142")
            try ana.meet(rosa, "Kanarienvogel walks her mother to dialysis.")
            try await parish.syncAll(ana, ben)
            #expect(try ben.store.find("kanarienvogel").count == 2)
            try ben.setPhone("555-0177", of: rosa)
            try ben.add("Written after the theft")
            _ = try parish.hub.revoke("Ben")
            await #expect(throws: SyncError.revoked) { try await ben.sync() }

            let wiped = try ben.opened()
            #expect(try wiped.names().contains("Written after the theft"))
            let own = try wiped.notebook.history(of: Person.key(rosa))
            #expect(own.map(\.by) == ["Ben"], "its member is named, also without a list of members")
            #expect(try wiped.problems() == [])
            for file in ["", "-wal"] {
                let bytes = FileManager.default.contents(atPath: ben.path + file) ?? Data()
                #expect(bytes.range(of: Data("anarienvogel".utf8)) == nil, "\(file)")
            }
            await #expect(throws: SyncError.revoked) { try await wiped.sync() }

            try await wiped.join(try await parish.invitation(for: "Ben"))
            try await wiped.sync()
            try await ana.sync()
            #expect(try ana.names() == ["Rosa Kanarienvogel", "Written after the theft"])
            #expect(try ana.phone(of: rosa) == "555-0177")
            #expect(try ana.fingerprints() == wiped.fingerprints())
            #expect(try parish.hub.devices().count == 2)
        }
    }

    /// What a leader wrote about somebody, and never sent, is all that the wiped laptop has of them: it
    /// does not know that they live in her turf.
    @Test func hearsAgainOfThoseItWroteAbout() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let lena = scene.lena
            let omar = try scene.ana.add("Omar Khan", turf: scene.north)
            try await parish.syncAll(scene.ana, lena)
            try lena.setPhone("555-0177", of: omar)
            _ = try parish.hub.revoke("Lena")
            await #expect(throws: SyncError.revoked) { try await lena.sync() }
            let wiped = try lena.opened()
            let invitation = try await parish.invitation(for: "Lena", .leader, of: scene.north)
            try await wiped.join(invitation)
            #expect(try await wiped.sync().repaired == 0)
            #expect(try wiped.phone(of: omar) == "555-0177")
            #expect(try await wiped.sync().repaired == 0)
            #expect(try await scene.differences(of: wiped, reading: scene.north) == [])
        }
    }

    @Test func losesThePhonesOfItsMemberToo() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let pages = HubPages(hub: parish.hub)
            let token = [UInt8](repeating: 5, count: 32)
            try parish.hub.write { db in
                try WebSession.begin(
                    token: token, formToken: "f", for: ana.notebook.me.member,
                    at: parish.clock.milliseconds, db)
            }
            #expect(try await pages.visitor(Base64URL.encode(token))?.name == "Ana")
            _ = try parish.hub.revoke(ana.store.device.description)
            #expect(try await pages.visitor(Base64URL.encode(token)) == nil)
        }
    }

    @Test(arguments: [(29, true), (31, false)])
    func lapsesWithoutContact(days: UInt64, mayCome: Bool) async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            parish.clock.advance(days: days)
            if mayCome {
                // Contact makes it good again for as long.
                try await ana.sync()
                parish.clock.advance(days: days)
                #expect(try await ana.sync().isEven)
            } else {
                await #expect(throws: SyncError.lapsed) { try await ana.sync() }
            }
        }
    }

    /// A small machine without a battery may begin its day in another year.
    @Test func whoCameWhileTheClockWasBehindHasBeenHeardOf() async throws {
        try await Parish.open { parish in
            parish.clock.advance(days: 100)
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            parish.clock.fallBack(days: 60)
            try ana.add("Rosa Alvarez")
            try await ana.sync()
            parish.clock.advance(days: 60)
            #expect(try await ana.sync().isEven)
        }
    }

    @Test func theLaptopRemembersThatTheHubEndedItsAccess() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            #expect(try await !ana.run("status").output.contains("ended"))
            _ = try parish.hub.revoke(ana.store.device.description)
            #expect(try await ana.run("sync").status == 1)
            let status = try await ana.run("status")
            #expect(status.output.contains("ended by the hub"))
            let words = status.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(words.contains("ask your hub's keeper for a new invitation"))
            let since = try await ana.run("status", "--json").text("accessEnded")
            #expect(since.hasPrefix("20"))

            let link = try await parish.invitation(for: "Ana").link
            #expect(try await ana.run("join", link).status == 0)
            #expect(try await !ana.run("status").output.contains("ended"))
            #expect(try await ana.run("sync").status == 0)
        }
    }

    /// The keeper sees who is who, and ends the access of whom they mean.
    @Test func isFoundByPartsOfItsIDOrItsMembersName() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana Reyes")
            let ben = try await parish.laptop("Ben Carter")
            let carla = try parish.notebook("Carla Diaz")
            try await carla.join(try await parish.invitation(for: "the first organizer"))
            try await parish.syncAll(ana, ben, carla)
            let hub = parish.hub
            try await hub.catchUp()
            let ids = [ana, ben, carla].map(\.store.device.description)
            for text in ["a", "b", "r", String(ids[0].prefix(1)), String(ids[0].suffix(3)), ""] {
                #expect(throws: HubError.noSuchDevice(text)) { try hub.revoke(text) }
            }
            #expect(try hub.devices().allSatisfy { $0.revoked == nil })
            #expect(try hub.revoke(String(ids[0].suffix(4))).map(\.id) == [ids[0]])
            #expect(try hub.revoke("ben").map(\.id) == [ids[1]])
            #expect(try hub.revoke("Carla Diaz").map(\.id) == [ids[2]])
            #expect(try hub.devices().allSatisfy { $0.revoked != nil })
        }
    }

    @Test func ofAMemberWithTwoLaptopsIsNamedByItsID() async throws {
        try await Parish.open { parish in
            let laptops = [try await parish.laptop("Ana"), try await parish.laptop("Ana Reyes")]
            for laptop in laptops { try await laptop.sync() }
            try await parish.hub.catchUp()
            #expect {
                try parish.hub.revoke("Ana")
            } throws: { error in
                let text = (error as? HubError)?.description ?? ""
                return laptops.allSatisfy { text.contains("\($0.store.device)  laptop of Ana") }
            }
            #expect(try parish.hub.devices().allSatisfy { $0.revoked == nil })
        }
    }

    /// Denise joined with a laptop, and signed in with her phone: two members, one person.
    @Test func ofAPersonByNameEndsAllThatTheyHave() async throws {
        try await Parish.open { parish in
            let hub = parish.hub
            let ana = try await parish.laptop("Ana")
            let denise = try ana.add("Denise Okafor")
            try await ana.sync()
            let laptop = try parish.notebook("Denise Okafor")
            let link = try hub.invite(
                parish.invitation(of: denise, isPage: false), url: await parish.server.url)
            try await laptop.join(link)
            let pages = HubPages(hub: hub)
            var tokens: [String] = []
            for _ in 0..<2 {
                let page = try hub.invite(
                    parish.invitation(of: denise, isPage: true), url: await parish.server.url)
                tokens.append(
                    try #require(try await pages.signIn(Base64URL.encode(page.code))))
            }
            let ended = try hub.revoke("denise")
            #expect(ended.map(\.isPhone) == [false, true, true])
            await #expect(throws: SyncError.revoked) { try await laptop.sync() }
            for token in tokens { #expect(try await pages.visitor(token) == nil) }
            #expect(try await ana.sync().isEven)
        }
    }

    @Test func losesTheInvitationsThatNobodyHasUsedYet() async throws {
        try await Parish.open { parish in
            let denise = try await parish.laptop("Denise")
            let late = try await parish.invitation(for: "denise ")
            let phone = try await parish.invitation(for: "Denise", isPage: true)
            let others = try await parish.invitation(for: "Ben")
            _ = try parish.hub.revoke("Denise")
            // Neither for a second laptop nor for the one that was revoked.
            for laptop in [try parish.notebook("Second"), denise] {
                await #expect(throws: SyncError.self) { try await laptop.join(late) }
            }
            await #expect(throws: SyncError.revoked) { try await denise.sync() }
            let pages = HubPages(hub: parish.hub)
            #expect(try await pages.signIn(Base64URL.encode(phone.code)) == nil)
            #expect(try parish.hub.openInvitations().map(\.name) == ["Ben"])
            try await parish.notebook("Ben").join(others)
        }
    }

    @Test func openInvitationsAreListed() async throws {
        try await KeepersHub.open(at: "https://hub.example.org") { hub in
            _ = try await hub.run("invite", "--name", "Denise", "--role", "admin", "--page")
            let text = try await hub.run("devices").output
            #expect(text.contains("Open invitations:"))
            #expect(text.contains("Denise"))
            let document = try await hub.run("devices", "--json").document()
            let open = try #require(document["invitations"] as? [[String: any Sendable]])
            let hers = try #require(open.first { $0["name"] as? String == "Denise" })
            #expect(hers["kind"] as? String == "phone")
            #expect(hers["roles"] as? [String] == ["admin"])
            #expect((hers["expires"] as? String)?.hasPrefix("20") == true)
        }
    }

    @Test func byItsIDEndsThePersonsPhonesToo() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let denise = try ana.add("Denise Okafor")
            try await ana.sync()
            let laptop = try parish.notebook("Denise Okafor")
            let hub = parish.hub
            try await laptop.join(
                hub.invite(
                    parish.invitation(of: denise, isPage: false), url: await parish.server.url))
            let page = try hub.invite(
                parish.invitation(of: denise, isPage: true), url: await parish.server.url)
            let pages = HubPages(hub: hub)
            let token = try #require(try await pages.signIn(Base64URL.encode(page.code)))
            let outcome = try await Program.run([
                "revoke", laptop.store.device.description, "--data", parish.hubFolder, "--json",
            ])
            let ended = try #require(try outcome.document()["ended"] as? [[String: any Sendable]])
            #expect(ended.count == 2)
            #expect(try outcome.text("kind") == "laptop")
            #expect(try await pages.visitor(token) == nil)
        }
    }

    /// Nobody said that the two are one person: the keeper does.
    @Test func ofANameThatTwoMembersBearIsAskedAbout() async throws {
        try await Parish.open { parish in
            let laptop = try await parish.laptop("Denise")
            try await laptop.sync()
            let page = try await parish.invitation(for: "Denise", isPage: true)
            let pages = HubPages(hub: parish.hub)
            let token = try #require(try await pages.signIn(Base64URL.encode(page.code)))
            #expect {
                try parish.hub.revoke("Denise")
            } throws: { error in
                let text = (error as? HubError)?.description ?? ""
                return text.contains("laptop of Denise") && text.contains("phone of Denise")
            }
            #expect(try await pages.visitor(token) != nil)
        }
    }

    /// Whoever joined may call themselves anything.
    @Test func isNamedInOneLineWithoutCommands() async throws {
        try await Parish.open { parish in
            let name = "Eve\u{1B}[2J\n  0000000000000000  laptop of Ana"
            for _ in 0..<2 {
                let laptop = try parish.notebook(name)
                try await laptop.join(try await parish.invitation(for: "Eve"))
                try await laptop.sync()
            }
            for arguments in [["revoke", "Eve"], ["devices"]] {
                let outcome = try await Program.run(arguments + ["--data", parish.hubFolder])
                let text = outcome.output + outcome.errors
                #expect(text.contains("Eve"))
                #expect(!text.contains("\u{1B}"))
                #expect(!text.contains("\n  0000"))
            }
            let wrong = try await Program.run(["invite", "--name", "A", "--role", "\u{1B}[2J"])
            #expect(wrong.status == 64)
            #expect(!wrong.errors.contains("\u{1B}"))
        }
    }

    @Test func isListedWithItsMembersOwnNameAndTurf() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let token = [UInt8](repeating: 5, count: 32)
            try parish.hub.write { db in
                try WebSession.begin(
                    token: token, formToken: "f", for: scene.lena.notebook.me.member,
                    at: parish.clock.milliseconds, db)
            }
            let list = try await Program.run(["devices", "--data", parish.hubFolder])
            let lines = list.output.split(separator: "\n")
            #expect(lines.first?.hasPrefix("Id                Device  Member  Last seen") == true)
            #expect(lines.count == 5)
            let lena = lines.filter { $0.contains("  Lena  ") }
            #expect(lena.count == 2)
            #expect(lena.allSatisfy { $0.hasSuffix("  leader of North Side") })
            let revoked = try await Program.run(["revoke", "lena", "--data", parish.hubFolder])
            #expect(revoked.output.contains("of Lena has no access any more"))
            #expect(revoked.output.contains("At its next sync it removes what it holds"))
            #expect(!revoked.output.contains("until it is in contact"))
            let after = try await Program.run(["devices", "--data", parish.hubFolder]).output
            #expect(after.split(separator: "\n").count { $0.contains("nothing since") } == 2)
        }
    }

    @Test func keepersMistakesAreNamed() async throws {
        try await Parish.open { parish in
            _ = try await parish.laptop("Ana")
            _ = try await parish.laptop("Ben")
            let hub = parish.hub
            #expect(throws: HubError.noSuchDevice("zz")) { try hub.revoke("zz") }
            #expect(throws: HubError.noSuchDevice("")) { try hub.revoke("") }
            let own = hub.own.store.device.description
            #expect(throws: HubError.ownDevice) { try hub.revoke(own) }
        }
    }

    /// A push is stored before the revocation, or it is refused: never in part, never after.
    @Test func aPushAtTheSameMomentIsBeforeOrAfter() async throws {
        try await Parish.open(isServing: false) { parish in
            let hub = parish.hub
            for _ in 0..<150 {
                let scribe = try await Scribe(parish)
                let device = scribe.key.device
                let push = try scribe.push([scribe.commit(1, ahead: 1), scribe.commit(2)])
                async let isStored = Blocking.run {
                    do {
                        return try Exchange(hub: hub).answer(push, from: device).acknowledged.seq
                            == 2
                    } catch let problem as Problem where problem == .revoked {
                        return false
                    }
                }
                async let endAfterRevoking = Blocking.run {
                    _ = try hub.revoke(device.description)
                    return try hub.logEnd()
                }
                let (stored, end) = try await (isStored, endAfterRevoking)
                let commits = try hub.read { try HubDevice.find(device, $0)?.head.seq }
                #expect(commits == (stored ? 2 : 0))
                #expect(try hub.logEnd() == end)
            }
            #expect(try hub.verify().log == [])
        }
    }
}

@Suite("Somebody whose commit is refused")
struct RefusedTests {
    @Test func seesItAndHasWhatTheOthersHaveAndGoesOn() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let omar = try scene.ana.add("Omar Khan", phone: "555-0135", turf: scene.north)
            try await parish.syncAll(scene.ana, scene.lena)
            // Lena may not move anybody; the name that she writes in the same act goes with it.
            try scene.lena.act(
                Edit(Person.key(omar), [.write("Omar K."), .move(scene.south)]),
                Edit(Person.key(scene.rosa), [.write("Rosa A.")]))
            let report = try await scene.lena.sync()
            #expect(report.refused == 3)
            #expect(try scene.lena.refusals() == ["act", "grant", "act"])
            #expect(try scene.lena.names() == ["Omar Khan", "Rosa Alvarez"])
            #expect(try await scene.differences(of: scene.lena, reading: scene.north) == [])

            try scene.lena.setPhone("555-0136", of: omar)
            try await parish.syncAll(scene.lena, scene.ana)
            #expect(try scene.ana.phone(of: omar) == "555-0136")
            #expect(try scene.lena.refusals().count == 3)
            let stubs = try parish.hub.read { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM log WHERE payload IS NULL")
            }
            #expect(stubs == 3)
            #expect(try parish.hub.verify().log == [])
        }
    }

    @Test func losesARecordThatOnlyTheyHad() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            try scene.lena.add("Nobody's neighbor", turf: scene.south)
            try await scene.lena.sync()
            #expect(try scene.lena.refusals() == ["grant"])
            #expect(try scene.lena.names() == ["Rosa Alvarez"])
            // What she had written, and about whom, she can still read.
            let page = try await scene.lena.run("refused")
            #expect(page.output.hasPrefix("Nobody's neighbor (person "))
            #expect(page.output.contains("  point person  Lena\n"))
            try await scene.sam.sync()
            #expect(try scene.sam.names() == [])
        }
    }

    /// Ana goes on writing about a person before she sees that the hub did not take her in: nobody has
    /// lost that person, and nobody gives her back without a name a week later.
    @Test func doesNotGiveBackWhatTheHubNeverTook() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let ana = scene.ana
            let rosa = Person.key(ana.store.environment.newID())
            try ana.act(
                Edit(rosa, home: Space.organizers, [.write("Rosa")]),
                Edit(RecordKey(Turf.kind.number, scene.north), [.move(Space.organizers)]))
            let line = BlockLine(await parish.transport(of: ana))
            line.onRequest { request in
                guard request.wanted.contains(rosa), try ana.names().contains("Rosa") else {
                    return
                }
                try ana.setPhone("555-0136", of: rosa.id)
            }
            _ = try await parish.meeting(ana, line).run(nonce: "")
            #expect(try ana.refusals() == ["act", "space", "unknown-record"])
            try await parish.hub.catchUp()
            try ana.letAWeekPass()
            #expect(try await ana.sync().repaired == 0)
            #expect(try ana.notebook.person(rosa.id) == nil)
            #expect(try parish.hub.verify().log == [])
        }
    }
}
