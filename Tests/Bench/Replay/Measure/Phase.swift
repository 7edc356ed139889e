import ArgumentParser
import Foundation
import Notebook
import Replication
import Store
import Sync

/// One measured phase of a laptop, in a process of its own, so that its cost is its own.
struct Phase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One measured phase; the replay runs these itself.", shouldDisplay: false)

    /// What a laptop does.
    enum Name: String, ExpressibleByArgument, CaseIterable {
        /// Writes all changes into an empty notebook.
        case load
        /// Joins, and sends all that an existing notebook holds.
        case upload
        /// Joins with an empty notebook, and gets everything.
        case bootstrap
    }

    @Argument var name: Name
    @Option var folder: String
    @Option var changes: String?
    @Option var link: String?

    func run() async throws {
        let cost: PhaseCost
        switch name {
        case .load:
            guard let changes else { throw ValidationError("load takes --changes.") }
            cost = try load(Workload(changesPath: changes))
        case .upload:
            cost = try await exchange(try NotebookFile(path: "\(folder)/ana.sqlite").open())
        case .bootstrap:
            let laptop = try Laptop("ben", in: folder, seed: 2, milliseconds: Self.milliseconds)
            cost = try await exchange(laptop.notebook)
        }
        print(String(decoding: try JSONEncoder().encode(cost), as: UTF8.self))
    }

    private static var milliseconds: UInt64 { UInt64(Date().timeIntervalSince1970 * 1000) }

    private func load(_ workload: Workload) throws -> PhaseCost {
        let laptop = try Laptop("ana", in: folder, seed: 1, milliseconds: Self.milliseconds)
        var loader = Loader(laptop)
        var cost = PhaseCost()
        var batch: [WorkloadChange] = []
        // Reading the workload is not the notebook's work, and is not counted.
        try workload.read { change in
            batch.append(change)
            guard batch.count == Loader.batch else { return }
            try loader.plan(batch)
            batch = []
            try cost.measure { try loader.write() }
        }
        try loader.plan(batch)
        try cost.measure {
            try loader.write()
            try laptop.notebook.store.file.close()
        }
        cost.peakBytes = try ProcessCost.peakBytes()
        return cost
    }

    private func exchange(_ notebook: Notebook) async throws -> PhaseCost {
        guard let link else { throw ValidationError("\(name) takes --link.") }
        _ = try await notebook.join(Invitation(link))
        var cost = PhaseCost()
        let before = (ProcessCost.ownCPUSeconds, ContinuousClock.now)
        let report = try await notebook.sync()
        cost.cpuSeconds = ProcessCost.ownCPUSeconds - before.0
        cost.wallSeconds = (ContinuousClock.now - before.1).seconds
        cost.roundTrips = report.traffic.roundTrips
        cost.bytesSent = report.traffic.bytesSent
        cost.bytesReceived = report.traffic.bytesReceived
        cost.commits = Int(report.sent) + report.received
        try notebook.store.file.close()
        cost.peakBytes = try ProcessCost.peakBytes()
        return cost
    }
}

/// What a phase cost.
struct PhaseCost: Codable {
    var cpuSeconds = 0.0
    var wallSeconds = 0.0
    var peakBytes = 0
    var commits = 0
    var roundTrips = 0
    var bytesSent = 0
    var bytesReceived = 0

    mutating func measure(_ body: () throws -> Void) rethrows {
        let before = (ProcessCost.ownCPUSeconds, ContinuousClock.now)
        try body()
        cpuSeconds += ProcessCost.ownCPUSeconds - before.0
        wallSeconds += (ContinuousClock.now - before.1).seconds
    }
}

/// Writes the changes of everybody into one notebook, in the order in which they were made.
struct Loader {
    /// Changes in one transaction; each is an act and a commit of its own.
    static let batch = 1000

    private let laptop: Laptop
    private var known: Set<String> = []
    private var planned: [Writer.Planned] = []

    init(_ laptop: Laptop) {
        self.laptop = laptop
    }

    mutating func plan(_ changes: [WorkloadChange]) throws {
        planned = try changes.map { change in
            let isNew = known.insert("\(change.entity) \(change.id)").inserted
            return Writer.Planned(
                plan: try Plan(change, isNew: isNew), milliseconds: change.milliseconds)
        }
    }

    func write() throws {
        var index = 0
        while index < planned.count {
            try laptop.notebook.store.write { transaction in
                while index < planned.count, planned[index].plan.newInstitution == nil {
                    laptop.world.set(milliseconds: planned[index].milliseconds)
                    try transaction.commit(
                        planned[index].plan.edits { try transaction.space(of: $0) },
                        by: laptop.notebook.me.member)
                    index += 1
                }
            }
            guard index < planned.count, let institution = planned[index].plan.newInstitution
            else { continue }
            laptop.world.set(milliseconds: planned[index].milliseconds)
            try laptop.notebook.edit(
                planned[index].plan.key.id,
                PersonDetails(institution: institution, turf: Plan.turf(of: institution)))
            index += 1
        }
    }
}
