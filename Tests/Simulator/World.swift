import Foundation
import Histories
import Hub
import Notebook
import Replication
import Store
import Sync

/// One schedule: laptops and a hub, random steps, random faults, and at the end a verdict.
@MainActor
final class World {
    let seed: UInt64
    var random: SplitMix64
    let clock = VirtualClock(milliseconds: 1_800_000_000_000)
    let hub: HubNode
    var laptops: [LaptopNode] = []
    /// The turfs that there are from the start.
    private(set) var turfs: [RecordID] = []
    var tally = Tally(schedules: 1)
    var keepsakes = Keepsakes()
    /// The weather is good: nothing is lost, cut or crashed.
    var isCalm = true
    /// How many steps are inside one another.
    var depth = 0
    /// The laptops that are in the middle of an exchange.
    var exchanging: Set<String> = []
    /// Requests that the network may deliver once more, later.
    var late: [(request: SyncRequest, device: DeviceID)] = []
    private let trace: Bool
    private let folder: String?

    static func run(
        seed: UInt64, steps: Int, isOnDisk: Bool, trace: Bool
    ) async throws -> Tally {
        let folder =
            isOnDisk
            ? FileManager.default.temporaryDirectory
                .appendingPathComponent("simulator-\(getpid())-\(seed)").path : nil
        let world = try World(seed: seed, folder: folder, trace: trace)
        try await world.run(steps: steps)
        if let folder { try FileManager.default.removeItem(atPath: folder) }
        return world.tally
    }

    private init(seed: UInt64, folder: String?, trace: Bool) throws {
        self.seed = seed
        self.folder = folder
        self.trace = trace
        random = SplitMix64(seed: seed)
        if let folder { try Folder.create(folder) }
        let machine = try Machine(clock: clock, seed: random.next())
        guard let identity = DeviceKey(bytes: random.bytes(32)) else { throw Broken("no key.") }
        hub = try HubNode(machine: machine, identity: identity, folder: folder)
    }

    private func run(steps: Int) async throws {
        try await begin()
        isCalm = false
        for _ in 0..<steps {
            tally.steps += 1
            try await step()
        }
        isCalm = true
        try await heal()
        try Verdict(world: self).check()
        tally.commits = try hub.commits().count
    }

    func note(_ event: @autoclosure () -> String) {
        guard trace else { return tally.note(event()) }
        let event = event()
        tally.note(event)
        print("\(String(repeating: "  ", count: depth))\(event)")
    }

    func note(_ fault: Fault) {
        tally.note(fault)
        if trace { print("\(String(repeating: "  ", count: depth))* \(fault.rawValue)") }
    }

    /// Two to eleven laptops; the first is an organizer's and an admin's, and makes the turfs.
    private func begin() async throws {
        try await hub.hub.catchUp()
        let first = try add(.admin, turf: nil)
        try first.join(hub.hub)
        turfs = try (0...random.below(3)).map { try first.notebook.addTurf("Turf \($0)") }
        try await sync(first)
        for _ in 0..<1 + random.below(random.chance(20) ? 10 : 4) {
            let isLeader = random.chance(40)
            let laptop = try add(
                isLeader ? .leader : .organizer, turf: isLeader ? random.pick(turfs) : nil)
            // Some write for a while before they join.
            guard random.chance(70) else { continue }
            try laptop.join(hub.hub)
            try await sync(laptop)
        }
    }

    /// A laptop's whole folder is copied to another machine, and both go on.
    func copy(_ laptop: LaptopNode) throws {
        note(.copied)
        let number = laptops.count
        laptops.append(
            try LaptopNode(
                name: "laptop \(number)", copying: laptop,
                machine: Machine(clock: clock, seed: random.next(), copying: laptop.machine),
                path: folder.map { "\($0)/laptop-\(number).sqlite" }))
    }

    private func add(_ role: Role, turf: RecordID?) throws -> LaptopNode {
        let name = "laptop \(laptops.count)"
        let laptop = try LaptopNode(
            name: name, machine: Machine(clock: clock, seed: random.next()),
            path: folder.map { "\($0)/laptop-\(laptops.count).sqlite" }, role: role, turf: turf)
        laptops.append(laptop)
        return laptop
    }

    func sync(_ laptop: LaptopNode) async throws {
        guard let membership = try Membership(of: laptop.store) else { throw SyncError.notJoined }
        guard membership.ended == nil else { throw SyncError.revoked }
        let meeting = Meeting(
            notebook: laptop.notebook, congregation: membership.congregation,
            keys: laptop.machine,
            connect: { VirtualNetwork(world: self, laptop: laptop, device: $0.device) })
        let (report, notebook) = try await wiping { try await meeting.run(nonce: membership.nonce) }
        note(
            "\(laptop.name) sent \(report.sent), received \(report.received), "
                + "refused \(report.refused), left \(report.left)")
        guard report.reissued != nil else { return }
        note(.reissued)
        laptop.goOn(with: notebook)
    }

    /// A laptop that is wiped may have been the only one that knew something.
    private func wiping<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch SyncError.revoked {
            note(.wiped)
            keepsakes.forget()
            throw SyncError.revoked
        }
    }

    /// Clocks are set right, everybody whose access ended is asked back, and all exchange in good
    /// weather until nothing moves. Throws when that does not come to an end.
    private func heal() async throws {
        hub.machine.set(offset: 0)
        for laptop in laptops { laptop.machine.set(offset: 0) }
        try await rest()
        // What the hub has lost, others give back after a week.
        clock.pass(milliseconds: 8 * 86_400_000)
        try await rest()
    }

    private func rest() async throws {
        var quiet = 0
        for _ in 0..<40 where quiet < 2 {
            let before = try (hub.logEnd(), cursors())
            for laptop in laptops { try await syncOrRejoin(laptop) }
            try await hub.hub.catchUp()
            if try hub.hub.own.followMovedPeople(writtenHere: false) > 0 {
                try await hub.hub.catchUp()
            }
            quiet = try before == (hub.logEnd(), cursors()) ? quiet + 1 : 0
        }
        guard quiet == 2 else { throw Broken("it does not come to rest.") }
    }

    private func cursors() throws -> [Replication.Cursor?] {
        try laptops.map { try $0.store.meta().cursor }
    }

    private func syncOrRejoin(_ laptop: LaptopNode) async throws {
        do {
            try await sync(laptop)
        } catch SyncError.revoked, SyncError.lapsed, SyncError.notJoined, SyncError.notKnown {
            try laptop.restart()
            try laptop.join(hub.hub)
            try await sync(laptop)
        }
    }
}
