import Foundation
import Notebook
import Replication
import Store
import Sync
import Testing
import Wording

@testable import Hub

@Suite("An invitation to a hub")
struct EnrolmentTests {
    @Test func joiningKeepsWhatWasWrittenBeforeAndSendsIt() async throws {
        try await Parish.open { parish in
            let ana = try parish.notebook("Ana")
            let rosa = try ana.add("Rosa Alvarez", phone: "555-0142")
            try ana.meet(rosa, "Walks her mother to dialysis.")
            let joined = try await ana.join(try await parish.invitation(for: "Ana"))
            #expect(joined.congregation == "St. Mark")
            #expect(joined.roles == ["organizer"])
            #expect(joined.spaces == ["all"])
            #expect(try await ana.sync().sent == 3)
            let ben = try await parish.laptop("Ben")
            try await ben.sync()
            #expect(try ben.phone(of: rosa) == "555-0142")
            #expect(try ben.notebook.oneToOnes(with: rosa).count == 1)
        }
    }

    /// A leader who kept notes alone has them in her turf once she joins.
    @Test func whatALeaderWroteBeforeGoesIntoHerTurf() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let lee = try parish.notebook("Lee")
            let omar = try lee.add("Omar Khan", phone: "555-0117")
            try lee.meet(omar, "Was on the tenants' board.")
            try lee.setPhone("555-0118", of: omar)
            try await lee.join(try await parish.invitation(for: "Lee", .leader, of: scene.north))
            #expect(try lee.problems() == [])
            let report = try await lee.sync()
            #expect(report.refused == 0)
            #expect(try lee.names() == ["Omar Khan", "Rosa Alvarez"])
            try await parish.syncAll(scene.ana, scene.lena)
            for laptop in [lee, scene.ana, scene.lena] {
                #expect(try laptop.phone(of: omar) == "555-0118")
                #expect(try laptop.notebook.oneToOnes(with: omar).count == 1)
                #expect(try laptop.space(of: Person.key(omar)) == scene.north)
            }
            #expect(try await scene.differences(of: lee, reading: scene.north) == [])
        }
    }

    /// An answer that got lost is given again, to the same member alone.
    @Test func aCodeThatWasUsedServesItsDeviceAgainAndNobodyElseOnIt() async throws {
        try await Parish.open(isServing: false) { parish in
            let key = DeviceKey()
            let code = try parish.hub.invite(
                HubInvitation(
                    name: "Ana", roles: [.organizer], turf: nil, person: nil, isPage: false,
                    expires: parish.clock.milliseconds + 60_000), url: "https://hub"
            ).code
            let request = EnrolRequest(
                code: code, publicKey: key.publicKey, member: parish.newID())
            let answer = try Enrolment(hub: parish.hub).enrol(request)
            #expect(try Enrolment(hub: parish.hub).enrol(request) == answer)
            let other = EnrolRequest(
                code: code, publicKey: key.publicKey, member: parish.newID())
            #expect(throws: Problem.memberKnown) {
                try Enrolment(hub: parish.hub).enrol(other)
            }
        }
    }

    @Test func ofAHundredWhoUseItAtOnceOneGetsIn() async throws {
        try await Parish.open { parish in
            let invitation = try await parish.invitation(for: "Ana")
            let url = await parish.server.url
            let outcomes = await withTaskGroup(of: String.self) { group in
                for _ in 0..<100 {
                    group.addTask { await Self.use(invitation, at: url) }
                }
                return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["in": 1, "invitation-used": 99])
            #expect(try parish.hub.devices().count == 1)
        }
    }

    /// Tries to enrol a new device; the rule that refused it, or "in".
    private static func use(_ invitation: Invitation, at url: String) async -> String {
        let key = DeviceKey()
        let transport = HTTPTransport(url: url, hubKey: invitation.hubKey, key: key)
        let request = EnrolRequest(
            code: invitation.code, publicKey: key.publicKey,
            member: Environment.system(key: key).newID())
        var outcome = "in"
        do {
            _ = try await transport.enrol(request)
        } catch SyncError.refused(let rule, _) {
            outcome = rule
        } catch {
            outcome = "\(error)"
        }
        await transport.close()
        return outcome
    }

    @Test func itServesOnceAndNotForAnother() async throws {
        try await Parish.open { parish in
            let invitation = try await parish.invitation(for: "Ana")
            try await parish.notebook("Ana").join(invitation)
            let other = try parish.notebook("Eve")
            await #expect(throws: SyncError.refusal("invitation-used")) {
                try await other.join(invitation)
            }
            #expect(try Membership(of: other.store) == nil)
        }
    }

    @Test(arguments: [(9, true), (11, false)])
    func itIsGoodForTenMinutes(minutes: UInt64, isGood: Bool) async throws {
        try await Parish.open { parish in
            let invitation = try await parish.invitation(for: "Ana")
            parish.clock.advance(minutes: minutes)
            let ana = try parish.notebook("Ana")
            if isGood {
                try await ana.join(invitation)
            } else {
                await #expect(throws: SyncError.refusal("invitation-expired")) {
                    try await ana.join(invitation)
                }
            }
        }
    }

    @Test func oneForAPhoneIsNotForALaptopNorTheOtherWayRound() async throws {
        try await Parish.open { parish in
            let pages = HubPages(hub: parish.hub)
            let phone = try await parish.invitation(for: "Denise", .organizer, isPage: true)
            await #expect(throws: SyncError.refusal("invitation-page")) {
                try await parish.notebook("Denise").join(phone)
            }
            let laptop = try await parish.invitation(for: "Ana")
            #expect(try await pages.signIn(Base64URL.encode(laptop.code)) == nil)
            // Neither was used up by that.
            #expect(try await pages.signIn(Base64URL.encode(phone.code)) != nil)
            #expect(try await pages.signIn(Base64URL.encode(phone.code)) == nil)
            try await parish.notebook("Ana").join(laptop)
        }
    }

    @Test func theSameDeviceMayAskAgainWhenTheAnswerWasLost() async throws {
        try await Parish.open { parish in
            let invitation = try await parish.invitation(for: "Ana")
            let key = DeviceKey()
            let request = EnrolRequest(
                code: invitation.code, publicKey: key.publicKey, member: parish.newID())
            let transport = HTTPTransport(
                url: invitation.url, hubKey: invitation.hubKey, key: key)
            let first = try await transport.enrol(request).0
            parish.clock.advance(minutes: 60)
            let second = try await transport.enrol(request).0
            await transport.close()
            #expect(first == second)
            #expect(try parish.hub.devices().count == 1)
        }
    }

    /// Somebody on the way repeats the bytes of Ana's enrolment: she goes on in one round trip.
    @Test func aRepeatedOneLeavesTheLaptopItsNonce() async throws {
        try await Parish.open { parish in
            let invitation = try await parish.invitation(for: "Ana")
            let ana = try parish.notebook("Ana")
            let request = try SignedRequest(
                EnrolRequest(
                    code: invitation.code, publicKey: ana.store.environment.key.publicKey,
                    member: ana.notebook.me.member
                ).encoded(), key: ana.store.environment.key, nonce: "", path: "/v1/enrol")
            try await ana.join(invitation)
            for _ in 0..<2 {
                let answer = try await request.send(to: await parish.server.port)
                #expect(answer.status == 200)
                #expect(try await ana.sync().traffic.roundTrips <= 2)
            }
            let calm = try await ana.sync().traffic.roundTrips
            _ = try await request.send(to: await parish.server.port)
            #expect(try await ana.sync().traffic.roundTrips == calm)
        }
    }

    @Test func guessingIsSlowedAndHonestOnesGetInAMinuteLater() async throws {
        try await Parish.open { parish in
            let honest = try await parish.invitation(for: "Ana")
            let ana = try parish.notebook("Ana")
            var rules: [String] = []
            for byte in 0..<31 {
                let wrong = Invitation(
                    url: honest.url, code: [UInt8](repeating: UInt8(byte), count: 16),
                    hubKey: honest.hubKey)
                do {
                    try await ana.join(wrong)
                } catch SyncError.refused(let rule, _) {
                    rules.append(rule)
                } catch SyncError.busy {
                    rules.append("too-many")
                }
            }
            // The minute may have turned meanwhile.
            #expect(rules.filter { $0 == "invitation-unknown" }.count >= 30)
            #expect(Set(rules).isSubset(of: ["invitation-unknown", "too-many"]))
            parish.clock.advance(minutes: 1)
            try await ana.join(honest)
        }
    }

    @Test func theHubKeepsNoCodeNorToken() async throws {
        try await Parish.open { parish in
            let open = try await parish.invitation(for: "Ana")
            let used = try await parish.invitation(for: "Ben")
            try await parish.notebook("Ben").join(used)
            let phone = try await parish.invitation(for: "Denise", isPage: true)
            let token = try #require(
                try await HubPages(hub: parish.hub).signIn(Base64URL.encode(phone.code)))
            let secrets = [open.code, used.code, phone.code, Base64URL.decode(token) ?? []]
            for name in try FileManager.default.contentsOfDirectory(atPath: parish.hubFolder) {
                let bytes = try Data(contentsOf: URL(filePath: "\(parish.hubFolder)/\(name)"))
                for secret in secrets {
                    #expect(bytes.range(of: Data(secret)) == nil, "\(name)")
                    let texts = [Base64URL.encode(secret), Hex.encode(secret)]
                    for text in texts { #expect(bytes.range(of: Data(text.utf8)) == nil) }
                }
            }
        }
    }

    @Test func aLinkWithAnotherHubsKeyStoresNothing() async throws {
        try await Parish.open { parish in
            let honest = try await parish.invitation(for: "Ana")
            let ana = try parish.notebook("Ana")
            let forged = Invitation(
                url: honest.url, code: honest.code, hubKey: DeviceKey().publicKey)
            await #expect(throws: SyncError.wrongHubKey(url: honest.url)) {
                try await ana.join(forged)
            }
            #expect(try Membership(of: ana.store) == nil)
            #expect(try ana.store.meta().cursor == nil)
            await #expect(throws: SyncError.notJoined) { try await ana.sync() }
        }
    }

    @Test func aHubThatIsDownDoesNotUseItUp() async throws {
        try await Parish.open { parish in
            let invitation = try await parish.invitation(for: "Ana")
            let ana = try parish.notebook("Ana")
            await parish.server.stop()
            await #expect(
                throws: SyncError.unreachable(url: invitation.url, reason: "no connection")
            ) {
                try await ana.join(invitation)
            }
            #expect(try Membership(of: ana.store) == nil)
            try await parish.serve()
            try await ana.join(invitation)
            let other = Invitation(
                url: invitation.url, code: invitation.code, hubKey: DeviceKey().publicKey)
            await #expect(throws: SyncError.alreadyJoined(congregation: "St. Mark")) {
                try await ana.join(other)
            }
        }
    }

    /// Nobody has proven anything yet: a body is not inflated, and nothing is remembered.
    @Test func aStrangerLeavesNoTraceInMemory() async throws {
        try await Parish.open { parish in
            let key = DeviceKey()
            let request = try EnrolRequest(
                code: [UInt8](repeating: 1, count: 16), publicKey: key.publicKey,
                member: parish.newID()
            ).encoded()
            let port = await parish.server.port
            let zipped = try SignedRequest(
                Gzip.compress(request), key: key, nonce: "", path: "/v1/enrol", encoding: "gzip")
            #expect(try await zipped.send(to: port).status == 415)
            let plain = try SignedRequest(request, key: key, nonce: "", path: "/v1/enrol")
            #expect(try await plain.send(to: port).rule == "invitation-unknown")
            #expect(parish.hub.nonces.count == 0)
        }
    }
}
