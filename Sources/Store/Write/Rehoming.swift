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
        let commits = try ownCommits()
        let rehomed = commits.map {
            kinds.contains($0.key.kind) ? $0.moved(from: old, to: new) : $0
        }
        guard rehomed != commits else { return }
        try db.execute(sql: "DELETE FROM log")
        meta.head = ChainHead()
        for commit in rehomed {
            guard let salt = commit.salt else { throw WireError.malformed }
            try chain(commit, salt)
        }
        for key in Set(rehomed.map(\.key)).sorted() { try drop(key) }
        for commit in rehomed { try merge(commit) }
    }

    private func ownCommits() throws -> [Commit] {
        let secrets = try OwnLog.secrets(from: 1, db)
        var commits: [Commit] = []
        try OwnLog.forEach(of: environment.key.device, from: 1, db) { row in
            var commit = row.commit
            commit.salt = secrets.salt(for: commit.dot)
            commits.append(commit)
            return true
        }
        return commits
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
