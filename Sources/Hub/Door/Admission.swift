import Foundation
import GRDB
import Replication
import Store

/// Takes a device's push into the log, in the transaction in which the door judges it.
///
/// A push that is malformed, unsigned, gapped or forked throws a `Problem` and changes nothing. A
/// single commit that can never be accepted becomes a stub, with the rest of its act.
struct Admission {
    let device: HubDevice
    let door: Door
    let congregation: RecordID
    /// The hub's clock, in milliseconds since 1970.
    let milliseconds: UInt64
    let db: Database

    /// How far ahead of the hub's clock a stamp may be shown: 60 s.
    static let toleranceMilliseconds: UInt64 = 60_000

    /// A commit with what was computed to check it.
    private struct Checked {
        let commit: Commit?
        let dot: Dot
        let act: Seq
        let payload: [UInt8]
        let digest: Digest
    }

    /// Returns the new head of the device's chain.
    func admit(_ push: Push) throws -> ChainHead {
        let checked = try checkForm(push)
        let fresh = try checkChain(checked, push)
        guard !fresh.isEmpty else { return device.head }
        var places = Places(db)
        var seq = try HubLog.end(db)
        for act in Self.acts(fresh) {
            let refusals = try refusals(of: act, &places)
            let isRefused = refusals.contains { $0 != nil }
            for (entry, refusal) in zip(act, refusals) {
                seq += 1
                try isRefused
                    ? refuse(entry, refusal ?? .act) : append(entry, at: seq, &places)
            }
        }
        try places.save()
        let head = fresh.reduce(device.head) { $0.appending($1.digest) }
        try device.save(head: head, db)
        try keepSignature(push, head)
        return head
    }

    /// Judges an act's commits one after another: the first on a new record makes it.
    private func refusals(
        of act: ArraySlice<Checked>, _ places: inout Places
    ) throws -> [RefusalRule?] {
        var earlier: [RecordKey: Door.Earlier] = [:]
        return try act.map { entry in
            guard let commit = entry.commit else { return nil }
            let before = earlier[commit.key, default: Door.Earlier()]
            earlier[commit.key] = Door.Earlier(
                home: commit.target ?? before.home, commits: before.commits + 1)
            return try door.refusal(of: commit, after: before, &places)
        }
    }

    /// What can be seen without knowing the device: order, acts, salts.
    private func checkForm(_ push: Push) throws -> [Checked] {
        guard let first = push.entries.first, !push.entries.isEmpty else {
            throw Problem(400, "malformed", "The push holds no commits.")
        }
        var checked: [Checked] = []
        var act: Seq = 0
        for (index, entry) in push.entries.enumerated() {
            guard entry.dot == Dot(device.id, first.dot.seq + Seq(index)) else {
                throw Problem(
                    400, "order", "The push's commits are not one run of its device.", index: index)
            }
            if act < entry.dot.seq { act = entry.commit?.transaction ?? entry.dot.seq }
            guard entry.commit.map({ $0.transaction == act }) ?? true else {
                throw Problem(
                    400, "act", "The commits of an act do not name the same end.", index: index)
            }
            checked.append(try check(entry, act, push, index))
        }
        guard act == push.entries.last?.dot.seq else {
            throw Problem(400, "act", "The push ends in the middle of an act.")
        }
        for act in Self.acts(checked) {
            let bytes = act.reduce(0) { $0 + $1.payload.count }
            guard act.count <= Limits.actCommits, bytes <= Limits.actBytes else {
                throw Problem(413, "limit", "One act is larger than a hub takes.")
            }
        }
        return checked
    }

    private func check(
        _ entry: Entry, _ act: Seq, _ push: Push, _ index: Int
    ) throws -> Checked {
        switch entry {
        case .stub(let dot, let digest):
            return Checked(commit: nil, dot: dot, act: act, payload: [], digest: digest)
        case .commit(var commit):
            guard let salt = commit.salt ?? push.salt(for: commit.dot) else {
                throw Problem(400, "salt", "A commit came without its salt.", index: index)
            }
            commit.salt = salt
            let payload = Payload.encode(commit.writes)
            return Checked(
                commit: commit, dot: commit.dot, act: act, payload: payload,
                digest: commit.digest(salt: salt, payload: payload))
        }
    }

    /// The commits that the hub does not have yet, once the chain and the signature over it are
    /// proven.
    private func checkChain(_ checked: [Checked], _ push: Push) throws -> [Checked] {
        let known = device.head
        guard let first = checked.first?.dot.seq, first <= known.seq + 1 else {
            throw Problem(
                409, "gap",
                "The push begins after commit \(known.seq + 1), which the hub expects next.")
        }
        var head = ChainHead(seq: first - 1, hash: push.previous)
        var meetsKnown = head == known
        for entry in checked {
            head = head.appending(entry.digest)
            meetsKnown = meetsKnown || head == known
        }
        // A push that ends below the known head can only repeat what the log has.
        guard try meetsKnown || (head.seq < known.seq && repeats(checked)) else {
            throw Problem(
                409, "forked",
                "The hub has other commits of this device. It was copied or restored.")
        }
        let message = Push.signed(head, of: device.id, congregation: congregation)
        guard device.publicKey.verifies(push.signature, of: message) else {
            throw Problem(403, "push-signature", "The push is not signed by its device.")
        }
        return checked.filter { $0.dot.seq > known.seq }
    }

    private func repeats(_ checked: [Checked]) throws -> Bool {
        try checked.allSatisfy { try HubLog.digest(of: $0.dot, db) == $0.digest }
    }

    /// Commits that must appear together.
    private static func acts(_ entries: [Checked]) -> [ArraySlice<Checked>] {
        entries.split(after: { $0.dot.seq == $0.act })
    }

    private func append(_ entry: Checked, at seq: UInt64, _ places: inout Places) throws {
        guard var commit = entry.commit else {
            return try HubLog.appendStub(entry.dot, act: entry.act, entry.digest, db)
        }
        let latest = Stamp(milliseconds: milliseconds + Self.toleranceMilliseconds)
        commit.effective = min(commit.stamp, latest)
        let (space, origin) = try places.apply(commit, entry.payload, at: seq)
        if commit.erases {
            try HubLog.erase(commit.key, db)
        }
        try HubLog.append(
            commit, entry.payload, entry.digest, space: space, origin: origin, db)
    }

    private func refuse(_ entry: Checked, _ rule: RefusalRule) throws {
        try HubLog.appendStub(entry.dot, act: entry.act, entry.digest, db)
        try db.execute(
            sql: "INSERT OR IGNORE INTO refusal(device, deviceSeq, rule) VALUES (?, ?, ?)",
            arguments: [
                Int64(bitPattern: entry.dot.device.rawValue), Int64(entry.dot.seq), rule.rawValue,
            ])
    }

    private func keepSignature(_ push: Push, _ head: ChainHead) throws {
        try db.execute(
            sql:
                "INSERT OR REPLACE INTO push(device, deviceSeq, hash, signature) VALUES (?, ?, ?, ?)",
            arguments: [
                Int64(bitPattern: device.id.rawValue), Int64(head.seq), Data(head.hash.bytes),
                Data(push.signature),
            ])
    }
}

extension Array {
    /// The array in parts, each of which ends with an element that `isLast` is true of.
    fileprivate func split(after isLast: (Element) -> Bool) -> [ArraySlice<Element>] {
        var parts: [ArraySlice<Element>] = []
        var start = startIndex
        for index in indices where isLast(self[index]) {
            parts.append(self[start...index])
            start = index + 1
        }
        return parts
    }
}
