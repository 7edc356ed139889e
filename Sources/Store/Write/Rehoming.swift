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
        var head = ChainHead()
        for commit in rehomed {
            guard let salt = commit.salt else { continue }
            let payload = Payload.encode(commit.writes)
            let digest = commit.digest(salt: salt, payload: payload)
            try OwnLog.replace(commit, payload, digest, db)
            head = head.appending(digest)
        }
        meta.head = head
        for key in Set(rehomed.map(\.key)).sorted() { try drop(key) }
        for commit in rehomed { try merge(commit) }
    }

    private func ownCommits() throws -> [Commit] {
        let secrets = try OwnLog.secrets(from: 1, db)
        var commits: [Commit] = []
        try OwnLog.forEach(of: environment.key.device, from: 1, db) { row in
            var commit = row.commit
            commit.salt = secrets.last { $0.first <= commit.dot.seq }?.secret.salt(for: commit.dot)
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
