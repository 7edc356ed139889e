import Replication

/// A commit with what was computed to check it, or a stub.
struct CheckedEntry {
    /// Nil for a stub.
    let commit: Commit?
    let dot: Dot
    /// The seq of its act's last commit.
    let act: Seq
    let payload: [UInt8]
    let digest: Digest

    init(stub dot: Dot, _ digest: Digest, act: Seq) {
        commit = nil
        self.dot = dot
        self.act = act
        payload = []
        self.digest = digest
    }

    init(_ commit: Commit, salt: Salt, act: Seq) {
        var commit = commit
        commit.salt = salt
        self.commit = commit
        dot = commit.dot
        self.act = act
        payload = Payload.encode(commit.writes)
        digest = commit.digest(salt: salt, payload: payload)
    }
}
