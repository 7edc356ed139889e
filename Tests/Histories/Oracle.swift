package import Replication

/// What a record must be, straight from the law: a value is live unless some write named its dot.
///
/// It looks at all commits at once, so that it has no order to depend on, and shares no code with
/// the merge that it judges.
package struct Oracle {
    /// A write's place: what history and live values are counted by.
    package struct Place: Hashable {
        let cell: CellKey
        let dot: Dot
    }

    /// Every write that was ever made to the record.
    package private(set) var written: Set<Place> = []
    package private(set) var live: Set<Place> = []
    package private(set) var named: Set<Place> = []
    package private(set) var isErased = false
    package let state: RecordState

    /// `commits` may hold one commit several times, with different effective stamps.
    package init(_ commits: [Commit], of key: RecordKey) {
        var unique: [Dot: Commit] = [:]
        for commit in commits where commit.key == key {
            var kept = unique[commit.dot] ?? commit
            kept.effective = min(kept.effective, commit.effective)
            unique[commit.dot] = kept
        }
        let all = unique.values.sorted { $0.dot < $1.dot }
        let erasures = all.filter { commit in
            commit.writes.contains { $0.field == CommonField.erased }
        }
        isErased = !erasures.isEmpty
        for commit in all {
            for write in commit.writes {
                written.insert(Place(cell: write.cell, dot: commit.dot))
                for dot in write.overwrites { named.insert(Place(cell: write.cell, dot: dot)) }
            }
        }
        var cells: [CellKey: Cell] = [:]
        for commit in isErased ? erasures : all {
            for write in commit.writes where !isErased || write.field == CommonField.erased {
                let place = Place(cell: write.cell, dot: commit.dot)
                guard isErased || write.rule == .once || !named.contains(place) else { continue }
                live.insert(place)
                let old = cells[write.cell]?.live ?? []
                cells[write.cell] = Cell(key: write.cell, live: old + [Write(write, commit)])
            }
        }
        for place in isErased ? [] : named {
            let old = cells[place.cell] ?? Cell(key: place.cell)
            let dead = (old.dead + [place.dot]).sorted()
            cells[place.cell] = Cell(key: place.cell, live: old.live, dead: dead)
        }
        state = RecordState(cells: cells.values.sorted { $0.key < $1.key })
    }

    /// Writes that are gone although nobody named them and nobody erased the record.
    package func lost(from state: RecordState) -> Set<Place> {
        guard !isErased else { return [] }
        let kept = state.cells.flatMap { cell in
            cell.live.map { Place(cell: cell.key, dot: $0.dot) }
        }
        return written.subtracting(named).subtracting(kept)
    }
}

extension Write {
    fileprivate init(_ write: FieldWrite, _ commit: Commit) {
        self.init(
            dot: commit.dot, stamp: commit.stamp, effective: commit.effective,
            author: commit.author, rule: write.rule, removes: write.removes, value: write.value)
    }
}

/// A record's fingerprint as SyncProtocol.md describes it, by the SHA-256 of the tests.
package func naiveFingerprint(of key: RecordKey, _ state: RecordState) -> [UInt8] {
    var writer = ByteWriter()
    writer.fixed(key.kind)
    writer.raw(key.id.bytes)
    for cell in state.cells where !cell.live.isEmpty {
        writer.varint(UInt64(cell.key.field))
        writer.varint(cell.live.count)
        for write in cell.live {
            writer.raw(write.dot.device.bytes)
            writer.varint(write.dot.seq)
            writer.varint(UInt64(write.rule.rawValue) * 2 + (write.removes ? 1 : 0))
            writer.varint(UInt64(write.value.type.rawValue))
            writer.varint(write.value.bytes.count)
            writer.raw(write.value.bytes)
        }
    }
    return Array(sha256(writer.bytes).prefix(16))
}
