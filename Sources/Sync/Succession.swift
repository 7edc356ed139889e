package import Notebook
package import Replication
import Store

/// Where a notebook's keys are kept: the one it writes with, and the next one.
package protocol KeyRing: Sendable {
    /// The last key, if it comes after that of `device` and was never taken, or else a new one. The
    /// same one until the notebook takes it, so that a crash in between leaves no second device behind.
    func successor(of device: DeviceID) throws -> DeviceKey

    /// Notes that the notebook writes with this device's key: one that is put back from before that,
    /// beside these keys, is to get another.
    func take(_ device: DeviceID) throws

    /// The keys in whose place this device's has come, the last one first; none for the first.
    func predecessors(of device: DeviceID) throws -> [DeviceKey]
}

extension NotebookFile: KeyRing {}

/// What a notebook does when the hub has other commits of its device than it has itself.
///
/// It was copied, and both copies wrote; or it was restored from a backup. The hub names how far
/// the two chains are one. What lies above, nobody else has seen: it is issued anew, under a new
/// key in whose favour the old one signs, and the notebook goes on as that device.
struct Succession {
    let notebook: Notebook
    let congregation: RecordID
    let keys: any KeyRing
    let connect: @Sendable (DeviceKey) -> any Transport

    /// Returns the notebook under its new key, and how many commits were issued anew.
    func run(nonce: String) async throws -> (notebook: Notebook, reissued: Int, nonce: String) {
        let store = notebook.store
        let known = try await connect(store.environment.key).closing { transport in
            try await askWhatIsKnown(transport, nonce: nonce)
        }
        let key = try keys.unusedSuccessor(of: store)
        let nonce = try await enrol(key)
        let reissued = try store.write { transaction in
            try transaction.reissue(
                after: known.kept, refused: known.refused, as: key.device)
        }
        try keys.take(key.device)
        let successor = Notebook(
            store: try store.written(as: key), zone: notebook.zone, me: notebook.me)
        return (successor, reissued, nonce)
    }

    /// Enrols the key that the notebook writes with once more: a hub that was put back from a backup
    /// may know only one before it. Returns the first nonce. Throws `SyncError.notKnown` when it
    /// knows none.
    func introduceAgain() async throws -> String {
        try await enrol(notebook.store.environment.key, isUsed: true)
    }

    /// The new key asks, and those in whose place it comes have consented.
    private func enrol(_ key: DeviceKey, isUsed: Bool = false) async throws -> String {
        let predecessors = try keys.consents(to: key, in: congregation)
        guard !predecessors.isEmpty else { throw SyncError.notKnown }
        let request = EnrolRequest(
            code: [], publicKey: key.publicKey, member: notebook.me.member,
            predecessors: predecessors, isUsed: isUsed)
        return try await connect(key).closing { try await $0.enrol(request) }.nonce
    }

    /// What the hub has of this notebook's chain.
    private struct Known {
        /// The last commit up to which the two chains are one.
        var kept: Seq = 0
        /// Own commits that it refused.
        var refused: [Refusal] = []
    }

    /// Each question divides what is unknown by as many places as one request names.
    private func askWhatIsKnown(_ transport: any Transport, nonce: String) async throws -> Known {
        let meta = try notebook.store.meta()
        var nonce = nonce
        var known = Known()
        var highest = meta.head.seq
        var seen = meta.refusalsSeen
        var isMore = highest > 0
        while known.kept < highest || isMore {
            let points = try notebook.store.chain(
                at: Self.seqs(above: known.kept, upTo: highest))
            let exchanged = try await transport.exchange(
                SyncRequest(refusalsSeen: seen, points: points), nonce: nonce)
            nonce = exchanged.nextNonce
            let answer = exchanged.answer
            known.kept = max(known.kept, answer.common)
            let beyond = points.first { $0.seq > known.kept }
            highest = beyond.map { $0.seq - 1 } ?? known.kept
            known.refused += answer.refused
            isMore = answer.refused.last.map { $0.seq > seen } ?? false
            seen = answer.refused.last?.seq ?? seen
        }
        return known
    }

    /// Places spread evenly, as many as one request names; the highest among them.
    static func seqs(above low: Seq, upTo high: Seq) -> [Seq] {
        let count = min(Seq(Limits.points), high - low)
        guard count > 0 else { return [low] }
        return (1...count).map { low + (high - low) * $0 / count }
    }
}

extension KeyRing {
    /// The next key under which nothing was written of what has come to a notebook. A copy of it may
    /// have the same keys, and it may itself have been put back from before it took them.
    func unusedSuccessor(of store: Store) throws -> DeviceKey {
        var key = try successor(of: store.device)
        while try store.hasHeard(of: key.device) { key = try successor(of: key.device) }
        return key
    }

    /// The predecessors of a key, as many as one request names, each with its consent to the key
    /// that came in its place.
    func consents(
        to key: DeviceKey, in congregation: RecordID
    ) throws -> [EnrolRequest.Predecessor] {
        let predecessors = try predecessors(of: key.device).prefix(Limits.predecessors)
        return try zip([key] + predecessors, predecessors).map { successor, old in
            let message = EnrolRequest.Predecessor.signed(
                successor.publicKey, after: old.device, congregation: congregation)
            return .init(publicKey: old.publicKey, consent: try old.sign(message))
        }
    }
}
