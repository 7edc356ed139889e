import Foundation
import Histories
import Hub
import Notebook
import Replication
import Store
import Sync

/// One schedule: laptops and one to four hubs, random steps, random faults, and at the end a verdict.
@MainActor
final class World {
    let seed: UInt64
    var random: SplitMix64
    let clock = VirtualClock(milliseconds: 1_800_000_000_000)
    private(set) var hubs: [HubNode] = []
    var laptops: [LaptopNode] = []
    var tally = Tally(schedules: 1)
    var keepsakes = Keepsakes()
    var lostNames = LostNames()
    /// The weather is good: nothing is lost, cut or crashed.
    var isCalm = true
    /// How many steps are inside one another.
    var depth = 0
    /// The laptops that are in the middle of an exchange.
    var exchanging: Set<String> = []
    /// The laptops whose line is broken until they exchange anew.
    var broken: Set<String> = []
    /// Records on which somebody wrote what the hub need not take. What they see of them then, they
    /// may settle.
    var oversteps: Set<RecordKey> = []
    /// Requests that the network may deliver once more, later.
    var late: [(request: SyncRequest, device: DeviceID, hub: HubNode)] = []
    var lateWords: [(message: PeerMessage, own: HubNode, other: HubNode)] = []
    let favoured: Favoured
    /// Of rare steps only those happen that are favoured: others would hide what these do, or excuse it.
    let isPure: Bool
    private let trace: Bool
    private let folder: String?

    static func run(
        seed: UInt64, steps: Int, favouring: Favoured?, isOnDisk: Bool, trace: Bool
    ) async throws -> Tally {
        let folder =
            isOnDisk
            ? FileManager.default.temporaryDirectory
                .appendingPathComponent("simulator-\(getpid())-\(seed)").path : nil
        let world = try World(
            seed: seed, favouring: favouring, folder: folder, trace: trace)
        try await world.run(steps: steps)
        if let folder { try FileManager.default.removeItem(atPath: folder) }
        return world.tally
    }

    private init(seed: UInt64, favouring: Favoured?, folder: String?, trace: Bool) throws {
        self.seed = seed
        self.folder = folder
        self.trace = trace
        random = SplitMix64(seed: seed)
        let some = Favoured.some(&random)
        favoured = favouring ?? some
        isPure = random.chance(50)
        if let folder { try Folder.create(folder) }
        // Where hubs are asked to meet, there are several; where snapshots are, they have several blocks.
        let asked = favouring?.steps ?? []
        let isAlone = random.chance(60) && !asked.contains(.federate)
        let sizes = asked.contains(.snapshot) ? [2, 4] : [2, 10, PageSize.commits]
        for number in 0..<(isAlone ? 1 : 2 + random.below(3)) {
            let machine = try Machine(clock: clock, seed: random.next())
            guard let identity = DeviceKey(bytes: random.bytes(32)) else { throw Broken("no key.") }
            let folder = folder.map { "\($0)/hub-\(number)" }
            if let folder { try Folder.create(folder) }
            hubs.append(
                try HubNode(
                    name: "hub \(number)", machine: machine, identity: identity, folder: folder,
                    pageSize: PageSize(commits: random.pick(sizes))))
        }
    }

    var isFederated: Bool { hubs.count > 1 }

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
        tally.commits = try hubs.reduce(0) { try $0 + $1.commits().count }
    }

    /// The number of the next step.
    func nextStep() -> Int {
        let number = random.chance(25) ? often(favoured.steps) : random.below(100)
        guard isPure, let rare = RareStep(of: number), !favoured.steps.contains(rare) else {
            return number
        }
        return random.below(RareStep.federate.rawValue)
    }

    /// The number of one that is favoured, or any number where none is.
    func often<Rare: RawRepresentable<Int>>(_ rare: [Rare]) -> Int {
        rare.isEmpty ? random.below(100) : random.pick(rare).rawValue
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

    /// Every hub has an organizer's and admin's laptop, which makes the turfs, and there are one to
    /// ten more.
    private func begin() async throws {
        for home in hubs {
            try await home.hub.catchUp()
            let first = try add(.admin, turf: nil, at: home)
            try first.join()
            // Whoever is to be given another turf needs two.
            let fewest = favoured.steps.contains(.administer) ? 1 : 0
            let last = max(fewest, random.below(3))
            home.turfs = try (0...last).map { try first.notebook.addTurf("Turf \($0)") }
            try await sync(first)
        }
        for (one, other) in neighbors() { try agree(one, other) }
        for _ in 0..<1 + random.below(random.chance(20) ? 10 : 4) where laptops.count < 12 {
            let isLeader = random.chance(40)
            let home = random.pick(hubs)
            let laptop = try add(
                isLeader ? .leader : .organizer, turf: isLeader ? random.pick(home.turfs) : nil,
                at: home)
            // Some write for a while before they join.
            guard random.chance(70) else { continue }
            try laptop.join()
            try await sync(laptop)
        }
    }

    /// A line, a ring or a mesh.
    private func neighbors() -> [(HubNode, HubNode)] {
        let line = zip(hubs, hubs.dropFirst()).map { ($0, $1) }
        switch random.below(3) {
        case 0: return line
        case 1: return hubs.count > 2 ? line + [(hubs[hubs.count - 1], hubs[0])] : line
        default:
            return hubs.indices.flatMap { one in
                hubs[(one + 1)...].map { (hubs[one], $0) }
            }
        }
    }

    /// Two hubs agree on the commons, and perhaps on one more turf of either.
    func agree(_ one: HubNode, _ other: HubNode) throws {
        var spaces = try one.agreed(with: other).union([Space.commons])
        if random.chance(60) { spaces.insert(random.pick(one.turfs + other.turfs)) }
        try one.agree(with: other, on: spaces)
        try other.agree(with: one, on: spaces)
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

    private func add(_ role: Role, turf: RecordID?, at home: HubNode) throws -> LaptopNode {
        let name = "laptop \(laptops.count)"
        let laptop = try LaptopNode(
            name: name, machine: Machine(clock: clock, seed: random.next()), home: home,
            path: folder.map { "\($0)/laptop-\(laptops.count).sqlite" }, role: role, turf: turf,
            schema: random.chance(40) ? .newer : Kinds.schema)
        laptops.append(laptop)
        return laptop
    }

    func sync(_ laptop: LaptopNode) async throws {
        guard let membership = try Membership(of: laptop.store) else { throw SyncError.notJoined }
        guard membership.ended == nil else { throw SyncError.revoked }
        broken.remove(laptop.name)
        let meeting = Meeting(
            notebook: laptop.notebook, congregation: membership.congregation,
            keys: laptop.machine,
            connect: { VirtualNetwork(world: self, laptop: laptop, device: $0.device) })
        let (report, notebook) = try await wiping { try await meeting.run(nonce: membership.nonce) }
        note(
            "\(laptop.name) sent \(report.sent), received \(report.received), "
                + "refused \(report.refused), left \(report.left)")
        try tellRefused(report, notebook.store)
        if report.bootstrap != nil { note(.snapshotFetched) }
        try checkNeededNoRepair(report, laptop, notebook.store)
        guard report.reissued != nil else { return }
        note(.reissued)
        laptop.goOn(with: notebook)
    }

    /// What the hub lets a laptop do may have been changed by an invitation that a copy of it used.
    func noteRole(of laptop: LaptopNode) throws {
        guard let roles = try Membership(of: laptop.store)?.roles else { return }
        let role = Role.allCases.first { roles.contains($0.rawValue) && $0 != .leader } ?? .leader
        guard laptop.role != .admin, role != laptop.role else { return }
        laptop.role = role
        // It reads the copy's turf; asked back, it is given one of its own.
        if role == .leader, laptop.turf == nil { laptop.turf = random.pick(laptop.home.turfs) }
        keepsakes.forget()
    }

    /// What was refused, and why, for whoever reads a trace.
    private func tellRefused(_ report: SyncReport, _ store: Store) throws {
        for refused in try store.refused().suffix(report.refused) {
            note("    refused \(refused.commit.dot) of \(refused.commit.key.id): \(refused.rule)")
        }
    }

    /// Comparing mends what went wrong: where nothing was put back or copied, nothing may have.
    ///
    /// But who was wiped does not know any more that a record's first entry was refused. What was
    /// written of it afterwards looks like what is left of a record that the hub has lost, and is given
    /// back like that.
    private func checkNeededNoRepair(
        _ report: SyncReport, _ laptop: LaptopNode, _ store: Store
    ) throws {
        let excuses: [Fault] = [.hubRestored, .restored, .copied, .reissued]
        guard report.repaired > 0, excuses.allSatisfy({ tally.faults[$0] == nil }) else { return }
        let unknown = try store.refused().filter { $0.rule == "unknown-record" }
        let orphans = tally.faults[.wiped] == nil ? [] : Set(unknown.map(\.commit.key))
        guard report.repaired > orphans.count else { return }
        throw Broken("\(laptop.name) had to repair \(report.repaired) records.")
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
        for hub in hubs { hub.machine.set(offset: 0) }
        for laptop in laptops { laptop.machine.set(offset: 0) }
        try await rest()
        // What a hub has lost, others give back after a week.
        clock.pass(milliseconds: 8 * 86_400_000)
        try await rest()
    }

    private func rest() async throws {
        var quiet = 0
        for _ in 0..<40 where quiet < 2 {
            let before = try (logEnds(), cursors())
            for laptop in laptops { try await syncOrRejoin(laptop) }
            for node in hubs {
                try await node.hub.catchUp()
                if try node.hub.own.followMovedPeople(writtenHere: false) > 0 {
                    try await node.hub.catchUp()
                }
            }
            for node in hubs { try await meetPeers(of: node) }
            // What a hub has left out, it tries again after an hour.
            if isFederated { clock.pass(milliseconds: 2 * 3_600_000) }
            quiet = try before == (logEnds(), cursors()) ? quiet + 1 : 0
        }
        guard quiet == 2 else { throw Broken("it does not come to rest.") }
    }

    private func logEnds() throws -> [Int64] { try hubs.map { try $0.logEnd() } }

    private func cursors() throws -> [Replication.Cursor?] {
        try laptops.map { try $0.store.meta().cursor }
    }

    private func syncOrRejoin(_ laptop: LaptopNode) async throws {
        do {
            try await sync(laptop)
        } catch SyncError.revoked, SyncError.lapsed, SyncError.notJoined, SyncError.notKnown {
            try laptop.restart()
            try laptop.join()
            try await sync(laptop)
        } catch SyncError.refused("too-many-keys", _) {
            // It was copied too often; keys that are used no more lapse.
            note(.monthPassed)
            clock.pass(milliseconds: 31 * 86_400_000)
            try laptop.restart()
            try await syncOrRejoin(laptop)
        }
    }
}
