import Foundation
import Histories
import Machines
import Notebook
import Replication
import Store
import Sync
import Synchronization

/// Eight laptops with a turf's leader beside them, one hub, bad weather: the workload as it would
/// be lived.
struct Chaos {
    private let seed: UInt64
    private let folder: String
    private let hub: HubProcess
    private let proxy: Proxy
    private let kills = Kills()
    private var dice: SplitMix64
    private var writers: [String: Writer] = [:]
    private var laptops: [Laptop] = []
    private var leader: (laptop: Laptop, turf: RecordID)?
    private var oracle = Oracle()
    private var failedSyncs = 0
    private var made = 0

    private static let rounds = 12
    private static let killRounds = 2

    /// What came of it, for people.
    struct Outcome {
        var changes = 0
        var repetitions = 0
        var rounds = 0
        var failedSyncs = 0
        var cuts = 0
        var kills = 0
        var wireBytes = 0
        var findings = Findings()
    }

    init(seed: UInt64, in folder: String) throws {
        self.seed = seed
        self.folder = folder
        dice = SplitMix64(seed: seed)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let hub = try HubProcess.make(in: folder + "/hub").hub
        self.hub = hub
        proxy = try Proxy(seed: seed &+ 1) { hub.port }
    }

    /// Lives through the changes and checks what is left. Throws when anything is not as it should.
    mutating func run(_ changes: [WorkloadChange]) async throws -> Outcome {
        try hub.start()
        proxy.start()
        let outcome: Result<Outcome, any Error>
        do {
            outcome = .success(try await live(changes))
        } catch {
            outcome = .failure(error)
        }
        try hub.stop()
        return try outcome.get()
    }

    private mutating func live(_ changes: [WorkloadChange]) async throws -> Outcome {
        let start = changes.first?.milliseconds ?? 0
        for node in Set(changes.map(\.node)).sorted() {
            let laptop = try await join(node, role: "organizer", at: start)
            laptops.append(laptop)
            writers[node] = Writer(laptop)
        }
        let rounds = try await liveRounds(changes)
        proxy.storm(longest: nil)
        let ninth = try await join("ninth", role: "organizer", at: start)
        try await syncUntilEven(ninth)
        let fingerprints = try await hubFingerprints()
        var outcome = Outcome()
        outcome.findings = try Checks(
            oracle: oracle, laptops: laptops + [ninth], leader: leader, hub: fingerprints
        ).run()
        outcome.changes = made
        outcome.repetitions = oracle.repetitions
        outcome.rounds = rounds
        outcome.failedSyncs = failedSyncs
        outcome.cuts = proxy.cuts
        outcome.kills = kills.count
        outcome.wireBytes = proxy.bytes
        try check(made == changes.count, "\(changes.count - made) changes never became possible.")
        try check(kills.count == Self.killRounds, "The hub was killed \(kills.count) times.")
        try check(proxy.cuts > 0, "The network was never cut.")
        return outcome
    }

    private func join(_ name: String, role: String, at milliseconds: UInt64, turf: String? = nil)
        async throws -> Laptop
    {
        let link = try hub.invite(name, role: role, turf: turf)
        let number = name.utf8.reduce(seed) { $0 &* 31 &+ UInt64($1) }
        let laptop = try Laptop(name, in: folder, seed: number, milliseconds: milliseconds)
        try await laptop.join(link, through: proxy.url)
        return laptop
    }

    private mutating func liveRounds(_ changes: [WorkloadChange]) async throws -> Int {
        var known: Set<String> = []
        let planned = try changes.map { change in
            let isNew = known.insert("\(change.entity) \(change.id)").inserted
            return (node: change.node, plan: try Plan(change, isNew: isNew))
        }
        let size = (changes.count + Self.rounds - 1) / Self.rounds
        let killRounds = Set((2..<Self.rounds).shuffled(using: &dice).prefix(Self.killRounds))
        var round = 0
        while round < Self.rounds || !writers.values.allSatisfy(\.waiting.isEmpty) {
            try check(round < 4 * Self.rounds, "Some changes wait for ever.")
            let part = planned.dropFirst(round * size).prefix(size)
            for (node, writer) in writers.sorted(by: { $0.key < $1.key }) {
                var writer = writer
                made += try writer.write(
                    part.filter { $0.node == node }.map(\.plan), &oracle)
                writers[node] = writer
            }
            if round == 3 { try await addLeader(changes) }
            if killRounds.contains(round) { armKill(changes: size) }
            let isStorm = round % 2 == 1
            proxy.storm(longest: isStorm ? max(2048, size * 400) : nil)
            try await syncRound(isStorm: isStorm)
            round += 1
        }
        return round
    }

    /// A leader who reads one turf joins in the middle, when the turf has reached the hub.
    private mutating func addLeader(_ changes: [WorkloadChange]) async throws {
        let first = changes.first { $0.entity == .congregation }
        guard let turf = first.flatMap({ RecordID($0.id) }).map(Plan.turf) else {
            throw BenchError("The workload has no congregation.")
        }
        let laptop = try await join(
            "leader", role: "leader", at: changes.first?.milliseconds ?? 0,
            turf: turf.description)
        leader = (laptop, turf)
    }

    /// Kills the hub in the middle of this round's exchange.
    private mutating func armKill(changes: Int) {
        let (hub, kills) = (hub, kills)
        proxy.alarm(after: Int.random(in: 3000...(3000 + changes * 100), using: &dice)) {
            Thread.detachNewThread { kills.note { try hub.killAndRestart() } }
        }
    }

    private mutating func syncRound(isStorm: Bool) async throws {
        let order = (laptops + (leader.map { [$0.laptop] } ?? [])).shuffled(using: &dice)
        // In a storm all at once; else one after the other, so that each learns what came before.
        guard isStorm else {
            for laptop in order { failedSyncs += try await Self.sync(laptop) }
            return
        }
        failedSyncs += try await withThrowingTaskGroup(of: Int.self) { group in
            for laptop in order { group.addTask { try await Self.sync(laptop) } }
            return try await group.reduce(0, +)
        }
    }

    /// Syncs, and tries again some times when that fails. Returns how often it failed.
    ///
    /// Only what the program itself calls temporary is tried again.
    private static func sync(_ laptop: Laptop, attempts: Int = 8) async throws -> Int {
        for failures in 0..<attempts {
            do {
                _ = try await laptop.notebook.sync()
                return failures
            } catch let error as SyncError where error.isTemporary {
                try await Task.sleep(for: .milliseconds(50 << min(failures, 4)))
            }
        }
        return attempts
    }

    private func syncUntilEven(_ ninth: Laptop) async throws {
        let all = laptops + [ninth] + (leader.map { [$0.laptop] } ?? [])
        for _ in 0..<10 {
            var isQuiet = true
            for laptop in all {
                let report = try await laptop.notebook.sync()
                isQuiet = isQuiet && report.sent == 0 && report.received == 0 && report.left == 0
            }
            if isQuiet { return }
        }
        throw BenchError("Ten rounds in calm weather were not enough to get even.")
    }

    private func hubFingerprints() async throws -> [String: String] {
        try kills.rethrow()
        try hub.stop()
        return try hub.fingerprints()
    }
}

/// How often the hub was killed, and what went wrong when it was.
private final class Kills: Sendable {
    private let state = Mutex<(count: Int, failure: (any Error)?)>((0, nil))

    var count: Int { state.withLock(\.count) }

    func note(_ kill: () throws -> Void) {
        let result = Result { try kill() }
        state.withLock { state in
            state.count += 1
            if case .failure(let error) = result { state.failure = error }
        }
    }

    func rethrow() throws {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }
}
