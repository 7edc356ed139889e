import Foundation
import Notebook
import Replication
import Store

@testable import Hub

/// Two turfs with a leader each, and an organizer who assigns people to them.
struct TwoTurfs {
    let parish: Parish
    let ana: Laptop
    let lena: Laptop
    let sam: Laptop
    let north: RecordID
    let south: RecordID
    /// Lives in the north, with a meeting and a promise.
    let rosa: RecordID

    init(_ parish: Parish) async throws {
        self.parish = parish
        ana = try await parish.laptop("Ana")
        north = try ana.notebook.addTurf("North Side")
        south = try ana.notebook.addTurf("South Side")
        rosa = try ana.add("Rosa Alvarez", phone: "555-0142")
        try ana.meet(rosa, "Walks her mother to dialysis.")
        try ana.notebook.promise("bring six neighbors", by: rosa, due: nil)
        try ana.notebook.assign([rosa], to: north)
        try await ana.sync()
        lena = try await parish.laptop("Lena", .leader, of: north)
        sam = try await parish.laptop("Sam", .leader, of: south)
        try await parish.syncAll(ana, lena, sam)
    }

    func move(_ person: RecordID, to turf: SpaceID) async throws {
        try ana.notebook.assign([person], to: turf)
        try await ana.sync()
    }

    /// The spaces in which a laptop and the hub's own notebook hold something else.
    func differences(of laptop: Laptop, reading turfs: RecordID...) async throws -> [String] {
        try await parish.hub.catchUp()
        let (theirs, hubs) = (
            try laptop.fingerprints(),
            try parish.hub.own.store.read { try FingerprintTable.all($0) }
        )
        let wanted = hubs.filter { turfs.contains($0.key) || $0.key == Space.commons }
        let problems = try laptop.problems() + parish.hub.verify().log.map { "\($0)" }
        return problems
            + Set(theirs.keys).union(wanted.keys).filter { theirs[$0] != wanted[$0] }
            .map { Space.name(of: $0) }
    }
}
