import Histories
import Replication

/// A history of commits, delivered in several random ways and by merged states, against the
/// oracle; and every state through its stored form.
struct MergeSchedule {
    let seed: UInt64

    func run() throws -> Tally {
        let history = History(seed: seed)
        let oracles = history.keys.map { ($0, Oracle(history.pool, of: $0)) }
        var random = SplitMix64(seed: ~seed)
        var tally = Tally(schedules: 1, commits: history.commits.count)
        for replicas in [1, 3] {
            let delivery = Delivery(of: history, replicas: replicas, &random)
            tally.steps += history.pool.count
            for (key, oracle) in oracles { try check(delivery, key, oracle) }
        }
        for (key, oracle) in oracles {
            tally.mark ^= Fingerprint(of: key, oracle.state).rawValue.lowHalf
        }
        return tally
    }

    private func check(_ delivery: Delivery, _ key: RecordKey, _ oracle: Oracle) throws {
        let state = delivery.states[key] ?? RecordState()
        guard state == oracle.state else { throw Broken("a record is not what its commits make.") }
        guard oracle.lost(from: state).isEmpty else { throw Broken("a value was lost.") }
        let died = delivery.died[key] ?? []
        guard oracle.isErased || oracle.live.union(died) == oracle.written else {
            throw Broken("a value is neither live nor history.")
        }
        guard try RecordState(encoded: state.encoded()) == state else {
            throw Broken("a stored record reads otherwise.")
        }
        guard Fingerprint(of: key, state).bytes == naiveFingerprint(of: key, oracle.state) else {
            throw Broken("a record's fingerprint is not as specified.")
        }
    }
}

extension UInt128 {
    fileprivate var lowHalf: UInt64 { UInt64(truncatingIfNeeded: self) }
}
