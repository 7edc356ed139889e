import Foundation
import GRDB
import Notebook
import Replication
import Store
import Synchronization
import Testing

@testable import Hub
@testable import Sync

@Suite("A snapshot on its way")
struct SnapshotFaultTests {
    /// Ana's hub with a snapshot of several blocks.
    private func scene(_ parish: Parish) async throws -> TwoTurfs {
        let scene = try await TwoTurfs(parish)
        for number in 0..<12 {
            try scene.ana.add(
                "Person \(number)", phone: "555-0\(number)",
                turf: [nil, scene.north, scene.south][number % 3])
        }
        try await scene.ana.sync()
        #expect(try parish.hub.buildSnapshot())
        return scene
    }

    /// The program ends before each block in turn; the next one goes on with that block.
    @Test func isGoneOnWithAfterACutAtEveryBlock() async throws {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            let ben = try await parish.laptop("Ben")
            let count = try parish.blocks().count
            #expect(count >= 4)
            var stored = 0
            for _ in 0..<count {
                let opened = try ben.opened()
                let line = BlockLine(await parish.transport(of: opened))
                let asked = Mutex(0)
                line.onBlock { _ in
                    let isSecond = asked.withLock { asked in
                        asked += 1
                        return asked == 2
                    }
                    if isSecond { throw SyncError.busy(url: "https://hub") }
                }
                let outcome = await outcome {
                    try await parish.meeting(opened, line).run(nonce: "").report
                }
                stored += 1
                guard stored < count else {
                    #expect(try outcome.get().isEven)
                    break
                }
                #expect(throws: SyncError.busy(url: "https://hub")) {
                    try outcome.get()
                }
                #expect(try opened.store.meta().cursor?.highest == 0)
            }
            #expect(try ben.opened().names() == scene.ana.names())
            #expect(try ben.opened().problems() == [])
        }
    }

    /// The first blocks are stored one by one, so that there is something to work with; the others
    /// together.
    @Test func isTakenInSeveralBlocksAtATime() async throws {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            let ben = try await parish.laptop("Ben")
            let line = BlockLine(await parish.transport(of: ben))
            line.onBlock { _ in throw SyncError.busy(url: "https://hub") }
            await #expect(throws: SyncError.self) {
                try await parish.meeting(ben, line).run(nonce: "")
            }
            line.onBlock { _ in }
            let other = await parish.transport(of: ben)
            let bootstrap = Bootstrap(
                notebook: ben.notebook, transport: other, mostCommits: 1_000_000,
                enoughCommits: 1)
            var (nonce, traffic) = ("", Traffic())
            var progress: [BootstrapProgress] = []
            while case .took(_, let reached) = try await bootstrap.step(&nonce, &traffic) {
                progress.append(reached)
            }
            await other.close()
            #expect(progress.count == 2)
            #expect(progress.last?.stored == progress.last?.all)
            #expect(try await ben.opened().sync().isEven)
            #expect(try ben.opened().names() == scene.ana.names())
            #expect(try ben.opened().problems() == [])
        }
    }

    /// A line on which every connection breaks after a few bytes gets all of it through, each byte
    /// once.
    @Test func isGoneOnWithInTheMiddleOfABlock() async throws {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            var dice = SystemRandomNumberGenerator()
            for _ in 0..<20 {
                let noise = (0..<30).map { _ in String(dice.next(), radix: 36) }.joined()
                try scene.ana.meet(scene.rosa, noise)
            }
            try await scene.ana.sync()
            #expect(try parish.hub.buildSnapshot())
            let proxy = try await parish.proxy()
            defer { proxy.close() }
            let ben = try await parish.laptop("Ben", through: proxy)
            let line = BlockLine(
                HTTPTransport(
                    url: proxy.url, hubKey: parish.hub.identity.publicKey,
                    key: ben.store.environment.key))
            proxy.cut(down: 2600)
            #expect(try await parish.meeting(ben, line).run(nonce: "").report.isEven)
            #expect(line.offsets.withLock { $0.filter { $0 > 0 }.count } > 2)
            let size = try parish.blocks().reduce(0) { $0 + $1.bytes }
            #expect(line.bytes.withLock { $0 } == size)
            #expect(try ben.names() == scene.ana.names())
        }
    }

    /// Another program goes on at the byte where the first one stopped.
    @Test func isGoneOnWithByAnotherProgram() async throws {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            let ben = try await parish.laptop("Ben")
            let line = BlockLine(await parish.transport(of: ben))
            line.width.withLock { $0 = 100 }
            let asked = Mutex(0)
            line.onBlock { _ in
                let count = asked.withLock { asked in
                    asked += 1
                    return asked
                }
                if count == 3 { throw SyncError.busy(url: "https://hub") }
            }
            await #expect(throws: SyncError.self) {
                try await parish.meeting(ben, line).run(nonce: "")
            }
            #expect(try ben.store.dueBlock()?.part.count == 200)
            let outcome = try await ben.run("sync")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try ben.opened().names() == scene.ana.names())
        }
    }

    @Test func thatIsSpoiledIsRefusedAndNothingOfItStored() async throws {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            let ben = try await parish.laptop("Ben")
            let line = BlockLine(await parish.transport(of: ben))
            line.isSpoiling.withLock { $0 = true }
            await #expect(throws: SyncError.self) {
                try await parish.meeting(ben, line).run(nonce: "")
            }
            #expect(try ben.names().isEmpty)
            #expect(try ben.store.dueBlock()?.part == [])
            #expect(try ben.store.meta().cursor?.highest == 0)
            #expect(try await ben.sync().isEven)
            #expect(try ben.names() == scene.ana.names())
        }
    }

    /// A person is erased when half of the snapshot has come.
    @Test(arguments: [0, 1, 2, 3]) func holdsNothingOfWhomWasErasedMeanwhile(after blocks: Int)
        async throws
    {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            let ruth = try await parish.admin()
            try await ruth.sync()
            #expect(try parish.hub.buildSnapshot())
            let ben = try await parish.laptop("Ben")
            let line = BlockLine(await parish.transport(of: ben))
            let asked = Mutex(0)
            line.onBlock { _ in
                let count = asked.withLock { asked in
                    defer { asked += 1 }
                    return asked
                }
                guard count == blocks else { return }
                try ruth.act(
                    Edit(Person.key(scene.rosa), [.set(CommonField.erased, .keep, .int(1))]))
                try await ruth.sync()
                #expect(try parish.storedBlocks().isEmpty)
            }
            #expect(try await parish.meeting(ben, line).run(nonce: "").report.isEven)
            #expect(asked.withLock { $0 } > blocks)
            #expect(try ben.notebook.person(scene.rosa) == nil)
            #expect(try ben.notebook.store.find("Alvarez").isEmpty)
            #expect(try ben.problems() == [])
            // The next snapshot tells a leader that she was erased, and nothing else of her.
            #expect(try parish.hub.buildSnapshot())
            for block in try parish.storedBlocks() { #expect(!block.holds(Array("Alvarez".utf8))) }
            let lena = try await parish.laptop("Lena 2", .leader, of: scene.north)
            #expect(try await lena.sync().bootstrap != nil)
            let state = try lena.store.read { try Records.state(of: Person.key(scene.rosa), $0) }
            #expect(state?.life == .erased)
        }
    }

    /// Rosa moves to the south while a new leader of the north fetches what is there.
    @Test(arguments: [0, 1]) func takesBackWhoLeftMeanwhile(after blocks: Int) async throws {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            let new = try await parish.laptop("Nora", .leader, of: scene.north)
            let line = BlockLine(await parish.transport(of: new))
            let asked = Mutex(0)
            line.onBlock { _ in
                let count = asked.withLock { asked in
                    defer { asked += 1 }
                    return asked
                }
                if count == blocks { try await scene.move(scene.rosa, to: scene.south) }
            }
            #expect(try await parish.meeting(new, line).run(nonce: "").report.isEven)
            #expect(asked.withLock { $0 } > blocks)
            #expect(try new.notebook.person(scene.rosa) == nil)
            #expect(try await scene.differences(of: new, reading: scene.north) == [])
        }
    }

    /// The same, and the hub has made a new snapshot without her by the time the leader asks again.
    @Test func takesBackWhoLeftBeforeTheNextSnapshot() async throws {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            let new = try await parish.laptop("Nora", .leader, of: scene.north)
            let line = BlockLine(await parish.transport(of: new))
            let asked = Mutex(0)
            line.onBlock { _ in
                let count = asked.withLock { asked in
                    defer { asked += 1 }
                    return asked
                }
                guard count == (try parish.blocks(of: [scene.north, Space.commons]).count - 1)
                else { return }
                try await scene.move(scene.rosa, to: scene.south)
                #expect(try parish.hub.buildSnapshot())
                throw SyncError.busy(url: "https://hub")
            }
            await #expect(throws: SyncError.self) {
                try await parish.meeting(new, line).run(nonce: "")
            }
            let report = try await new.sync()
            #expect(report.isEven && report.bootstrap != nil)
            #expect(try new.notebook.person(scene.rosa) == nil)
            #expect(try await scene.differences(of: new, reading: scene.north) == [])
        }
    }

    @Test func endsForWhomIsRevokedMeanwhile() async throws {
        try await Parish.open { parish in
            _ = try await scene(parish)
            let ben = try await parish.laptop("Ben")
            let line = BlockLine(await parish.transport(of: ben))
            let asked = Mutex(0)
            line.onBlock { _ in
                let isSecond = asked.withLock { asked in
                    asked += 1
                    return asked == 2
                }
                if isSecond { _ = try parish.hub.revoke("Ben") }
            }
            await #expect(throws: SyncError.revoked) {
                try await parish.meeting(ben, line).run(nonce: "")
            }
            #expect(try ben.opened().names().isEmpty)
            #expect(try ben.opened().store.dueBlock() == nil)
        }
    }

    /// A leader who gets another turf while the first one's people come ends with the other's.
    @Test func isForTheTurfThatIsTheirsNow() async throws {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            let new = try await parish.laptop("Nora", .leader, of: scene.north)
            let line = BlockLine(await parish.transport(of: new))
            let asked = Mutex(0)
            let other = try await parish.invitation(for: "Nora", .leader, of: scene.south)
            line.onBlock { _ in
                let isSecond = asked.withLock { asked in
                    asked += 1
                    return asked == 2
                }
                if isSecond { try await new.join(other) }
            }
            #expect(try await parish.meeting(new, line).run(nonce: "").report.isEven)
            #expect(try new.notebook.people(in: scene.north).isEmpty)
            #expect(try await scene.differences(of: new, reading: scene.south) == [])
        }
    }
}

extension Parish {
    /// Somebody who may erase.
    func admin() async throws -> Laptop {
        let laptop = try notebook("Ruth")
        try await laptop.join(try await adminInvitation())
        return laptop
    }

    func adminInvitation() async throws -> Invitation {
        let url = await server.url
        return try hub.invite(
            HubInvitation(
                name: "Ruth", roles: [.organizer, .admin], turf: nil, person: nil,
                isPage: false, expires: clock.milliseconds + 600_000), url: url)
    }

    /// All blocks that the hub's file holds, inflated.
    func storedBlocks() throws -> [[UInt8]] {
        try hub.read { db in
            try Data.fetchAll(db, sql: "SELECT content FROM snapshotBlock").map {
                try Gzip.inflate(Array($0), limit: Limits.inflatedBytes)
            }
        }
    }
}
