import ArgumentParser
import Foundation
import Machines
import Notebook
import Replication
import Store

/// Takes changes into a notebook, in a process of its own: what a process has had of memory counts
/// as had by those that it starts.
struct Loading: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Take changes into a notebook; the table runs this itself.",
        shouldDisplay: false)

    @Option var notebook: String
    @Option var changes: String

    func run() throws {
        var loader = try Loader(notebook)
        var batch: [WorkloadChange] = []
        try Workload.read(changes) { change in
            batch.append(change)
            guard batch.count == Loader.batch else { return }
            try loader.take(batch)
            batch = []
        }
        try loader.take(batch)
        print(try loader.close())
    }
}

/// Writes the changes of everybody into one notebook, in the order in which they were made.
private struct Loader {
    /// Changes in one transaction; each is an act and a commit of its own.
    static let batch = 1000

    private let notebook: Notebook
    /// The clock of a notebook that was just made; one that was there has the real one.
    private let world: World?
    private var known: Set<String> = []
    private var cpuSeconds = 0.0

    init(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            notebook = try NotebookFile(path: path).open()
            world = nil
            return
        }
        let file = URL(fileURLWithPath: path)
        let laptop = try Laptop(
            file.deletingPathExtension().lastPathComponent,
            in: file.deletingLastPathComponent().path, seed: 1,
            milliseconds: UInt64(Date().timeIntervalSince1970 * 1000))
        notebook = laptop.notebook
        world = laptop.world
    }

    /// Writes changes. Reading the workload and planning are not the notebook's work, and are not
    /// counted.
    mutating func take(_ changes: [WorkloadChange]) throws {
        let plans = try changes.map { try Plan($0, isNew: isNew($0)) }
        let before = ProcessCost.ownCPUSeconds
        try write(plans[...])
        cpuSeconds += ProcessCost.ownCPUSeconds - before
    }

    /// Closes the notebook. Returns the CPU seconds of writing.
    func close() throws -> Double {
        let before = ProcessCost.ownCPUSeconds
        try notebook.store.file.close()
        return cpuSeconds + ProcessCost.ownCPUSeconds - before
    }

    private mutating func isNew(_ change: WorkloadChange) throws -> Bool {
        guard known.insert("\(change.entity) \(change.id)").inserted else { return false }
        guard world == nil else { return true }
        let key = try Plan.key(of: change)
        return try notebook.store.read { try Records.state(of: key, $0) } == nil
    }

    private func write(_ plans: ArraySlice<Plan>) throws {
        var rest = plans
        while !rest.isEmpty {
            try notebook.store.write { transaction in
                while let plan = rest.first, plan.newInstitution == nil {
                    world?.set(milliseconds: plan.milliseconds)
                    let edits = try plan.edits { try transaction.space(of: $0) }
                    try transaction.commit(edits, by: notebook.me.member)
                    rest.removeFirst()
                }
            }
            guard let plan = rest.popFirst(), let institution = plan.newInstitution else {
                continue
            }
            world?.set(milliseconds: plan.milliseconds)
            try notebook.edit(
                plan.key.id,
                PersonDetails(institution: institution, turf: Plan.turf(of: institution)))
        }
    }
}
