/// What gives another replica back what this one has of a record and that one has lost.
///
/// A hub that was put back from a backup has lost commits whose devices may never come again. What
/// is left of them are the values here. They are written once more, in the witness's name; equal
/// values are one for the reader should the lost commits come after all.
package struct Testimony: Sendable {
    /// For each commit its writes.
    private let values: [[FieldWrite]]
    /// What deletes the record there as it is deleted here.
    private let deletion: FieldWrite?
    /// When the record was put where its moves say: what says so again is no newer.
    package private(set) var movedAt: [Value: Stamp] = [:]

    package var isEmpty: Bool { values.isEmpty && deletion == nil }

    /// For each commit its writes, when `next` is the first. A deletion comes last and names the dots
    /// of those before, so that the record is deleted again and can be restored with its values.
    package func commits(from next: Dot) -> [[FieldWrite]] {
        guard let deletion else { return values }
        let given = values.indices.map { Dot(next.device, next.seq + Seq($0)) }
        return values + [[deletion.overwriting(given)]]
    }

    /// The same, as acts that fit into a push each.
    package func acts(from next: Dot) -> [[[FieldWrite]]] {
        commits(from: next).filled(to: Limits.actBytes) { $0.reduce(0) { $0 + $1.size } }
    }

    /// Without what says where the record lives.
    package var withoutMoves: Testimony {
        let rest = values.map { $0.filter { !$0.isMove } }.filter { !$0.isEmpty }
        return Testimony(values: rest, deletion: deletion, movedAt: movedAt)
    }

    package init() { self.init(values: []) }

    fileprivate init(
        values: [[FieldWrite]], deletion: FieldWrite? = nil, movedAt: [Value: Stamp] = [:]
    ) {
        self.movedAt = movedAt
        self.values = values
        self.deletion = deletion
    }
}

extension RecordState {
    /// What this one has and `other` has lost. With `namingLost` it names, too, what was overwritten here
    /// and is unknown there, so that it does not come up again when somebody brings it: whoever gives
    /// back before may not have heard of that.
    package func testimony(to other: RecordState, namingLost: Bool = true) -> Testimony {
        guard !other.isErased else { return Testimony() }
        if isErased { return Testimony(values: [[.erased]]) }
        let moves = self[CommonField.space]?.live ?? []
        let movedAt = Dictionary(moves.map { ($0.value, $0.stamp) }, uniquingKeysWith: max)
        guard life == .deleted else {
            return Testimony(
                values: values(lostBy: other, namingLost) { _ in true }, movedAt: movedAt)
        }
        guard other.life != .deleted else { return Testimony() }
        return Testimony(
            values: values(lostBy: other, namingLost) { $0.field != CommonField.life },
            deletion: deletion(of: other, namingLost), movedAt: movedAt)
    }

    private func values(
        lostBy other: RecordState, _ namingLost: Bool, in included: (CellKey) -> Bool
    ) -> [[FieldWrite]] {
        var commits: [[FieldWrite]] = []
        for cell in cells where included(cell.key) {
            for (index, write) in cell.testimony(to: other[cell.key], namingLost).enumerated() {
                if index == commits.count { commits.append([]) }
                commits[index].append(write)
            }
        }
        // Where a record lives is told to more than may read what else is said of it.
        var moves = commits.flatMap { $0.filter(\.isMove) }.map { [$0] }
        // Nobody can say where it was made.
        if !commits.isEmpty, moves.isEmpty, other.cells.isEmpty { moves = [[.organizersHome]] }
        return moves + commits.flatMap { Self.parts(of: $0.filter { !$0.isMove }) }
    }

    /// The writes, in commits that fit into an act.
    private static func parts(of writes: [FieldWrite]) -> [[FieldWrite]] {
        writes.filled(to: Limits.actBytes / 2, count: Limits.commitWrites, \.size)
    }

    /// The deletion, said once more of what the other still shows and this one saw die.
    private func deletion(of other: RecordState, _ namingLost: Bool) -> FieldWrite {
        let dead = Set(cells.flatMap(\.dead))
        let live = Set(other.cells.flatMap { $0.live.map(\.dot) })
        let known = namingLost ? live.union(other.cells.flatMap(\.dead)) : []
        let lost = namingLost ? dead.subtracting(known) : []
        return FieldWrite(
            field: CommonField.life, value: .deleted,
            overwrites: Array(live.intersection(dead)) + lost.prefix(Limits.writeOverwrites / 2))
    }
}

extension Cell {
    fileprivate func testimony(to other: Cell?, _ namingLost: Bool) -> [FieldWrite] {
        let theirs = other ?? Cell(key: key)
        let overwritten = theirs.live.map(\.dot).filter { dead.containsSorted($0) }
        var said = Set(theirs.live.filter { !dead.containsSorted($0.dot) }.map(Said.init))
        let missing = live.filter { write in
            !theirs.live.contains { $0.dot == write.dot } && !theirs.dead.containsSorted(write.dot)
        }
        var writes = missing.filter { said.insert(Said($0)).inserted }
        // What was overwritten in between is not to come up again.
        if writes.isEmpty, !overwritten.isEmpty, let winner { writes = [winner] }
        let lost = namingLost ? lostDots(of: theirs) : []
        // One that names them is enough.
        return writes.enumerated().map { index, write in
            FieldWrite(
                field: key.field, rule: write.rule, value: write.value, removes: write.removes,
                overwrites: write.rule == .once ? [] : overwritten + (index == 0 ? lost : []))
        }
    }

    /// What was overwritten here and is unknown to the other.
    private func lostDots(of other: Cell) -> ArraySlice<Dot> {
        dead.filter { dot in
            !other.dead.containsSorted(dot) && !other.live.contains { $0.dot == dot }
        }.prefix(Limits.writeOverwrites / 2)
    }

    /// What a write says, whoever wrote it.
    private struct Said: Hashable {
        let value: Value
        let removes: Bool

        init(_ write: Write) {
            value = write.value
            removes = write.removes
        }
    }
}

extension Array {
    /// The elements in runs, each filled as far as a size and a count allow; one that is too large
    /// alone stands alone.
    fileprivate func filled(
        to limit: Int, count: Int = .max, _ size: (Element) -> Int
    ) -> [[Element]] {
        var runs: [[Element]] = []
        var filled = 0
        for element in self {
            let size = size(element)
            if runs.isEmpty || runs[runs.count - 1].count == count || filled + size > limit {
                runs.append([])
                filled = 0
            }
            runs[runs.count - 1].append(element)
            filled += size
        }
        return runs
    }
}

extension FieldWrite {
    fileprivate var isMove: Bool { field == CommonField.space }

    fileprivate func overwriting(_ dots: [Dot]) -> FieldWrite {
        FieldWrite(
            field: field, rule: rule, value: value, removes: removes, overwrites: overwrites + dots)
    }

    fileprivate static let erased = FieldWrite(field: CommonField.erased, value: .int(1))

    fileprivate static let organizersHome = FieldWrite(
        field: CommonField.space, rule: .latest, value: .id(Space.organizers))
}
