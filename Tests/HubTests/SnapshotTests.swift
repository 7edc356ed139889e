import Foundation
import GRDB
import Notebook
import Pages
import Replication
import Store
import Sync
import Synchronization
import Testing

@testable import Hub

@Suite("A laptop that begins with the hub's snapshot")
struct SnapshotTests {
    /// An organizer with two turfs, and a hub that has made a snapshot of what she wrote.
    private func scene(_ parish: Parish, people: Int = 30) async throws -> TwoTurfs {
        let scene = try await TwoTurfs(parish)
        for number in 0..<people {
            let turf = [nil, scene.north, scene.south][number % 3]
            let person = try scene.ana.add("Person \(number)", phone: "555-0\(number)", turf: turf)
            try scene.ana.setPhone("555-1\(number)", of: person)
        }
        try await scene.ana.sync()
        #expect(try parish.hub.buildSnapshot())
        return scene
    }

    @Test func endsAsOneThatHasReadTheLog() async throws {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            try scene.ana.setPhone("555-0199", of: scene.rosa)
            try await scene.ana.sync()
            let ben = try await parish.laptop("Ben")
            let report = try await ben.sync()
            #expect(report.bootstrap.map { $0.stored == $0.all && $0.all > 60 } == true)
            #expect(report.isEven && report.repaired == 0)
            try await scene.ana.sync()
            #expect(try ben.fingerprints() == scene.ana.fingerprints())
            #expect(try ben.phone(of: scene.rosa) == "555-0199")
            // What was written over is history here too.
            let history = try ben.store.read {
                try History.entries(of: Person.key(scene.rosa), $0)
            }
            #expect(history.contains { $0.write.value == .text("555-0142") && !$0.isLive })
            #expect(try ben.problems() == [])
            #expect(try ben.notebook.store.find("dialysis").count == 1)
        }
    }

    /// Ben, an organizer until today, wrote down Omar's number before he heard that Omar has come to the
    /// turf that Ben leads now (simulator seed 340664).
    @Test func ofALeaderHoldsWhatHeWroteAsAnOrganizer() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let ben = try await parish.laptop("Ben")
            let omar = try scene.ana.add("Omar Khan")
            try await parish.syncAll(scene.ana, ben)
            try await scene.move(omar, to: scene.north)
            #expect(try parish.hub.buildSnapshot())
            try ben.setPhone("555-0177", of: omar)
            try await ben.join(parish.invitation(for: "Ben", .leader, of: scene.north))
            let report = try await ben.sync()
            #expect(report.bootstrap != nil && report.repaired == 0)
            #expect(try ben.phone(of: omar) == "555-0177")
            #expect(try await scene.differences(of: ben, reading: scene.north) == [])
        }
    }

    @Test func ofALeaderGetsNotAByteOfOtherSpaces() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let canaries = ["organizers", "south"].map { "canary of the \($0)" }
            try scene.ana.act(
                Edit(
                    RecordKey(Assessment.kind.number, parish.newID()), home: Space.organizers,
                    [.set(Assessment.basis, .text(canaries[0]))]))
            try scene.ana.add(canaries[1], turf: scene.south)
            try scene.ana.add("canary of the north", turf: scene.north)
            try await scene.ana.sync()
            #expect(try parish.hub.buildSnapshot())
            let proxy = try await parish.proxy()
            defer { proxy.close() }
            let new = try await parish.laptop("Nora", .leader, of: scene.north, through: proxy)
            #expect(try await new.sync().bootstrap != nil)
            #expect(try new.names() == ["Rosa Alvarez", "canary of the north"])
            #expect(proxy.heard.holds(Array("canary of the north".utf8)))
            for canary in canaries { #expect(!proxy.heard.holds(Array(canary.utf8))) }
            #expect(try await scene.differences(of: new, reading: scene.north) == [])
        }
    }

    /// Who asks for a block by a name that they have heard gets what anybody gets: nothing.
    @Test func ofOthersIsAsUnknownAsOneThatIsNot() async throws {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            try scene.lena.add("Of the north", turf: scene.north)
            try await scene.lena.sync()
            let all = try parish.blocks()
            let own = try parish.blocks(of: [scene.north, Space.commons])
            #expect(all.count == 4 && own.count == 2)
            let unknown = Snapshot.Block(hash: .empty, bytes: 1, commits: 1)
            let transport = await parish.transport(of: scene.lena)
            for block in all + [unknown] {
                let outcome = await outcome {
                    try await transport.fetch(block, from: 0, nonce: "").bytes
                }
                if own.contains(block) {
                    #expect(try block.names(outcome.get()))
                } else {
                    #expect(throws: SyncError.refused(rule: "block", detail: Problem.block.detail))
                    { try outcome.get() }
                }
            }
            await transport.close()
        }
    }

    @Test func keepsWhatWasWrittenHereAndNotSent() async throws {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            let ben = try parish.notebook("Ben")
            let own = try ben.add("Written before joining")
            try await ben.join(try await parish.invitation(for: "Ben"))
            let line = BlockLine(await parish.transport(of: ben))
            line.onBlock { _ in try ben.setPhone("555-7777", of: own) }
            #expect(try await parish.meeting(ben, line).run(nonce: "").report.isEven)
            #expect(try ben.phone(of: own) == "555-7777")
            #expect(try ben.store.meta().pending == 0)
            try await parish.syncAll(scene.ana, ben)
            #expect(try ben.fingerprints() == scene.ana.fingerprints())
        }
    }

    @Test func isUsefulBeforeEverythingHasCome() async throws {
        try await Parish.open { parish in
            let scene = try await scene(parish)
            let ben = try await parish.laptop("Ben")
            let line = BlockLine(await parish.transport(of: ben))
            let seen = Mutex<[Int]>([])
            line.onBlock { _ in
                let count = try ben.names().count
                seen.withLock { $0.append(count) }
            }
            let progress = Mutex<[BootstrapProgress]>([])
            let meeting = parish.meeting(ben, line) { report in
                if let how = report.bootstrap { progress.withLock { $0.append(how) } }
            }
            #expect(try await meeting.run(nonce: "").report.isEven)
            // People of the spaces that came are there while others are still on the way.
            #expect(seen.withLock { $0.last ?? 0 } > 0)
            let stored = progress.withLock { $0.map(\.stored) }
            #expect(stored.count >= 4 && stored == stored.sorted())
            #expect(try scene.ana.names() == ben.names())
        }
    }
}

/// A way to the hub on which a test does something while a request is on its way, or before a block is
/// fetched.
final class BlockLine: Transport {
    private let line: any Transport
    private let before = Mutex<(@Sendable (Snapshot.Block) async throws -> Void)?>(nil)
    private let during = Mutex<(@Sendable (SyncRequest) throws -> Void)?>(nil)
    /// Where the blocks that were asked for were asked from.
    let offsets = Mutex<[Int]>([])
    /// How many bytes of blocks have come.
    let bytes = Mutex(0)
    /// How many bytes of a block come at once.
    let width = Mutex(Int.max)
    /// Spoils what comes.
    let isSpoiling = Mutex(false)
    /// Whether the hub hears that the laptop takes snapshots.
    let takesSnapshots = Mutex(true)

    init(_ line: any Transport) { self.line = line }

    func onBlock(_ body: @escaping @Sendable (Snapshot.Block) async throws -> Void) {
        before.withLock { $0 = body }
    }

    func onRequest(_ body: @escaping @Sendable (SyncRequest) throws -> Void) {
        during.withLock { $0 = body }
    }

    func exchange(_ request: SyncRequest, nonce: String) async throws -> Exchanged {
        try during.withLock { $0 }?(request)
        var request = request
        if !takesSnapshots.withLock({ $0 }) { request.takesSnapshot = false }
        return try await line.exchange(request, nonce: nonce)
    }

    func fetch(
        _ block: Snapshot.Block, from offset: Int, nonce: String
    ) async throws -> FetchedBytes {
        try await before.withLock { $0 }?(block)
        offsets.withLock { $0.append(offset) }
        let fetched = try await line.fetch(block, from: offset, nonce: nonce)
        var bytes = Array(fetched.bytes.prefix(width.withLock { $0 }))
        self.bytes.withLock { $0 += bytes.count }
        if isSpoiling.withLock({ $0 }) { bytes[bytes.count / 2] ^= 1 }
        return FetchedBytes(
            bytes: bytes, offset: offset, nextNonce: fetched.nextNonce, traffic: fetched.traffic)
    }

    func enrol(_ request: EnrolRequest) async throws -> (EnrolAnswer, nonce: String) {
        try await line.enrol(request)
    }

    func close() async { await line.close() }
}

extension Parish {
    func transport(of laptop: Laptop) async -> HTTPTransport {
        HTTPTransport(
            url: await server.url, hubKey: hub.identity.publicKey,
            key: laptop.store.environment.key)
    }

    func meeting(
        _ laptop: Laptop, _ line: BlockLine,
        progress: @escaping @Sendable (SyncReport) -> Void = { _ in }
    ) -> Meeting {
        Meeting(
            notebook: laptop.notebook, congregation: congregation,
            keys: NotebookFile(path: laptop.path), connect: { _ in line }, progress: progress)
    }

    /// The blocks of the hub's newest snapshot.
    func blocks(of spaces: Set<SpaceID>? = nil) throws -> [Snapshot.Block] {
        try hub.read { db in
            guard let newest = try Snapshots.newest(db) else { return [] }
            return try Snapshots.blocks(
                of: newest, in: spaces.map { .spaces($0) } ?? .everything, db)
        }
    }
}

/// What came of it, to be looked at later.
func outcome<Value>(
    _ body: () async throws -> Value
) async -> Result<Value, any Error> {
    do {
        return .success(try await body())
    } catch {
        return .failure(error)
    }
}
