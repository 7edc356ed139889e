import Histories
import Replication
import Testing

extension Tag {
    /// Properties that hold for every seed.
    @Tag static var convergence: Self
}

@Suite("The merge laws", .tags(.convergence))
struct LawTests {
    private static let batches = 0..<8
    private static let perBatch = 300

    private static func seeds(_ batch: Int) -> Range<UInt64> {
        UInt64(batch * perBatch)..<UInt64((batch + 1) * perBatch)
    }

    /// Each history is delivered in four ways: twice commit by commit, twice through three
    /// replicas that merge now and then. All must give what the oracle derives from the set.
    @Test(arguments: batches)
    func everyDeliveryGivesOneState(batch: Int) {
        for seed in Self.seeds(batch) {
            let history = History(seed: seed)
            let oracles = history.keys.map { ($0, Oracle(history.pool, of: $0)) }
            var random = SplitMix64(seed: ~seed)
            for replicas in [1, 1, 3, 3] {
                let delivery = Delivery(of: history, replicas: replicas, &random)
                for (key, oracle) in oracles {
                    check(delivery, key, oracle, "seed \(seed), \(replicas) replicas")
                }
            }
        }
    }

    private func check(
        _ delivery: Delivery, _ key: RecordKey, _ oracle: Oracle, _ what: Comment
    ) {
        let state = delivery.states[key] ?? RecordState()
        if state != oracle.state { Issue.record("diverged: \(what)") }
        if Fingerprint(of: key, state).bytes != naiveFingerprint(of: key, oracle.state) {
            Issue.record("other fingerprint: \(what)")
        }
        if !oracle.lost(from: state).isEmpty { Issue.record("lost a value: \(what)") }
        // What is not live became history, and said so; an erased record keeps none.
        let died = delivery.died[key] ?? []
        let whole = oracle.isErased || oracle.live.union(died) == oracle.written
        if !whole { Issue.record("history is not whole: \(what)") }
        if !oracle.isErased, !oracle.live.isDisjoint(with: died) {
            Issue.record("a live write was called dead: \(what)")
        }
    }

    @Test(arguments: batches)
    func mergeIsCommutativeAssociativeAndIdempotent(batch: Int) {
        for seed in Self.seeds(batch) {
            let history = History(seed: seed)
            var random = SplitMix64(seed: seed &* 31 &+ 7)
            for key in history.keys {
                let parts = (0..<3).map { _ in
                    history.pool.filter { $0.key == key && random.chance(60) }
                }
                let (a, b, c) = (state(parts[0]), state(parts[1]), state(parts[2]))
                let ab = merged(a, b)
                let laws = [
                    ab == merged(b, a),
                    merged(ab, c) == merged(a, merged(b, c)),
                    merged(a, a) == a,
                    merged(ab, b) == ab,
                    merged(a, RecordState()) == a,
                    merged(RecordState(), a) == a,
                    ab == state(parts[0] + parts[1]),
                ]
                let broken = laws.indices.filter { !laws[$0] }
                if !broken.isEmpty { Issue.record("seed \(seed) breaks laws \(broken)") }
            }
        }
    }

    /// Laws over dull histories prove little: the seeds must reach what is hard.
    @Test func historiesReachTheHardCases() {
        var seen: [String: Int] = [:]
        for seed in UInt64(0)..<600 {
            let history = History(seed: seed)
            for key in history.keys {
                let oracle = Oracle(history.pool, of: key)
                let state = oracle.state
                seen["\(state.life)", default: 0] += 1
                if state.cells.contains(where: { $0.conflict != nil }) {
                    seen["conflict", default: 0] += 1
                }
                if state.cells.contains(where: { $0.live.count > 1 && $0.isPresent }) {
                    seen["several live", default: 0] += 1
                }
                if !oracle.named.isSubset(of: oracle.written) {
                    seen["named, never written", default: 0] += 1
                }
                if state.cells.contains(where: { cell in
                    cell.live.contains { cell.dead.contains($0.dot) }
                }) {
                    seen["immutable and named", default: 0] += 1
                }
            }
        }
        for what in [
            "alive", "deleted", "deletedWhileEdited", "erased", "conflict", "several live",
            "named, never written", "immutable and named",
        ] {
            #expect(seen[what, default: 0] >= 10, "\(what)")
        }
    }

    /// The sum that a replica keeps while its records change is the sum over what they became.
    @Test func fingerprintOfASpaceIsKeptUpToDate() {
        for seed in UInt64(0)..<200 {
            let history = History(seed: seed)
            var states: [RecordKey: RecordState] = [:]
            var kept = Fingerprint()
            for commit in history.pool {
                var state = states[commit.key] ?? RecordState()
                if states[commit.key] != nil { kept -= Fingerprint(of: commit.key, state) }
                state.apply(commit)
                kept += Fingerprint(of: commit.key, state)
                states[commit.key] = state
            }
            var whole = Fingerprint()
            for (key, state) in states { whole += Fingerprint(of: key, state) }
            #expect(kept == whole, "seed \(seed)")
            for (key, state) in states { whole -= Fingerprint(of: key, state) }
            #expect(whole == Fingerprint(), "seed \(seed)")
        }
    }

    private func state(_ commits: [Commit]) -> RecordState {
        var state = RecordState()
        for commit in commits { state.apply(commit) }
        return state
    }

    private func merged(_ a: RecordState, _ b: RecordState) -> RecordState {
        var both = a
        both.merge(b)
        return both
    }
}
