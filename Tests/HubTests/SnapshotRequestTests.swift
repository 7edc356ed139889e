import Notebook
import Replication
import Store
import Sync
import Testing

@testable import Hub

@Suite("A request for a block of a snapshot")
struct SnapshotRequestTests {
    /// A laptop's requests for the one block of a hub.
    private struct Scene {
        let parish: Parish
        let ana: Laptop
        let block: Snapshot.Block

        init(_ parish: Parish) async throws {
            self.parish = parish
            ana = try await parish.laptop("Ana")
            try ana.add("Rosa Alvarez")
            try await ana.sync()
            #expect(try parish.hub.buildSnapshot())
            block = try #require(try parish.blocks(of: [Space.organizers]).first)
        }

        var path: String { "/v1/snapshot/\(block.hash)" }

        func request(method: String = "GET", nonce: String? = nil) throws -> SignedRequest {
            let next = parish.hub.nonces.next(of: ana.store.device, parish.hub.randomBytes)
            return try SignedRequest(
                [], key: ana.store.environment.key, nonce: nonce ?? next, path: path,
                method: method)
        }

        func answer(range: String? = nil) async throws -> RawAnswer {
            var request = try request()
            request["Range"] = range
            let answer = try await request.send(to: await parish.server.port)
            #expect(
                answer.isSigned(by: parish.hub.identity.publicKey, answering: request),
                "\(answer.status)")
            return answer
        }
    }

    @Test func getsAllOfItOrThePartThatItAsksFor() async throws {
        try await Parish.open { parish in
            let scene = try await Scene(parish)
            let size = scene.block.bytes
            let whole = try await scene.answer()
            #expect(whole.status == 200 && scene.block.names(whole.body))
            #expect(whole.headers["content-encoding"] == nil)
            for first in [0, 1, size / 2, size - 1] {
                let part = try await scene.answer(range: "bytes=\(first)-")
                #expect(part.status == 206)
                #expect(part.headers["content-range"] == "bytes \(first)-\(size - 1)/\(size)")
                #expect(part.body == Array(whole.body[first...]))
            }
        }
    }

    @Test(arguments: ["bytes=5-9", "bytes=-5", "bytes=0-,7-", "bytes=+1-", "bytes=x-", "lines=1-"])
    func ofAnotherFormOfRangeGetsAll(range: String) async throws {
        try await Parish.open { parish in
            let scene = try await Scene(parish)
            let answer = try await scene.answer(range: range)
            #expect(answer.status == 200 && scene.block.names(answer.body))
        }
    }

    @Test func beyondTheEndIsTold() async throws {
        try await Parish.open { parish in
            let scene = try await Scene(parish)
            for first in ["\(scene.block.bytes)", "999999999", "9223372036854775807"] {
                let answer = try await scene.answer(range: "bytes=\(first)-")
                #expect(answer.status == 416 && answer.rule == "range")
            }
        }
    }

    @Test func thatIsNotSignedForItGetsNothing() async throws {
        try await Parish.open { parish in
            let scene = try await Scene(parish)
            let port = await parish.server.port
            var other = try scene.request()
            other.path = "/v1/snapshot/\(Digest.empty)"
            #expect(try await other.send(to: port).rule == "signature")
            var posted = try scene.request(method: "POST")
            posted.method = "GET"
            #expect(try await posted.send(to: port).rule == "signature")
            var withBody = try scene.request()
            withBody.body = [1]
            withBody["Content-Length"] = "1"
            #expect(try await withBody.send(to: port).status == 413)
            let old = try scene.request(nonce: "AAAAAAAAAAAAAAAAAAAAAA")
            #expect(try await old.send(to: port).rule == "nonce")
            let bare = "GET \(scene.path) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
            #expect(try await RawHTTP.send(Array(bare.utf8), to: port).status == 401)
            #expect(try await scene.answer().status == 200)
        }
    }

    @Test func thatSpellsItsHashOtherwiseGetsNothing() async throws {
        try await Parish.open { parish in
            let scene = try await Scene(parish)
            for name in ["\(scene.block.hash)".uppercased(), "\(scene.block.hash)00", "x"] {
                let next = parish.hub.nonces.next(
                    of: scene.ana.store.device, parish.hub.randomBytes)
                let request = try SignedRequest(
                    [], key: scene.ana.store.environment.key, nonce: next,
                    path: "/v1/snapshot/\(name)", method: "GET")
                let answer = try await request.send(to: await parish.server.port)
                #expect(answer.status == 404 && answer.rule == "block", "\(name)")
            }
        }
    }

    @Test func thatSendsOrDeletesIsRefused() async throws {
        try await Parish.open { parish in
            let scene = try await Scene(parish)
            for method in ["POST", "PUT", "DELETE", "PATCH"] {
                let answer = try await scene.request(method: method)
                    .send(to: await parish.server.port)
                #expect(answer.status == 405 && answer.headers["allow"] == "GET", "\(method)")
            }
        }
    }
}
