import GRDB
package import Replication

extension Transaction {
    /// Writes this device's commits anew so that records of these kinds that it made in one space
    /// are made in another: somebody who wrote alone has joined as a reader of that other one.
    ///
    /// Only for a notebook that has never exchanged. A commit that a hub may have is not to be
    /// changed any more.
    package func rehome(_ kinds: Set<Kind>, from old: SpaceID, to new: SpaceID) throws {
        precondition(meta.cursor == nil, "a hub may have these commits")
        let rows = try ownRows()
        let rehomed = rows.map { row in
            kinds.contains(row.commit.key.kind) ? row.commit.moved(from: old, to: new) : row.commit
        }
        guard rehomed != rows.map(\.commit) else { return }
        let secrets = try OwnLog.secrets(from: 1, db)
        try db.run("DELETE FROM log")
        meta.head = ChainHead()
        for (row, commit) in zip(rows, rehomed) {
            guard let salt = secrets.salt(for: commit.dot) else { throw WireError.malformed }
            try row.isStub ? chain(stub: commit, row.digest) : chain(commit, salt)
        }
        for key in Set(rehomed.map(\.key)).sorted() { try drop(key) }
        for commit in rehomed { try merge(commit) }
    }

    private func ownRows() throws -> [OwnLog.Row] {
        var rows: [OwnLog.Row] = []
        try OwnLog.forEach(of: environment.key.device, from: 1, db) { row in
            rows.append(row)
            return true
        }
        return rows
    }
}

extension Commit {
    fileprivate func moved(from old: SpaceID, to new: SpaceID) -> Commit {
        let writes = writes.map { write in
            guard write.field == CommonField.space, write.value.id == old else { return write }
            return FieldWrite(
                field: write.field, rule: write.rule, value: .id(new), overwrites: write.overwrites)
        }
        return Commit(
            dot: dot, stamp: stamp, effective: effective, author: author, key: key,
            transaction: transaction, salt: salt, writes: writes)
    }
}
