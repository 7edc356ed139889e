import Replication
import Store
import Testing

/// Three notebooks edit apart and pass each other's commits on in any order, some twice: once
/// everyone has everything, they are the same.
@Suite("Three notebooks")
struct ConvergenceTests {
    @Test(arguments: 1...50)
    func areEqualWhenAllHaveEverything(seed: UInt64) throws {
        var work = Workload(seed: seed)
        let stores = try (1...3).map { try Store.open(UInt8($0), seed: seed) }
        for _ in 0..<30 {
            let store = work.pick(stores)
            try work.act(on: store)
            guard Int.random(in: 0..<5, using: &work.random) == 0 else { continue }
            try deliver(work.pick(stores).unsentCommits(), to: work.pick(stores), &work, all: false)
        }
        let logs = try stores.map { try $0.unsentCommits() }
        for store in stores {
            try deliver(logs.flatMap(\.self), to: store, &work, all: true)
        }
        let first = stores[0]
        for store in stores {
            #expect(try store.fingerprints() == first.fingerprints(), "seed \(seed)")
            #expect(try store.tables() == first.tables(), "seed \(seed)")
            #expect(try store.verify().problems == [], "seed \(seed)")
        }
        #expect(try first.meta().head.seq > 0)
    }

    private func deliver(
        _ commits: [Commit], to store: Store, _ work: inout Workload, all: Bool
    ) throws {
        var rest = commits.shuffled(using: &work.random)
        if !all { rest.removeLast(rest.count / 2) }
        while !rest.isEmpty {
            let page = Array(rest.suffix(Int.random(in: 1...20, using: &work.random)))
            rest.removeLast(page.count)
            try store.merge(page + page.prefix(2))
        }
    }
}
