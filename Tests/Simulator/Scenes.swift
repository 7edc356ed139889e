import Histories
import Hub
import Notebook
import Replication

/// What takes several doings one after another, and hardly ever comes about by chance. Only schedules
/// of many snapshots have it: others have more to do.
extension World {
    /// A leader who was given a turf begins to read it: mostly from a snapshot of this moment, with
    /// people whom somebody has just brought there.
    func beginTurf(_ laptop: LaptopNode) async throws {
        guard favoured.steps.contains(.snapshot), laptop.role == .leader, let turf = laptop.turf
        else { return }
        if random.chance(70), let other = try organizer(of: laptop.home) {
            try write(other) { try $0.addPeople(to: turf) }
            try await exchange(other)
            try buildSnapshot(laptop.home)
        }
        try await exchange(laptop)
    }

    /// A block of a snapshot is on its way, and before the next one is asked for, somebody takes a
    /// person who is in it elsewhere. Mostly there is another snapshot by then, of those who are left.
    func meanwhile(_ laptop: LaptopNode, fetching keys: [RecordKey]) async throws {
        guard !isCalm, depth < 2, favoured.steps.contains(.snapshot), random.chance(50),
            let other = try organizer(of: laptop.home)
        else { return }
        depth += 1
        defer { depth -= 1 }
        try write(other) { try $0.assign(oneOf: keys) }
        try await exchange(other)
        if random.chance(70) { try buildSnapshot(laptop.home) }
    }

    /// One who is not in the middle of an exchange.
    private func organizer(of hub: HubNode) throws -> LaptopNode? {
        let all = try laptops.filter {
            try $0.home === hub && !$0.isLimited && !exchanging.contains($0.name)
        }
        return all.isEmpty ? nil : random.pick(all)
    }
}
