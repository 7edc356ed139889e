import Foundation
import GRDB
import Notebook
import Replication
import Store
import Sync
import Synchronization
import Testing

@testable import Hub

@Suite("The exchange")
struct ExchangeTests {
    @Test func withNothingNewIsOneSmallRoundTrip() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            for number in 0..<50 { try ana.add("Neighbor \(number)") }
            try await ana.sync()
            let idle = try await ana.sync()
            #expect(idle.traffic.roundTrips == 1)
            #expect(idle.traffic.bytesSent + idle.traffic.bytesReceived < 1200)
            #expect(idle.sent == 0 && idle.received == 0 && idle.isEven)
        }
    }

    @Test func afterARestartOfTheHubTakesOneRoundTripMore() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try await ana.sync()
            try await parish.restart()
            try ana.add("Rosa Alvarez")
            #expect(try await ana.sync().traffic.roundTrips == 2)
            #expect(try await ana.sync().traffic.roundTrips == 1)
        }
    }

    /// Whoever sends something at each exchange compares once a day, in a round trip more.
    @Test func comparesOnceADayWithWhoAlwaysSendsSomething() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            #expect(try await ana.sync().traffic.roundTrips == 2)
            for name in ["Rosa", "Omar"] {
                try ana.add(name)
                #expect(try await ana.sync().traffic.roundTrips == 1)
            }
            let day: UInt64 = 86_400_000
            let now = ana.store.environment.milliseconds()
            for compared in [now - day, now + day] {
                try ana.store.write { try $0.setSetting("hub.compared", String(compared)) }
                try ana.add("Ida")
                #expect(try await ana.sync().traffic.roundTrips == 2)
            }
        }
    }

    @Test func splitsWhatIsLargerThanABody() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let notes = try (0..<60).map { seed in
                let person = try ana.add("Person \(seed)")
                try ana.act(
                    Edit(
                        Person.key(person),
                        [.set(Person.name, .text(Self.noise(40_000, seed: seed)))]))
                return person
            }
            let report = try await ana.sync()
            #expect(report.sent == 121)
            #expect(report.traffic.roundTrips >= 2)
            let ben = try await parish.laptop("Ben")
            let received = try await ben.sync()
            #expect(received.isEven)
            try await ana.sync()
            #expect(try notes.allSatisfy { try ben.notebook.person($0) != nil })
            #expect(try ana.fingerprints() == ben.fingerprints())
        }
    }

    /// Text that does not compress to less than three quarters.
    private static func noise(_ count: Int, seed: Int) -> String {
        var generator = SeededGenerator(seed: UInt64(seed))
        let bytes = (0..<count * 3 / 4).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return Base64URL.encode(bytes)
    }

    /// A whole turf of long notes changes hands in one act: more than an answer may hold.
    @Test func sendsALargeTurfThatMovesInSeveralAnswers() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            let people = try (0..<180).map { try scene.ana.add("Neighbor \($0)") }
            for person in people {
                try scene.ana.meet(person, String(repeating: "a long story ", count: 4800))
            }
            try await scene.ana.sync()
            try scene.ana.notebook.assign(people, to: scene.south)
            try await scene.ana.sync()
            try await scene.sam.sync()
            #expect(try scene.sam.names().count == 180)
            #expect(try await scene.differences(of: scene.sam, reading: scene.south) == [])
        }
    }

    @Test func neverCutsAnAct() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            for act in 0..<5 {
                let edits = (0..<1500).map { number in
                    Edit(Person.key(parish.newID()), [.write("\(act)/\(number)")])
                }
                try ana.act(edits)
            }
            try await ana.sync()
            let ben = try parish.notebook("Ben")
            try await ben.join(try await parish.invitation(for: "Ben"))
            let seen = Seen()
            let report = try await ben.notebook.sync { _ in
                let names = (try? ben.names()) ?? []
                seen.note(Dictionary(grouping: names) { $0.prefix(1) }.mapValues(\.count))
            }
            // On a slow machine the hub has a snapshot by now, whose blocks are of records.
            if report.bootstrap == nil {
                #expect(seen.pages.count > 1)
                for page in seen.pages { #expect(Set(page.values).isSubset(of: [1500])) }
            }
            #expect(seen.pages.last?.count == 5)
        }
    }

    /// Somebody put an older copy of the hub in its place: who has read more reads it all again.
    @Test func beyondTheEndOfTheLogBeginsAgain() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let rosa = try ana.add("Rosa Alvarez")
            try await ana.sync()
            let ben = try await parish.laptop("Ben")
            try await ben.sync()
            var request = try ben.store.request(for: parish.congregation)
            let end = try parish.hub.logEnd()
            request.cursor?.positions = [Space.all: end + 1]
            let answer = try Exchange(hub: parish.hub).answer(request, from: ben.store.device)
            #expect(answer.cursor.highest == end)
            #expect(answer.entries.contains { $0.commit?.key == Person.key(rosa) })
        }
    }

    /// A record of which the log holds as much as one page takes comes whole, and grows no more.
    @Test func bringsTheLongestHistoryWholeAndLetsItGrowNoLonger() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            func tags(_ count: Int, _ lap: Int) throws {
                try scene.ana.store.write { transaction in
                    for number in 0..<count {
                        try transaction.commit(
                            [Edit(Person.key(scene.rosa), [.write("Rosa \(lap)/\(number)")])],
                            by: scene.ana.notebook.me.member)
                    }
                }
            }
            // Each weighs 3: the commit, its write, and the dot that this overwrites.
            try tags(Limits.recordWeight / 3 - 2, 0)
            try await scene.ana.sync()
            #expect(try scene.ana.refusals() == [])
            try tags(6, 1)
            try await scene.ana.sync()
            #expect(try Set(scene.ana.refusals()) == ["full"])
            let late = try await parish.laptop("Late", .leader, of: scene.north)
            try await late.sync()
            #expect(try late.names() == scene.ana.names())
            #expect(try await scene.differences(of: late, reading: scene.north) == [])
        }
    }

    /// The page is stored, and the cursor with it, or neither.
    @Test func leavesCursorAndPageTogether() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            let ben = try await parish.laptop("Ben")
            try await parish.syncAll(ana, ben)
            try ana.add("Rosa Alvarez")
            try await ana.sync()
            let before = try ben.store.meta().cursor
            try ben.store.write { transaction in
                try transaction.db.execute(
                    sql: """
                        CREATE TRIGGER full BEFORE INSERT ON person
                        BEGIN SELECT raise(ABORT, 'no space'); END
                        """)
            }
            await #expect(throws: (any Error).self) { try await ben.sync() }
            #expect(try ben.store.meta().cursor == before)
            try ben.store.write { try $0.db.execute(sql: "DROP TRIGGER full") }
            try await ben.sync()
            #expect(try ben.names() == ["Rosa Alvarez"])
            #expect(try ben.store.meta().cursor != before)
        }
    }
}

extension ExchangeTests {
    /// Wherever the connection breaks, nothing is lost, nothing comes twice, and the next sync
    /// goes on.
    @Test(arguments: [true, false])
    func survivesACutAtAnyByte(isUp: Bool) async throws {
        try await Parish.open { parish in
            let proxy = try await parish.proxy()
            defer { proxy.close() }
            let ana = try await parish.laptop("Ana", through: proxy)
            let ben = try await parish.laptop("Ben")
            try await parish.syncAll(ana, ben)
            var names: [String] = []
            var failures = 0
            for bytes in stride(from: 1, to: 1400, by: 67) {
                names.append("Mine \(bytes)")
                try ana.add("Mine \(bytes)")
                try ben.add("Theirs \(bytes)")
                names.append("Theirs \(bytes)")
                try await ben.sync()
                isUp ? proxy.cut(up: bytes) : proxy.cut(down: bytes)
                do {
                    try await ana.sync()
                } catch SyncError.unreachable {
                    failures += 1
                }
                #expect(try ana.problems() == [])
            }
            #expect(failures > 8)
            proxy.cut()
            try await parish.syncAll(ana, ben)
            #expect(try ana.names() == names.sorted())
            #expect(try ben.names() == names.sorted())
            #expect(try ana.fingerprints() == ben.fingerprints())
            #expect(try ana.notebook.conflicts().isEmpty)
            #expect(try parish.hub.verify().log == [])
        }
    }

    @Test func goesOnAfterTheHubWasGoneBetweenTwoPages() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try ana.store.write { transaction in
                for number in 0..<9000 {
                    try transaction.commit(
                        [Edit(Person.key(parish.newID()), [.write("\(number)")])],
                        by: ana.notebook.me.member)
                }
            }
            let proxy = try await parish.proxy()
            defer { proxy.close() }
            try await ana.sync()
            let ben = try await parish.laptop("Ben", through: proxy)
            proxy.cut(down: 110_000)
            var rounds = 0
            while true {
                rounds += 1
                let before = try ben.names().count
                // What the hub makes a snapshot of meanwhile is not for this laptop.
                let line = BlockLine(
                    HTTPTransport(
                        url: proxy.url, hubKey: parish.hub.identity.publicKey,
                        key: ben.store.environment.key))
                line.takesSnapshots.withLock { $0 = false }
                do {
                    let report = try await parish.meeting(ben, line).run(nonce: "").report
                    #expect(report.bootstrap == nil)
                    break
                } catch SyncError.unreachable {
                    #expect(try ben.names().count > before || rounds > 8)
                    if rounds > 8 { proxy.cut() }
                    try await parish.restart()
                }
            }
            #expect(rounds > 1)
            try await ana.sync()
            #expect(try ben.fingerprints() == ana.fingerprints())
        }
    }
}

/// What a reader saw after each page.
private final class Seen: Sendable {
    private let seen = Mutex<[[Substring: Int]]>([])

    func note(_ page: [Substring: Int]) { seen.withLock { $0.append(page) } }

    var pages: [[Substring: Int]] { seen.withLock { $0 } }
}

/// Chance that is the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var mixed = state
        mixed ^= mixed >> 33
        mixed &*= 0xFF51_AFD7_ED55_8CCD
        return mixed ^ mixed >> 33
    }
}
