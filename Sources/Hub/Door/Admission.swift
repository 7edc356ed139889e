import GRDB
import Replication
import Store

/// Takes a device's push into the log, in the transaction in which the door judges it.
///
/// A push that is gapped or forked throws a `Problem` and changes nothing. A single commit that can
/// never be accepted becomes a stub, with the rest of its act.
struct Admission {
    let device: HubDevice
    let door: Door
    /// The hub's own id.
    let hub: DeviceID
    /// The hub's clock, in milliseconds since 1970.
    let milliseconds: UInt64
    let db: Database

    /// How far ahead of the hub's clock a stamp may be shown: 60 s.
    static let toleranceMilliseconds: UInt64 = 60_000

    /// Returns the new head of the device's chain.
    func admit(_ push: CheckedPush) throws -> ChainHead {
        let fresh = try fresh(push)
        var places = Places(db, at: milliseconds)
        if push.isAgain { try complete(push, &places) }
        guard !fresh.isEmpty else {
            try places.save()
            return device.head
        }
        var end = try HubLog.end(db)
        for act in CheckedPush.acts(fresh) {
            let refusals = try refusals(of: act, &places)
            let isRefused = refusals.contains { $0 != nil }
            for (entry, refusal) in zip(act, refusals) {
                end = end.appending(entry.digest)
                try isRefused
                    ? refuse(entry, refusal ?? .act, at: end, &places)
                    : append(entry, isAgain: push.isAgain, at: end, &places)
            }
        }
        try places.save()
        try device.save(head: push.head, db)
        try PushSignatures.keep(push.signature, at: Dot(device.id, push.head.seq), db)
        return push.head
    }

    /// A hub that was put back may have a device's commits from a peer, and only stubs of those that
    /// the peer could not see: the device knows them all.
    private func complete(_ push: CheckedPush, _ places: inout Places) throws {
        for entry in push.entries where entry.dot.seq <= device.head.seq {
            try LostCommits.close(entry.dot, db)
            guard let commit = entry.commit, let known = try HubLog.stored(entry.dot, db),
                known.isStub, known.digest == entry.digest, try !Refusals.isRefused(entry.dot, db)
            else { continue }
            let size = RecordSize(of: commit, bytes: entry.payload.count)
            guard try door.refusal(of: commit, size, after: [:], &places) == nil else { continue }
            try HubLog.vacate(known.seq, by: hub, db)
            let end = try HubLog.end(db).appending(entry.digest)
            try append(entry, isAgain: true, at: end, &places)
        }
    }

    /// Judges an act's commits one after another: the first on a new record makes it.
    private func refusals(
        of act: ArraySlice<CheckedEntry>, _ places: inout Places
    ) throws -> [RefusalRule?] {
        var earlier: [RecordKey: Door.Earlier] = [:]
        return try act.map { entry in
            guard let commit = entry.commit else { return nil }
            let size = RecordSize(of: commit, bytes: entry.payload.count)
            let refusal = try door.refusal(of: commit, size, after: earlier, &places)
            earlier[commit.key, default: Door.Earlier()].add(commit, size)
            return refusal
        }
    }

    /// The commits that the hub does not have yet, once the chain is proven to be the one it knows.
    private func fresh(_ push: CheckedPush) throws -> ArraySlice<CheckedEntry> {
        let known = device.head
        guard push.first <= known.seq + 1 else { throw Problem.gap(known) }
        // A push that ends below the known head can only repeat what the log has.
        guard try push.meets(known) || repeats(push, below: known) else {
            throw Problem(
                409, "forked",
                "The hub has other commits of this device. It was copied or restored.")
        }
        let fresh = push.entries.drop { $0.dot.seq <= known.seq }
        guard fresh.isEmpty || push.isAgain || !device.isFrozen else { throw Problem.restored }
        return fresh
    }

    private func repeats(_ push: CheckedPush, below known: ChainHead) throws -> Bool {
        guard push.head.seq < known.seq else { return false }
        return try push.entries.allSatisfy { try HubLog.digest(of: $0.dot, db) == $0.digest }
    }

    private func append(
        _ entry: CheckedEntry, isAgain: Bool, at end: LogEnd, _ places: inout Places
    ) throws {
        guard var commit = entry.commit else {
            return try HubLog.appendStub(entry.dot, act: entry.act, entry.digest, at: end, db)
        }
        let latest = Stamp(milliseconds: milliseconds + Self.toleranceMilliseconds)
        // What the hub said before it was put back from a backup, others have heard.
        commit.effective = min(isAgain ? commit.effective : commit.stamp, latest)
        try HubLog.take(commit, entry, at: end, &places, db)
    }

    private func refuse(
        _ entry: CheckedEntry, _ rule: RefusalRule, at end: LogEnd, _ places: inout Places
    ) throws {
        if rule == .erased, let commit = entry.commit { try places.keepOut(commit) }
        try HubLog.appendStub(entry.dot, act: entry.act, entry.digest, at: end, db)
        try Refusals.note(entry.dot, rule, db)
    }
}
