import Foundation
import GRDB
import Notebook
import Replication
import Store
import Sync
import Synchronization
import Testing

@testable import Hub

@Suite("The hub's snapshot")
struct SnapshotBuildTests {
    /// An erasure that comes while a snapshot is being built ends that one.
    @Test func isGivenUpWhenSomethingIsErasedMeanwhile() async throws {
        try await Parish.open { parish in
            let id = try parish.hub.write { try Snapshots.begin($0) }
            let ruth = try await parish.admin()
            let rosa = try ruth.add("Rosa Alvarez")
            try ruth.act(Edit(Person.key(rosa), [.set(CommonField.erased, .keep, .int(1))]))
            try await ruth.sync()
            let isFinished = try parish.hub.write { try Snapshots.finish(id, upTo: 3, $0) }
            #expect(!isFinished)
            #expect(try parish.hub.read { try Snapshots.newest($0) } == nil)
        }
    }

    /// A hub that is killed at it leaves nothing that a laptop could get, and the next one begins
    /// anew.
    @Test func thatWasNotFinishedIsNobodys() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try ana.add("Rosa Alvarez")
            try await ana.sync()
            let commits = try parish.hub.read { db in
                try HubLog.contents(
                    on: Member.key(ana.notebook.me.member), PackedBlocks(db), db
                ).map(\.commit)
            }
            let (block, content) = Snapshot.Block.make(commits)
            try parish.hub.write { db in
                let id = try Snapshots.begin(db)
                #expect(
                    try Snapshots.add(
                        block, content, of: Space.commons, rank: 0, place: 0, to: id, db))
            }
            try await parish.restart()
            let scope = Scope.everything
            #expect(
                try parish.hub.read { try Snapshots.content(of: block.hash, for: scope, $0) } == nil
            )
            let ben = try await parish.laptop("Ben")
            #expect(try await ben.sync().bootstrap == nil)
            #expect(try parish.hub.buildSnapshot())
            let cara = try await parish.laptop("Cara")
            #expect(try await cara.sync().bootstrap != nil)
            #expect(try cara.names() == ["Rosa Alvarez"])
        }
    }

    /// While one reads the log for long, laptops push.
    @Test func letsPushesGoOnWhileItIsBuilt() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            try ana.add("Rosa Alvarez")
            try await ana.sync()
            let log = try parish.hub.file.openedOnceMore()
            let (reading, began) = AsyncStream<Void>.makeStream()
            let mayEnd = DispatchSemaphore(value: 0)
            let reader = Task {
                try await Blocking.run {
                    try log.read { db in
                        let before = try HubLog.end(db)
                        began.yield()
                        mayEnd.wait()
                        return try HubLog.end(db) == before
                    }
                }
            }
            for await _ in reading { break }
            try ana.add("Omar Khan")
            #expect(try await ana.sync().sent == 1)
            mayEnd.signal()
            #expect(try await reader.value)
        }
    }

    /// Whoever is in the middle of one may finish it; what nobody can be in the middle of goes.
    @Test func isKeptUntilTheOneAfterTheNext() async throws {
        try await Parish.open { parish in
            let ana = try await parish.laptop("Ana")
            var blocks: [Set<Snapshot.Block>] = []
            for number in 0..<3 {
                try ana.add("Person \(number)")
                try await ana.sync()
                #expect(try parish.hub.buildSnapshot())
                blocks.append(Set(try parish.blocks()))
            }
            let stored = Set(
                try parish.hub.read {
                    try Data.fetchAll($0, sql: "SELECT hash FROM snapshotBlock")
                }.compactMap { Digest(bytes: Array($0)) })
            #expect(stored == Set(blocks[1].union(blocks[2]).map(\.hash)))
            #expect(!blocks[0].isSubset(of: blocks[1].union(blocks[2])))
        }
    }

    /// A log of a page is read as quickly; one that has grown by a quarter gets a new one, and at
    /// night one that has grown at all. While nobody is served, nothing makes one but the test.
    @Test func isMadeWhenThatIsWorthIt() async throws {
        try await Parish.open(isServing: false) { parish in
            let hub = parish.hub
            let edits = (0...4000).map { number in
                Edit(
                    Person.key(parish.newID()), home: Space.organizers,
                    [.set(Person.name, .text("Person \(number)"))])
            }
            func write(_ edits: [Edit]) async throws {
                _ = try hub.own.store.write { try $0.commit(edits, by: hub.own.me.member) }
                try await hub.catchUp()
            }
            try await write([edits[0]])
            #expect(try !hub.renewSnapshot(isNight: true))
            try await write(Array(edits.dropFirst()))
            #expect(try hub.renewSnapshot(isNight: false))
            let filled = try hub.logEnd()
            #expect(try hub.read { try Snapshots.newest($0)?.seq } == filled)
            #expect(try !hub.renewSnapshot(isNight: true))
            try hub.own.add(PersonDetails(name: "Omar Khan"))
            try await hub.catchUp()
            #expect(try !hub.renewSnapshot(isNight: false))
            let result = try await Nightly(hub: hub).run()
            #expect(result.problems == [])
            let end = try hub.logEnd()
            #expect(end > filled)
            #expect(try hub.read { try Snapshots.newest($0)?.seq } == end)

            try await parish.serve()
            let ben = try await parish.laptop("Ben")
            #expect(try await ben.sync().bootstrap != nil)
            try await hub.catchUp()
            let sums = try hub.own.store.read { try FingerprintTable.all($0) }
            #expect(try ben.fingerprints() == sums)
        }
    }

    /// The hub builds one whenever its log has grown, also when night has come meanwhile.
    @Test func waitsForTheOneThatIsBeingBuilt() async throws {
        try await Parish.open(isServing: false) { parish in
            let hub = parish.hub
            try hub.own.add(PersonDetails(name: "Omar Khan"))
            try await hub.catchUp()
            try await withThrowingTaskGroup(of: Bool.self) { builders in
                for _ in 0..<8 { builders.addTask { try hub.buildSnapshot() } }
                for try await isNew in builders { #expect(isNew) }
            }
        }
    }

    /// A turf that somebody has left since is read from the log by its leader, until the next one.
    @Test func ofATurfThatSomebodyHasLeftIsNobodysUntilTheNext() async throws {
        try await Parish.open { parish in
            let scene = try await TwoTurfs(parish)
            #expect(try parish.hub.buildSnapshot())
            try await scene.move(scene.rosa, to: scene.south)
            let first = try await parish.laptop("Nora", .leader, of: scene.north)
            #expect(try await first.sync().bootstrap == nil)
            // Who reads everything may have it all the same.
            let ben = try await parish.laptop("Ben")
            #expect(try await ben.sync().bootstrap != nil)
            try await scene.ana.sync()
            #expect(try ben.fingerprints() == scene.ana.fingerprints())
            #expect(try parish.hub.buildSnapshot())
            let second = try await parish.laptop("Nils", .leader, of: scene.north)
            #expect(try await second.sync().bootstrap != nil)
            for laptop in [first, second] {
                try await laptop.sync()
                #expect(try laptop.notebook.person(scene.rosa) == nil)
                #expect(try await scene.differences(of: laptop, reading: scene.north) == [])
            }
        }
    }
}
