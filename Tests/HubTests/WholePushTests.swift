import Foundation
import Notebook
import Replication
import Store
import Sync
import Testing

@testable import Hub

@Suite("A push that is not right is refused whole")
struct WholePushTests {
    /// One way to spoil a push, and the rule that names it.
    struct Spoilt: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        let rule: String
        let request: @Sendable (Scribe) throws -> SyncRequest

        init(
            _ name: String, _ status: Int, _ rule: String,
            _ request: @escaping @Sendable (Scribe) throws -> SyncRequest
        ) {
            testDescription = name
            self.status = status
            self.rule = rule
            self.request = request
        }
    }

    /// The scribe has pushed commits 1 and 2 before.
    static let spoilt = [
        Spoilt("signed by another key", 403, "push-signature") { scribe in
            try scribe.push([scribe.commit(3)], signedBy: DeviceKey())
        },
        Spoilt("not signed at all", 403, "push-signature") { scribe in
            var request = try scribe.push([scribe.commit(3)])
            request.push?.signature = []
            return request
        },
        Spoilt("signed for another congregation", 403, "push-signature") { scribe in
            try scribe.push([scribe.commit(3)], for: RecordID(rawValue: 7))
        },
        Spoilt("another device's commits", 400, "order") { scribe in
            try scribe.push([scribe.commit(3, device: DeviceID(rawValue: 77))])
        },
        Spoilt("a commit left out before it", 409, "gap") { scribe in
            try scribe.push([scribe.commit(4)])
        },
        Spoilt("a commit left out within it", 400, "order") { scribe in
            try scribe.push([scribe.commit(3), scribe.commit(5)])
        },
        Spoilt("in the wrong order", 400, "order") { scribe in
            try scribe.push([scribe.commit(4), scribe.commit(3)])
        },
        Spoilt("the same commit twice", 400, "order") { scribe in
            try scribe.push([scribe.commit(3), scribe.commit(3)])
        },
        Spoilt("another history", 409, "forked") { scribe in
            try scribe.push([scribe.commit(1), scribe.commit(2)], after: ChainHead())
        },
        Spoilt("another history below what the hub has", 409, "forked") { scribe in
            try scribe.push([scribe.commit(1)], after: ChainHead())
        },
        Spoilt("after a hash that is not the hub's", 409, "forked") { scribe in
            let digest = try #require(Digest(bytes: [UInt8](repeating: 9, count: 32)))
            return try scribe.push(
                [scribe.commit(3)], after: ChainHead(seq: 2, hash: digest))
        },
        Spoilt("ending in the middle of an act", 400, "act") { scribe in
            try scribe.push([scribe.commit(3, ahead: 1)])
        },
        Spoilt("acts that overlap", 400, "act") { scribe in
            try scribe.push([scribe.commit(3, ahead: 2), scribe.commit(4), scribe.commit(5)])
        },
        Spoilt("without salts", 400, "salt") { scribe in
            let commits = [scribe.commit(3)].map { commit in
                var commit = commit
                commit.salt = nil
                return commit
            }
            return try scribe.push(commits, salted: false)
        },
        Spoilt("holding nothing", 400, "malformed") { scribe in try scribe.push([]) },
    ]

    @Test(arguments: spoilt)
    func itChangesNothingAndSaysWhy(_ spoilt: Spoilt) async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            #expect(try await scribe.write([scribe.commit(1), scribe.commit(2)]).status == 200)
            let before = try await parish.hub.dumpAtRest()
            let request = try scribe.signed(spoilt.request(scribe).encoded())
            let answer = try await scribe.send(request)
            #expect(answer.status == spoilt.status)
            #expect(answer.rule == spoilt.rule)
            #expect(answer.headers["content-type"] == "application/problem+json; charset=utf-8")
            #expect(answer.isSigned(by: parish.hub.identity.publicKey, answering: request))
            #expect(try parish.hub.dump() == before)
            // The device goes on.
            #expect(try await scribe.write([scribe.commit(3)]).status == 200)
        }
    }

    @Test func theSamePushAgainIsStoredOnce() async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            let push = try scribe.push([scribe.commit(1), scribe.commit(2)])
            #expect(try await scribe.send(push).status == 200)
            // When the device was last seen may change, and nothing else.
            let before = try await parish.hub.dumpAtRest().filter { !$0.hasPrefix("device ") }
            for _ in 0..<3 { #expect(try await scribe.send(push).status == 200) }
            #expect(try parish.hub.dump().filter { !$0.hasPrefix("device ") } == before)
            #expect(try parish.hub.logEnd() == 3)
        }
    }

    @Test func aSignedRequestServesOnce() async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            let request = try scribe.signed(try scribe.push([scribe.commit(1)]).encoded())
            let port = await parish.server.port
            #expect(try await request.send(to: port).status == 200)
            let before = try await parish.hub.dumpAtRest()
            let replay = try await request.send(to: port)
            #expect(replay.status == 401)
            #expect(replay.rule == "nonce")
            #expect(try parish.hub.dump() == before)
        }
    }

    @Test func aRequestToOneHubIsNothingToAnother() async throws {
        try await Parish.open { parish in
            try await Parish.open(named: "St. Luke", isSecond: true) { other in
                var scribe = try await Scribe(parish)
                try await scribe.greet()
                let request = try scribe.signed(try scribe.push([scribe.commit(1)]).encoded())
                let before = try await other.hub.dumpAtRest()
                let answer = try await request.send(to: await other.server.port)
                #expect(answer.status == 401)
                #expect(answer.rule == "signature")
                #expect(try other.hub.dump() == before)
            }
        }
    }

    /// One key, enrolled with two congregations: what it signed for one is nothing in the other.
    @Test func aPushForOneCongregationIsNoneForAnother() async throws {
        try await Parish.open { parish in
            try await Parish.open(named: "St. Luke", isSecond: true) { other in
                var scribe = try await Scribe(parish)
                try await scribe.greet()
                scribe.congregation = other.congregation
                let answer = try await scribe.send(try scribe.push([scribe.commit(1)]))
                #expect(answer.rule == "push-signature")
                #expect(try parish.hub.logEnd() == 1)
            }
        }
    }

    /// Whatever byte of a push is changed on the way, and signed anew by a careless proxy, the
    /// commits in it are not the ones that the device signed.
    @Test func everyChangedByteIsNoticed() async throws {
        try await Parish.open(isServing: false) { parish in
            let scribe = try await Scribe(parish)
            let request = try scribe.push([scribe.commit(1, ahead: 1), scribe.commit(2)])
            let golden = try request.encoded()
            let push = try #require(SyncRequest(decoding: golden).push)
            let before = try await parish.hub.dumpAtRest()
            let exchange = Exchange(hub: parish.hub)
            for index in golden.indices {
                for flip: UInt8 in [1, 0x80] {
                    var body = golden
                    body[index] ^= flip
                    guard let request = try? SyncRequest(decoding: body), let other = request.push
                    else { continue }
                    // A byte that is not signed, since it changes nothing: the hub sets it itself.
                    guard Self.digests(other) != Self.digests(push) else { continue }
                    #expect(throws: Problem.self, "byte \(index)") {
                        try exchange.answer(request, from: scribe.key.device)
                    }
                }
            }
            #expect(try parish.hub.dump() == before)
            _ = try exchange.answer(SyncRequest(decoding: golden), from: scribe.key.device)
            #expect(try parish.hub.logEnd() == 3)
        }
    }

    private static func digests(_ push: Push) -> [[UInt8]] {
        [push.previous.bytes, push.signature]
            + push.entries.compactMap(\.commit).compactMap { commit in
                push.salt(for: commit.dot).map {
                    commit.digest(salt: $0, payload: Payload.encode(commit.writes)).bytes
                }
            }
    }

    @Test func aStampFromTheFarFutureIsShownAsNow() async throws {
        try await Parish.open { parish in
            var scribe = try await Scribe(parish)
            try await scribe.greet()
            let last = Stamp(rawValue: Stamp.limit.rawValue - 1)
            #expect(try await scribe.write([scribe.commit(1, stamp: last)]).status == 200)
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            let rosa = try ana.notebook.findPerson("Rosa")
            try ana.notebook.edit(rosa, PersonDetails(name: "Rosa Alvarez"))
            #expect(try ana.notebook.person(rosa)?.name == "Rosa Alvarez")
            try await ana.sync()
            #expect(try ana.refusals().isEmpty)
        }
    }
}
