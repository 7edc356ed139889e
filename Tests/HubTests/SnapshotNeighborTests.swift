import GRDB
import Notebook
import Replication
import Store
import Sync
import Synchronization
import Testing

@testable import Hub

@Suite("A snapshot of a hub that has neighbors")
struct SnapshotNeighborTests {
    /// Two congregations that share the north, where Rosa lives.
    private func scene(_ hubs: Neighbors) async throws -> (TwoTurfs, Laptop) {
        let scene = try await TwoTurfs(hubs[0])
        let ben = try await hubs[1].laptop("Ben")
        try await hubs.agree(0, 1, on: [Space.commons, scene.north])
        try await hubs.night()
        try await ben.sync()
        #expect(try ben.names() == ["Rosa Alvarez"])
        return (scene, ben)
    }

    /// A laptop that joins, begins with the snapshot and ends as another that read the log.
    private func expectBegins(
        _ name: String, at parish: Parish, asWellAs other: Laptop
    ) async throws {
        let new = try await parish.laptop(name)
        let report = try await new.sync()
        #expect(report.bootstrap != nil && report.isEven && report.repaired == 0)
        try await other.sync()
        #expect(try new.names() == other.names())
        #expect(try new.fingerprints() == other.fingerprints())
        #expect(try new.problems() == [])
    }

    /// Of Omar the other hub knows only the place in Ana's chain, until he comes to the north: then
    /// that place becomes empty, and what stood there comes at the log's end.
    @Test func comesBeforeWhatWasAStubWhenItWasMade() async throws {
        try await Neighbors.open(2) { hubs in
            let (scene, ben) = try await scene(hubs)
            let omar = try scene.ana.add("Omar Khan")
            try await scene.ana.sync()
            try await hubs.night()
            #expect(try hubs[1].hub.buildSnapshot())
            try await scene.move(omar, to: scene.north)
            try await hubs.night()
            #expect(try hubs[1].vacated() > 0)
            try await expectBegins("Cara", at: hubs[1], asWellAs: ben)
            #expect(try ben.names() == ["Omar Khan", "Rosa Alvarez"])
            #expect(try hubs[1].hub.buildSnapshot())
            try await expectBegins("Dina", at: hubs[1], asWellAs: ben)
            #expect(try hubs.problems() == [])
        }
    }

    /// Rosa goes to a turf of the other congregation, which this one does not know, and then does:
    /// she is announced.
    @Test func holdsNobodyWhoHasGoneToAnotherCongregation() async throws {
        try await Neighbors.open(2) { hubs in
            let (scene, ben) = try await scene(hubs)
            let harbor = try ben.notebook.addTurf("Harbor")
            try ben.notebook.assign([scene.rosa], to: harbor)
            try await ben.sync()
            try await hubs.night()
            #expect(try hubs[0].hub.buildSnapshot())
            try await scene.ana.sync()
            #expect(try scene.ana.names() == [])
            let cara = try await hubs[0].laptop("Cara")
            #expect(try await cara.sync().repaired == 0)
            #expect(try cara.names() == [])
            try await expectBegins("Dina", at: hubs[0], asWellAs: scene.ana)

            try await hubs.agree(0, 1, on: [Space.commons, scene.north, harbor])
            try await hubs.night()
            try await hubs.night()
            try await cara.sync()
            #expect(try cara.names() == ["Rosa Alvarez"])
            try await expectBegins("Emil", at: hubs[0], asWellAs: cara)
            #expect(try hubs[0].hub.buildSnapshot())
            try await expectBegins("Fay", at: hubs[0], asWellAs: cara)
            #expect(try hubs.problems() == [])
        }
    }

    /// Rosa goes while her block is on a laptop that has yet to fetch the rest.
    @Test func takesBackWhoGoesToAnotherCongregationMeanwhile() async throws {
        try await Neighbors.open(2) { hubs in
            let (scene, ben) = try await scene(hubs)
            for number in 0..<20 { try scene.ana.add("Person \(number)") }
            try await scene.ana.sync()
            #expect(try hubs[0].hub.buildSnapshot())
            let cara = try await hubs[0].laptop("Cara")
            let line = BlockLine(await hubs[0].transport(of: cara))
            let last = try hubs[0].blocks().last
            line.onBlock { if $0 == last { throw SyncError.busy(url: "https://hub") } }
            let cut = await outcome {
                try await hubs[0].meeting(cara, line).run(nonce: "").report
            }
            #expect(throws: SyncError.busy(url: "https://hub")) { try cut.get() }
            #expect(try cara.names().contains("Rosa Alvarez"))

            let harbor = try ben.notebook.addTurf("Harbor")
            try ben.notebook.assign([scene.rosa], to: harbor)
            try await ben.sync()
            try await hubs.night()
            #expect(try hubs[0].hub.buildSnapshot())
            let opened = try cara.opened()
            let report = try await opened.sync()
            #expect(report.bootstrap != nil && report.repaired == 0)
            try await scene.ana.sync()
            #expect(try !opened.names().contains("Rosa Alvarez"))
            #expect(try opened.fingerprints() == scene.ana.fingerprints())
        }
    }
}

extension Parish {
    /// How many places of the log stood for a commit that came later.
    fileprivate func vacated() throws -> Int {
        let own = Int64(bitPattern: hub.identity.device.rawValue)
        return try hub.read { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM log WHERE device = ? AND record IS NULL",
                arguments: [own])
        } ?? 0
    }
}
