/// How power stands on a demand, and how it has shifted between two days.
package struct PowerShift<Actor: Hashable & Sendable>: Sendable {
    /// Where an actor stands: influence 0 to 10, stance −2 (active opponent) to 2 (active ally).
    package struct Standing: Hashable, Sendable {
        package let influence: Int
        package let stance: Int

        package init(influence: Int, stance: Int) {
            self.influence = influence
            self.stance = stance
        }

        package var weight: Int { influence * stance }
    }

    /// Σ influence × stance.
    package let before: Int
    package let after: Int
    /// What each actor added or took away, those without a change left out.
    package let changes: [Actor: Int]
    /// Actors on both maps whose stance is one step or more from where it was: towards us, and away.
    package let movedTowards: Int
    package let movedAway: Int

    package init(from before: [Actor: Standing], to after: [Actor: Standing]) {
        self.before = before.values.reduce(0) { $0 + $1.weight }
        self.after = after.values.reduce(0) { $0 + $1.weight }
        let actors = Set(before.keys).union(after.keys)
        let all = actors.map { ($0, (after[$0]?.weight ?? 0) - (before[$0]?.weight ?? 0)) }
        changes = Dictionary(uniqueKeysWithValues: all.filter { $0.1 != 0 })
        let steps = actors.compactMap { actor in
            before[actor].flatMap { old in after[actor].map { $0.stance - old.stance } }
        }
        movedTowards = steps.count { $0 > 0 }
        movedAway = steps.count { $0 < 0 }
    }
}
