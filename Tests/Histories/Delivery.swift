package import Replication

/// One random way in which a history's commits reach somebody: in any order, some of them again,
/// some as commits and some inside the merged state of another replica.
package struct Delivery {
    package private(set) var states: [RecordKey: RecordState] = [:]
    /// What `apply` and `merge` said had become history.
    package private(set) var died: [RecordKey: Set<Oracle.Place>] = [:]

    /// With `replicas` 1 nothing is merged: every commit is applied.
    package init(of history: History, replicas: Int, _ random: inout SplitMix64) {
        var partial = [[RecordKey: RecordState]](repeating: [:], count: replicas)
        let again = history.pool.filter { _ in random.chance(30) }
        for commit in (history.pool + again).shuffled(using: &random) {
            let index = random.below(replicas)
            note(partial[index][commit.key, default: RecordState()].apply(commit), commit.key)
            if replicas > 1 && random.chance(15) {
                merge(partial[random.below(replicas)], into: &partial[index])
            }
        }
        for other in partial.dropFirst().shuffled(using: &random) {
            merge(other, into: &partial[0])
        }
        states = partial[0]
    }

    private mutating func merge(
        _ other: [RecordKey: RecordState], into mine: inout [RecordKey: RecordState]
    ) {
        for (key, state) in other {
            note(mine[key, default: RecordState()].merge(state), key)
        }
    }

    private mutating func note(_ dead: [Died], _ key: RecordKey) {
        for died in dead {
            self.died[key, default: []].insert(
                Oracle.Place(cell: died.cell, dot: died.write.dot))
        }
    }
}
