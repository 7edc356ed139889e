/// The new names of a device's commits, from one seq on: they are issued anew under another key.
///
/// Two copies of a notebook that both wrote have given one dot to two commits. The one that meets
/// the hub second gives its own ones other names, before anybody else has seen them.
package struct Renaming: Hashable, Sendable {
    /// The device that made the commits, and the last of them that keeps its name.
    package let old: DeviceID
    package let kept: Seq
    package let new: DeviceID

    package init(_ old: DeviceID, after kept: Seq, to new: DeviceID) {
        self.old = old
        self.kept = kept
        self.new = new
    }

    /// The dot's new name; its own when it keeps it.
    package func callAsFunction(_ dot: Dot) -> Dot {
        dot.device == old && dot.seq > kept ? Dot(new, dot.seq - kept) : dot
    }
}

extension RecordState {
    /// Gives the commits their new names in live writes and among dead dots.
    package mutating func rename(_ renaming: Renaming) {
        for index in cells.indices {
            cells[index].live = cells[index].live.map { $0.renamed(renaming) }
                .sorted { $0.dot < $1.dot }
            cells[index].dead = cells[index].dead.map { renaming($0) }.sorted()
        }
    }
}

extension Write {
    fileprivate func renamed(_ renaming: Renaming) -> Write {
        Write(
            dot: renaming(dot), stamp: stamp, effective: effective, author: author, rule: rule,
            removes: removes, value: value)
    }
}

extension Commit {
    /// The same commit under its new name, without a salt: a new one has to be made.
    package func renamed(_ renaming: Renaming) -> Commit {
        Commit(
            dot: renaming(dot), stamp: stamp, effective: effective, author: author, key: key,
            transaction: transaction - renaming.kept, salt: nil,
            writes: writes.map { write in
                FieldWrite(
                    field: write.field, rule: write.rule, value: write.value,
                    removes: write.removes, overwrites: write.overwrites.map { renaming($0) })
            })
    }
}
