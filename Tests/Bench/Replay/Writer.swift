import Machines
import Notebook
import Replication
import Store

/// Makes one laptop's changes, each at its own time, and keeps back those whose records have not
/// arrived.
struct Writer {
    let laptop: Laptop
    private(set) var waiting: [Plan] = []

    init(_ laptop: Laptop) {
        self.laptop = laptop
    }

    /// Makes all changes that can be made: first those that waited. Returns how many were made.
    mutating func write(_ new: [Plan], _ oracle: inout Oracle) throws -> Int {
        let queue = waiting + new
        var index = 0
        waiting = []
        while index < queue.count {
            try laptop.notebook.store.write { transaction in
                while index < queue.count, queue[index].newInstitution == nil {
                    try make(queue[index], &oracle, transaction)
                    index += 1
                }
            }
            guard index < queue.count else { break }
            try move(queue[index], &oracle)
            index += 1
        }
        return queue.count - waiting.count
    }

    private mutating func make(
        _ plan: Plan, _ oracle: inout Oracle, _ transaction: Transaction
    ) throws {
        guard try isReady(plan, { try transaction.space(of: $0) != nil }) else {
            return waiting.append(plan)
        }
        laptop.world.set(milliseconds: plan.milliseconds)
        let edits = try plan.edits { try transaction.space(of: $0) }
        let before = try edits.map { try transaction.state(of: $0.key) }
        let dots = try transaction.commit(edits, by: laptop.notebook.me.member)
        for (index, edit) in edits.enumerated() {
            let dot = index < dots.count ? dots[index] : nil
            try oracle.note(edit, saw: before[index], as: dot)
        }
    }

    /// A person goes to another institution, and with all that hangs on them to its turf.
    private mutating func move(_ plan: Plan, _ oracle: inout Oracle) throws {
        let store = laptop.notebook.store
        let arrived = { key in try store.read { try Records.state(of: key, $0)?.space != nil } }
        guard let institution = plan.newInstitution, try isReady(plan, arrived) else {
            return waiting.append(plan)
        }
        laptop.world.set(milliseconds: plan.milliseconds)
        let before = try store.read { try Records.state(of: plan.key, $0) ?? RecordState() }
        let head = try store.meta().head.seq
        try laptop.notebook.edit(
            plan.key.id,
            PersonDetails(institution: institution, turf: Plan.turf(of: institution)))
        // The person's own commit is the first of the act.
        let isSame = before.value(of: Person.institution.number) == .id(institution)
        let dot = Dot(store.device, head + 1)
        let edit = Edit(plan.key, [.set(Person.institution, .id(institution))])
        try oracle.note(edit, saw: before, as: isSame ? nil : dot)
    }

    /// Whether everything that the change refers to has arrived, and nothing earlier on the same
    /// record waits.
    private func isReady(_ plan: Plan, _ hasArrived: (RecordKey) throws -> Bool) rethrows -> Bool {
        guard !waiting.contains(where: { $0.key == plan.key }) else { return false }
        return try plan.needs.allSatisfy(hasArrived)
    }
}
