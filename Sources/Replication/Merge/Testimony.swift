extension RecordState {
    /// What gives another replica back what this one has and that one has lost: for each commit its
    /// writes. Empty when that one has everything.
    ///
    /// A hub that was put back from a backup has lost commits whose devices may never come again. What
    /// is left of them are the values here. They are written once more, in the witness's name; equal
    /// values are one for the reader should the lost commits come after all. Nothing is named but
    /// what the other has.
    package func testimony(to other: RecordState) -> [[FieldWrite]] {
        guard !other.isErased else { return [] }
        if isErased { return [erasure(of: other)] }
        if life == .deleted {
            // Of what nobody else has, nobody needs to hear that it was deleted.
            return other.life == .deleted || other.cells.isEmpty ? [] : [[deletion(of: other)]]
        }
        var commits: [[FieldWrite]] = []
        for cell in cells {
            for (index, write) in cell.testimony(to: other[cell.key]).enumerated() {
                if index == commits.count { commits.append([]) }
                commits[index].append(write)
            }
        }
        // Where a record lives is told to more than may read what else is said of it.
        var moves = commits.flatMap { $0.filter(\.isMove) }.map { [$0] }
        // Nobody can say where it was made.
        if !commits.isEmpty, moves.isEmpty, other.cells.isEmpty { moves = [[.organizersHome]] }
        return moves + commits.map { $0.filter { !$0.isMove } }.filter { !$0.isEmpty }
    }

    private func erasure(of other: RecordState) -> [FieldWrite] {
        (other.cells.isEmpty ? [.organizersHome] : [])
            + [FieldWrite(field: CommonField.erased, value: .int(1))]
    }

    /// The deletion, said once more of what the other still shows and this one saw die.
    private func deletion(of other: RecordState) -> FieldWrite {
        let dead = Set(cells.flatMap(\.dead))
        let live = Set(other.cells.flatMap { $0.live.map(\.dot) })
        return FieldWrite(
            field: CommonField.life, value: .deleted,
            overwrites: Array(live.intersection(dead)))
    }
}

extension Cell {
    fileprivate func testimony(to other: Cell?) -> [FieldWrite] {
        let theirs = other ?? Cell(key: key)
        let overwritten = theirs.live.map(\.dot).filter { dead.containsSorted($0) }
        var said = Set(theirs.live.filter { !dead.containsSorted($0.dot) }.map(Said.init))
        let missing = live.filter { write in
            !theirs.live.contains { $0.dot == write.dot } && !theirs.dead.containsSorted(write.dot)
        }
        var writes = missing.filter { said.insert(Said($0)).inserted }
        // What was overwritten in between is not to come up again.
        if writes.isEmpty, !overwritten.isEmpty, let winner { writes = [winner] }
        return writes.map { write in
            FieldWrite(
                field: key.field, rule: write.rule, value: write.value, removes: write.removes,
                overwrites: write.rule == .once ? [] : overwritten)
        }
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

extension FieldWrite {
    fileprivate var isMove: Bool { field == CommonField.space }

    fileprivate static let organizersHome = FieldWrite(
        field: CommonField.space, rule: .latest, value: .id(Space.organizers))
}
