import Glibc
import Notebook
import Pages
import Replication
import Store
import Sync
import Synchronization
import Testing
import Wording

@testable import Hub

@Suite("A slow line")
struct SlowLineTests {
    /// Lets only so many commits through at once.
    private final class NarrowLine: Transport {
        private let line: any Transport
        private let width: Int
        let sizes = Mutex<[Int]>([])

        init(_ line: any Transport, width: Int) {
            self.line = line
            self.width = width
        }

        func exchange(_ request: SyncRequest, nonce: String) async throws -> Exchanged {
            let size = request.push?.entries.count ?? 0
            sizes.withLock { $0.append(size) }
            guard size <= width else {
                throw SyncError.cut(url: "https://hub", reason: "the connection was cut")
            }
            return try await line.exchange(request, nonce: nonce)
        }

        func fetch(
            _ block: Snapshot.Block, from offset: Int, nonce: String
        ) async throws -> FetchedBytes {
            try await line.fetch(block, from: offset, nonce: nonce)
        }

        func enrol(_ request: EnrolRequest) async throws -> (EnrolAnswer, nonce: String) {
            try await line.enrol(request)
        }

        func close() async { await line.close() }
    }

    private func meeting(_ parish: Parish, _ laptop: Laptop, width: Int) async
        -> (NarrowLine, Meeting)
    {
        let line = NarrowLine(
            HTTPTransport(
                url: await parish.server.url, hubKey: parish.hub.identity.publicKey,
                key: laptop.store.environment.key), width: width)
        let meeting = Meeting(
            notebook: laptop.notebook, congregation: parish.congregation,
            keys: NotebookFile(path: laptop.path), connect: { _ in line })
        return (line, meeting)
    }

    @Test func getsAPushInPartsThatFitThroughIt() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            for number in 0..<40 { try ana.add("P\(number)") }
            let (line, meeting) = await meeting(parish, ana, width: 6)
            #expect(try await meeting.run(nonce: "").report.isEven)
            #expect(line.sizes.withLock { $0.max() ?? 0 } > 40)
            #expect(line.sizes.withLock { $0.filter { $0 > 6 }.count } < 5)
            let ben = try await parish.laptop("Ben")
            try await ben.sync()
            #expect(try ben.names().count == 40)
        }
    }

    @Test func thatIsBrokenIsSaidToBe() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let (_, meeting) = await meeting(parish, ana, width: 0)
            await #expect(
                throws: SyncError.unreachable(
                    url: "https://hub", reason: "the connection was cut")
            ) {
                try await meeting.run(nonce: "")
            }
        }
    }

    /// The organizer's own machine runs one every hour, and she runs one by hand.
    @Test func syncsAtOnceOnOneNotebookTakeTurns() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            for number in 0..<20 { try ana.add("P\(number)") }
            let outcomes = try await withThrowingTaskGroup(of: Program.Outcome.self) { group in
                for _ in 0..<6 { group.addTask { try await ana.run("sync") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.map(\.status) == [0, 0, 0, 0, 0, 0], "\(outcomes.map(\.errors))")
        }
    }

    /// A phone looks at its list while somebody else writes for long.
    @Test func whoLooksAtAPageWaitsForNobodyWhoWrites() async throws {
        try await Parish.open { parish in
            let pages = HubPages(hub: parish.hub)
            let invitation = try await parish.invitation(for: "Den", isPage: true)
            let token = try #require(try await pages.signIn(Base64URL.encode(invitation.code)))
            let lock = open(parish.hubFolder + "/hub.sqlite.lock", O_RDWR)
            defer { close(lock) }
            #expect(flock(lock, LOCK_EX) == 0)
            let start = ContinuousClock.now
            #expect(try await pages.visitor(token)?.name == "Den")
            #expect(ContinuousClock.now - start < .seconds(2))
        }
    }
}
