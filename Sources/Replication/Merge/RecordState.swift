/// What the commits that have arrived make of one record: a pure function of their set.
package struct RecordState: Hashable, Sendable {
    /// In ascending order of key.
    package internal(set) var cells: [Cell]

    package init(cells: [Cell] = []) {
        self.cells = cells
    }

    /// Applies a commit: any number of times, in any order, with any holes.
    ///
    /// Returns the writes that are history from now on, with their cells. On an erased record
    /// every write but another erasure is dropped without a trace.
    @discardableResult
    package mutating func apply(_ commit: Commit) -> [Died] {
        if let erasure = commit.writes.first(where: { $0.field == CommonField.erased }) {
            keepOnlyErasure()
            edit(erasure.cell) { _ = $0.add(Write(erasure, of: commit)) }
            return []
        }
        guard !isErased else { return [] }
        var died: [Died] = []
        for write in commit.writes {
            edit(write.cell) { cell in
                for dot in write.overwrites {
                    if let victim = cell.kill(dot) { died.append(Died(cell.key, victim)) }
                }
                if let late = cell.add(Write(write, of: commit)) {
                    died.append(Died(cell.key, late))
                }
            }
        }
        return died
    }

    /// Whether a device wrote any of this, or something that it wrote was overwritten.
    package func names(_ device: DeviceID) -> Bool {
        cells.contains { cell in
            cell.live.contains { $0.dot.device == device }
                || cell.dead.contains { $0.device == device }
        }
    }

    /// Merges another replica's state of the same record: the union of writes and of dead dots.
    @discardableResult
    package mutating func merge(_ other: RecordState) -> [Died] {
        if other.isErased { keepOnlyErasure() }
        var died: [Died] = []
        for cell in other.cells where !isErased || cell.key.field == CommonField.erased {
            edit(cell.key) { mine in died += mine.merge(cell).map { Died(cell.key, $0) } }
        }
        return died
    }

    package subscript(key: CellKey) -> Cell? {
        let index = position(of: key)
        return index < cells.count && cells[index].key == key ? cells[index] : nil
    }

    package subscript(field: Field) -> Cell? { self[CellKey(field: field)] }

    /// The winner's value of a field; nil when it has none or was cleared.
    package func value(of field: Field) -> Value? {
        self[field]?.winner.flatMap { $0.value.isNull ? nil : $0.value }
    }

    /// The elements of a set that are in, in order of their bytes.
    package func elements(of field: Field) -> [Value] {
        cells.filter { $0.key.field == field && $0.isPresent }.compactMap(\.key.element)
    }

    /// Takes the mark of a commit that the hub let through with a smaller effective stamp.
    package mutating func lower(_ dot: Dot, to effective: Stamp) {
        for cell in cells.indices {
            for write in cells[cell].live.indices where cells[cell].live[write].dot == dot {
                let old = cells[cell].live[write].effective
                cells[cell].live[write].effective = min(old, effective)
            }
        }
    }

    /// Takes back commits that nobody else has: what they said, and that they took the place of
    /// something, which is live again if `history` has it and nothing else named it.
    package mutating func withdraw(_ commits: [Commit], history: [Died]) {
        let dots = Set(commits.map(\.dot))
        var named: Set<Died> = []
        for commit in commits {
            for write in commit.writes {
                edit(write.cell) { $0.withdraw(commit.dot, naming: write.overwrites) }
                named.formUnion(
                    history.lazy.filter {
                        $0.cell == write.cell && write.overwrites.contains($0.write.dot)
                    })
            }
        }
        for died in named where !dots.contains(died.write.dot) {
            edit(died.cell) { _ = $0.add(died.write) }
        }
        cells.removeAll(where: \.isEmpty)
    }

    private func position(of key: CellKey) -> Int {
        var low = 0
        var high = cells.count
        while low < high {
            let middle = (low + high) / 2
            if cells[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func edit(_ key: CellKey, _ body: (inout Cell) -> Void) {
        let index = position(of: key)
        if index == cells.count || cells[index].key != key {
            cells.insert(Cell(key: key), at: index)
        }
        body(&cells[index])
    }

    private mutating func keepOnlyErasure() {
        cells.removeAll { $0.key.field != CommonField.erased }
    }
}

/// A write that some other write named: part of its field's history.
package struct Died: Hashable, Sendable {
    package let cell: CellKey
    package let write: Write

    package init(_ cell: CellKey, _ write: Write) {
        self.cell = cell
        self.write = write
    }
}
