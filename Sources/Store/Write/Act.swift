import GRDB
package import Replication

extension Transaction {
    /// Commits what one act of `author` changes, in one record or in several: edit → commit → log,
    /// cells, tables. This is where a commit gets its dots.
    ///
    /// Edits that change nothing leave no commit; of several edits of one field the last counts.
    /// Returns the dots: one a changed record, more where the writes are too many for one commit.
    @discardableResult
    package func commit(_ edits: [Edit], by author: MemberID) throws -> [Dot] {
        let drafts = try drafts(of: edits)
        let bytes = drafts.reduce(0) { $0 + $1.1.reduce(0) { $0 + $1.size } }
        guard drafts.count <= Limits.actCommits, bytes <= Limits.actBytes else {
            throw StoreError.actTooLarge(commits: drafts.count)
        }
        let last = meta.head.seq + Seq(drafts.count)
        return try drafts.map { key, writes in
            try append(key, writes, act: last, by: author)
        }
    }

    /// The writes of each record that the edits really change, in the order of the edits.
    private func drafts(of edits: [Edit]) throws -> [(RecordKey, [FieldWrite])] {
        var order: [RecordKey] = []
        var writes: [RecordKey: [CellKey: FieldWrite]] = [:]
        for edit in edits {
            let state = try state(of: edit.key)
            var changes = edit.changes
            if state.space == nil && writes[edit.key] == nil { changes.append(.move(edit.home)) }
            if writes[edit.key] == nil { order.append(edit.key) }
            for change in changes {
                let write = change.write(to: state)
                if let write { try check(write, edit.key.kind) }
                writes[edit.key, default: [:]][change.cell] = write
            }
        }
        return try order.flatMap { key in
            let sorted = (writes[key] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
            return try parts(of: sorted, on: key).flatMap { part in
                stride(from: 0, to: part.count, by: Limits.commitWrites).map { start in
                    (key, Array(part[start...].prefix(Limits.commitWrites)))
                }
            }
        }
    }

    /// A move of a record that is here is a commit of its own, since others may hear of it than of
    /// what is written with it.
    private func parts(of writes: [FieldWrite], on key: RecordKey) throws -> [[FieldWrite]] {
        guard try state(of: key).space != nil else { return [writes] }
        let moves = writes.filter { $0.field == CommonField.space }
        let others = writes.filter { $0.field != CommonField.space }
        return [others, moves].filter { !$0.isEmpty }
    }

    private func check(_ write: FieldWrite, _ kind: Kind) throws {
        let name = schema[kind]?.field(write.field)?.name ?? "field \(write.field)"
        guard write.value.bytes.count <= Limits.valueBytes else {
            throw StoreError.valueTooLarge(field: name)
        }
        guard write.overwrites.count <= Limits.writeOverwrites else {
            throw StoreError.recordTooLarge
        }
        guard write.value.isCanonical else { throw StoreError.notText(field: name) }
    }

    /// Commits writes of one record that name what they overwrite already, as one act. A move that was
    /// made long ago keeps its stamp, so that newer ones stand.
    func commit(
        _ commits: [[FieldWrite]], on key: RecordKey, movedAt: [Value: Stamp], by author: MemberID
    ) throws {
        let last = meta.head.seq + Seq(commits.count)
        for writes in commits {
            let move = writes.count == 1 && writes[0].field == CommonField.space ? writes[0] : nil
            let stamp = move.flatMap { movedAt[$0.value] }
            _ = try append(key, writes, act: last, at: stamp, by: author)
        }
    }

    private func append(
        _ key: RecordKey, _ writes: [FieldWrite], act: Seq, at stamp: Stamp? = nil,
        by author: MemberID
    ) throws -> Dot {
        let dot = Dot(environment.key.device, meta.head.seq + 1)
        let salt = try secret(for: dot.seq).salt(for: dot)
        let commit = Commit(
            dot: dot, stamp: stamp ?? clock.next(milliseconds: environment.milliseconds()),
            author: author, key: key, transaction: act, salt: salt, writes: writes)
        try chain(commit, salt)
        try edit(key) { $0.apply(commit) }
        return dot
    }

    /// Puts what is left of an own commit on an erased record at the end of this device's chain.
    func chain(stub commit: Commit, _ digest: Digest) throws {
        try OwnLog.append(commit, nil, digest, db)
        meta.head = meta.head.appending(digest)
    }

    /// Puts an own commit at the end of this device's chain.
    func chain(_ commit: Commit, _ salt: Salt) throws {
        let payload = Payload.encode(commit.writes)
        let digest = commit.digest(salt: salt, payload: payload)
        try OwnLog.append(commit, payload, digest, db)
        meta.head = meta.head.appending(digest)
    }

    /// The secret that makes the salt of an own commit. Each is revealed to the hub at most with
    /// the commits it was made for: after an acknowledged push a new one begins.
    private func secret(for seq: Seq) throws -> SaltSecret {
        if let known = try OwnLog.secrets(from: seq, db).first { return known.secret }
        return try newSecret(from: seq)
    }

    @discardableResult
    func newSecret(from seq: Seq) throws -> SaltSecret {
        guard let secret = SaltSecret(bytes: environment.randomBytes(32)) else {
            preconditionFailure("32 bytes were asked for")
        }
        try OwnLog.add(SaltRun(first: seq, secret: secret), db)
        return secret
    }
}
