/// What gives another replica back what this one has of a record and that one has lost.
///
/// A hub that was put back from a backup has lost commits whose devices may never come again. What
/// is left of them are the values here. They are written once more, in the witness's name; equal
/// values are one for the reader should the lost commits come after all. Nothing is named but
/// what the other has.
package struct Testimony: Sendable {
    /// For each commit its writes.
    private let values: [[FieldWrite]]
    /// What deletes the record there as it is deleted here.
    private let deletion: FieldWrite?

    package var isEmpty: Bool { values.isEmpty && deletion == nil }

    /// For each commit its writes, when `next` is the first. A deletion comes last and names the dots
    /// of those before, so that the record is deleted again and can be restored with its values.
    package func commits(from next: Dot) -> [[FieldWrite]] {
        guard let deletion else { return values }
        let given = values.indices.map { Dot(next.device, next.seq + Seq($0)) }
        return values + [[deletion.overwriting(given)]]
    }

    /// Without what says where the record lives.
    package var withoutMoves: Testimony {
        let rest = values.map { $0.filter { !$0.isMove } }.filter { !$0.isEmpty }
        return Testimony(values: rest, deletion: deletion)
    }

    package init() { self.init(values: []) }

    fileprivate init(values: [[FieldWrite]], deletion: FieldWrite? = nil) {
        self.values = values
        self.deletion = deletion
    }
}

extension RecordState {
    /// What this one has and `other` has lost.
    package func testimony(to other: RecordState) -> Testimony {
        guard !other.isErased else { return Testimony() }
        if isErased { return Testimony(values: [[.erased]]) }
        guard life == .deleted else {
            return Testimony(values: values(lostBy: other) { _ in true })
        }
        guard other.life != .deleted else { return Testimony() }
        return Testimony(
            values: values(lostBy: other) { $0.field != CommonField.life },
            deletion: deletion(of: other))
    }

    private func values(
        lostBy other: RecordState, in included: (CellKey) -> Bool
    ) -> [[FieldWrite]] {
        var commits: [[FieldWrite]] = []
        for cell in cells where included(cell.key) {
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

    fileprivate func overwriting(_ dots: [Dot]) -> FieldWrite {
        FieldWrite(
            field: field, rule: rule, value: value, removes: removes, overwrites: overwrites + dots)
    }

    fileprivate static let erased = FieldWrite(field: CommonField.erased, value: .int(1))

    fileprivate static let organizersHome = FieldWrite(
        field: CommonField.space, rule: .latest, value: .id(Space.organizers))
}
