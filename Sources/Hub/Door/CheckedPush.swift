import Replication

/// A push whose form, acts and signature have been proven: all that can be seen of it without the
/// log, and so before the hub's turn at writing begins.
struct CheckedPush {
    let entries: [CheckedEntry]
    /// The end of the device's chain after each entry.
    private let heads: [ChainHead]
    private let start: ChainHead
    let signature: [UInt8]
    /// The device says that the hub has acknowledged all of it before.
    let isAgain: Bool

    /// Throws a `Problem` for a push that is malformed, or not signed by the device.
    init(_ push: Push, of device: HubDevice, congregation: RecordID) throws {
        entries = try Self.checked(push, device.id)
        signature = push.signature
        isAgain = push.isAgain
        start = ChainHead(seq: entries[0].dot.seq - 1, hash: push.previous)
        var head = start
        heads = entries.map { entry in
            head = head.appending(entry.digest)
            return head
        }
        let message = Push.signed(head, of: device.id, congregation: congregation)
        guard device.publicKey.verifies(push.signature, of: message) else {
            throw Problem(
                403, "push-signature",
                "The push is not signed by its device over this chain: check its salts and previous."
            )
        }
    }

    var first: Seq { entries[0].dot.seq }

    /// The end of the device's chain after the push.
    var head: ChainHead { heads[heads.count - 1] }

    /// The devices whose commits it takes the place of.
    var namedDevices: Set<DeviceID> {
        Set(entries.lazy.compactMap(\.commit).flatMap { $0.overwritten.map(\.device) })
    }

    /// Whether the push's chain goes through a head, or begins there.
    func meets(_ known: ChainHead) -> Bool { known == start || heads.contains(known) }

    private static func checked(_ push: Push, _ device: DeviceID) throws -> [CheckedEntry] {
        guard let first = push.entries.first?.dot.seq else {
            throw Problem(400, "malformed", "The push holds no commits.")
        }
        var entries: [CheckedEntry] = []
        var act: Seq = 0
        for (index, entry) in push.entries.enumerated() {
            guard entry.dot == Dot(device, first + Seq(index)) else {
                throw Problem(
                    400, "order", "The push's commits are not one run of its device.", index: index)
            }
            if act < entry.dot.seq { act = entry.commit?.transaction ?? entry.dot.seq }
            guard entry.commit.map({ $0.transaction == act }) ?? true else {
                throw Problem(
                    400, "act", "The commits of an act do not name the same end.", index: index)
            }
            entries.append(try checked(entry, act, push, index))
        }
        guard act == entries.last?.dot.seq else {
            throw Problem(400, "act", "The push ends in the middle of an act.")
        }
        for act in acts(entries[...]) {
            let bytes = act.reduce(0) { $0 + $1.payload.count }
            guard act.count <= Limits.actCommits, bytes <= Limits.actBytes else {
                throw Problem(413, "limit", "One act is larger than a hub takes.")
            }
        }
        return entries
    }

    private static func checked(
        _ entry: Replication.Entry, _ act: Seq, _ push: Push, _ index: Int
    ) throws -> CheckedEntry {
        switch entry {
        case .stub(let dot, let digest):
            return CheckedEntry(stub: dot, digest, act: act)
        case .commit(let commit):
            guard let salt = commit.salt ?? push.salt(for: commit.dot) else {
                throw Problem(400, "salt", "A commit came without its salt.", index: index)
            }
            return CheckedEntry(commit, salt: salt, act: act)
        }
    }

    /// Commits that must appear together.
    static func acts(_ entries: ArraySlice<CheckedEntry>) -> [ArraySlice<CheckedEntry>] {
        var acts: [ArraySlice<CheckedEntry>] = []
        var start = entries.startIndex
        for index in entries.indices where entries[index].dot.seq == entries[index].act {
            acts.append(entries[start...index])
            start = index + 1
        }
        return acts
    }
}
