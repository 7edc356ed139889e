package import Replication

/// A random history: several devices that write to a few records, each with what it has seen,
/// and with holes in what it has seen.
package struct History {
    package let seed: UInt64
    package let keys: [RecordKey]
    /// Every commit once, in the order in which they were made.
    package private(set) var commits: [Commit] = []
    /// Some of the commits again, with the smaller effective stamp that a hub gave them.
    package private(set) var lowered: [Commit] = []

    private struct Replica {
        let device: DeviceID
        var seq: Seq = 0
        var states: [RecordKey: RecordState] = [:]
    }

    package init(seed: UInt64) {
        self.seed = seed
        var random = SplitMix64(seed: seed)
        keys = (0...random.below(3)).map { index in
            RecordKey(Kind(1 + index), RecordID(rawValue: UInt128(random.next())))
        }
        let devices: [DeviceID] = [.a, .b, .c, DeviceID(rawValue: 1)]
        var replicas = devices.prefix(2 + random.below(3)).map { Replica(device: $0) }
        let erasing = random.chance(8)
        for _ in 0..<4 + random.below(20) {
            let index = random.below(replicas.count)
            if random.chance(60) || commits.isEmpty {
                let commit = act(&replicas[index], erasing: erasing, &random)
                commits.append(commit)
                if random.chance(15) { lowered.append(commit.lowered(to: commit.time / 2)) }
            } else {
                let heard = random.pick(commits)
                replicas[index].states[heard.key, default: RecordState()].apply(heard)
            }
        }
    }

    /// Commits and their lowered copies.
    package var pool: [Commit] { commits + lowered }

    private func act(
        _ replica: inout Replica, erasing: Bool, _ random: inout SplitMix64
    ) -> Commit {
        let key = random.pick(keys)
        let state = replica.states[key] ?? RecordState()
        var writes: [CellKey: FieldWrite] = [:]
        for _ in 0...random.below(3) {
            let write = write(state, replica.device, erasing: erasing, &random)
            // A delete beside an edit of the same act would never cover it: mostly it comes alone.
            if write.field == CommonField.life && random.chance(80) { writes = [:] }
            writes[write.cell] = write
            if write.field == CommonField.life { break }
        }
        replica.seq += 1
        let commit = Commit(
            dot: Dot(replica.device, replica.seq),
            stamp: Stamp(milliseconds: UInt64(1 + random.below(50))),
            author: MemberID(of: replica.device), key: key, transaction: replica.seq,
            salt: Salt(bytes: random.bytes(16)), writes: writes.values.sorted { $0.cell < $1.cell })
        replica.states[key, default: RecordState()].apply(commit)
        return commit
    }

    private func write(
        _ state: RecordState, _ device: DeviceID, erasing: Bool, _ random: inout SplitMix64
    ) -> FieldWrite {
        let text = Value.text(random.pick(["Ana", "Anna", "Jos\u{E9}", "Jose\u{301}", ""]))
        switch random.below(erasing ? 24 : 23) {
        case 0, 1:
            let isDeleted = state[CommonField.life] != nil
            return isDeleted && random.chance(50) ? state.restoration : state.deletion
        case 2, 3, 4:
            let space = Value.id(random.pick([Space.commons, Space.organizers]))
            return over(state, CommonField.space, .keep, space, &random)
        case 5...9: return over(state, 16, .keep, text, &random)
        case 10, 11: return over(state, 17, random.pick([.keep, .latest]), .null, &random)
        case 12, 13: return over(state, 18, .latest, .int(Int64(random.below(3))), &random)
        case 14...18:
            return over(state, 19, .set, text, removes: random.chance(40), &random)
        case 19, 20:
            guard random.chance(30) else { return FieldWrite(field: 20, rule: .once, value: text) }
            return over(state, 20, .keep, text, &random)
        case 21, 22:
            let value = Value(type: ValueType(rawValue: 77), bytes: random.bytes(3))
            return over(state, 1_000_000, MergeRule(rawValue: 9), value, &random)
        default: return .erases
        }
    }

    /// A write that names what the device saw; now and then less, or a dot from nowhere.
    private func over(
        _ state: RecordState, _ field: Field, _ rule: MergeRule, _ value: Value,
        removes: Bool = false, _ random: inout SplitMix64
    ) -> FieldWrite {
        let bare = FieldWrite(field: field, rule: rule, value: value, removes: removes)
        var dots = state[bare.cell]?.live.map(\.dot) ?? []
        switch random.below(10) {
        case 0: dots = []
        case 1: dots = dots.filter { _ in random.chance(50) }
        case 2:
            let stray = Dot(random.pick([.a, .b, .c]), Seq(1 + random.below(12)))
            if !dots.contains(stray) { dots.append(stray) }
        default: break
        }
        return FieldWrite(
            field: field, rule: rule, value: value, removes: removes, overwrites: dots)
    }
}

extension Commit {
    fileprivate var time: UInt64 { stamp.milliseconds }
}
