import GRDB
import Notebook
package import Replication
import Store

/// Answers a device's request: one transaction that judges and stores what it pushes, and reads
/// what it may see.
package struct Exchange {
    private let hub: Hub

    package init(hub: Hub) {
        self.hub = hub
    }

    /// A device that was enrolled here. Throws the same `Problem` as a wrong signature does.
    func knownDevice(_ id: DeviceID, _ db: Database) throws -> HubDevice {
        guard let device = try HubDevice.find(id, db) else { throw Problem.signature }
        return device
    }

    private func activeDevice(_ id: DeviceID, _ db: Database) throws -> HubDevice {
        let device = try knownDevice(id, db)
        if !device.isOwn(of: hub) { try device.checkAccess(at: hub.milliseconds) }
        return device
    }

    /// The answer to a request of a device that has proven who it is. Throws a `Problem`.
    package func answer(_ request: SyncRequest, from id: DeviceID) throws -> SyncAnswer {
        var answer = try exchanged(request, from: id)
        // Nobody who pushes waits for the hub's own notebook.
        guard request.push == nil, request.points.isEmpty, !answer.more else { return answer }
        let comparison = Comparison(hub: hub, cursor: answer.cursor)
        guard let compare = request.compare else {
            answer.fingerprint = try comparison.fingerprint()
            return answer
        }
        if let found = try comparison.sums(compare) {
            (answer.fingerprint, answer.sums) = found
        }
        return answer
    }

    /// The same, but that for who compares the hub's own notebook is brought to the log's end first,
    /// unless that takes long.
    package func answerLevel(_ request: SyncRequest, from id: DeviceID) async throws -> SyncAnswer {
        let answer = try answer(request, from: id)
        guard request.compare != nil, answer.fingerprint == nil,
            try Comparison(hub: hub, cursor: answer.cursor).isWorthCatchingUp,
            (try? await hub.catchUp()) != nil
        else { return answer }
        return try self.answer(request, from: id)
    }

    private func exchanged(_ request: SyncRequest, from id: DeviceID) throws -> SyncAnswer {
        let now = hub.milliseconds
        let (asked, standing, isNews) = try hub.read { db in
            let device = try activeDevice(id, db)
            let standing = try Standing(request.cursor, of: hub, db)
            return (device, standing, try mustNote(standing, of: device, at: now, db))
        }
        // Before anything else: what is pushed may be refused for that very reason.
        if standing.isOfLostLog { try Restoration.notice(request.cursor, by: hub) }
        if let push = request.push {
            guard asked.isOwn(of: hub) || !hub.gauge.isLow(at: hub.folder.path) else {
                throw Problem.full
            }
            let push = try CheckedPush(push, of: asked, congregation: hub.settings.congregation)
            let answer = try hub.write { try noted(request, push, id, at: now, $0) }
            hub.scrub(after: push.entries)
            return answer
        }
        // Who only reads takes no turn at writing and costs no fsync while there is nothing to note,
        // and is answered whether or not the hub can note it.
        if isNews, let answer = try? hub.write({ try noted(request, nil, id, at: now, $0) }) {
            return answer
        }
        return try hub.read { db in
            try answer(
                request, nil, activeDevice(id, db), Standing(request.cursor, of: hub, db), db)
        }
    }

    private func noted(
        _ request: SyncRequest, _ push: CheckedPush?, _ id: DeviceID, at now: UInt64,
        _ db: Database
    ) throws -> SyncAnswer {
        try HubDevice.seen(id, at: now, db)
        let standing = try Standing(request.cursor, of: hub, db)
        try HubDevice.stored(id, upTo: standing.stored, db)
        return try answer(request, push, activeDevice(id, db), standing, db)
    }

    /// Whether there is something to note of a device: that it was here, or how far it has read.
    private func mustNote(
        _ standing: Standing, of device: HubDevice, at now: UInt64, _ db: Database
    ) throws -> Bool {
        let hourMilliseconds: UInt64 = 3_600_000
        if now > device.lastSeen + hourMilliseconds { return true }
        guard standing.stored > device.storedSeq else { return false }
        // What a device with less than all has stored decides what it may still edit; and when it may
        // read more, what of its own it may have dropped.
        let scope = try Grants.load(of: device.member, db).scope
        return scope != .everything || standing.cursor.scope != scope
    }

    private func answer(
        _ request: SyncRequest, _ push: CheckedPush?, _ device: HubDevice, _ standing: Standing,
        _ db: Database
    ) throws -> SyncAnswer {
        let grants = device.isOwn(of: hub) ? .hub : try Grants.load(of: device.member, db)
        let cursor = standing.cursor.covering(grants.scope)
        var head = device.head
        var lowered: [Lowered] = []
        if let push {
            let door = Door(
                grants: grants, member: device.member,
                storedSeq: max(device.storedSeq, standing.stored),
                heads: try HubDevice.heads(
                    of: push.namedDevices,
                    lostToo: grants.isOrganizer && Epochs.wasPutBack(db), db))
            let admission = Admission(
                device: device, door: door, hub: hub.identity.device,
                milliseconds: hub.milliseconds, db: db)
            if !grants.isOrganizer {
                try Quota(member: device.member, milliseconds: hub.milliseconds)
                    .count(push.entries.drop { $0.dot.seq <= device.head.seq }, db)
            }
            head = try admission.admit(push)
            lowered = try HubLog.lowered(of: device.id, from: push.first, db)
        }
        // A request that asks about the chain, or compares, gets nothing to read.
        let page =
            try request.points.isEmpty && request.compare == nil
            ? Reader(
                device: device.id, cursor: cursor, ownFrom: standing.ownFrom(of: device),
                takesSnapshot: request.takesSnapshot,
                held: standing.held(request.snapshot, reading: grants.scope),
                milliseconds: hub.milliseconds, db: db, packed: PackedBlocks(db), size: hub.pageSize
            ).page(wanted: Array(request.wanted.prefix(1000))) : Reader.Page(at: cursor)
        let refused = try Refusals.open(device.id, after: request.refusalsSeen, db)
        return SyncAnswer(
            cursor: try page.cursor.sealed(by: hub, db),
            acknowledged: try LostCommits.head(of: device, head, db), refused: refused,
            lowered: lowered, entries: page.entries, leave: page.leave, enter: page.enter,
            more: page.more || refused.count == Refusals.pageCount, roles: grants.roleNames,
            common: try HubLog.common(request.points, of: device.id, db), unknown: page.unknown,
            snapshot: try page.snapshot?.sealed(by: hub, db))
    }
}

extension Exchange {
    /// A block of a snapshot, for a device that has proven who it is. Throws `Problem.block` when
    /// there is none that it may have now.
    package func block(_ hash: Digest, for id: DeviceID) throws -> [UInt8] {
        try hub.read { db in
            let device = try activeDevice(id, db)
            let grants = device.isOwn(of: hub) ? .hub : try Grants.load(of: device.member, db)
            guard let content = try Snapshots.content(of: hash, for: grants.scope, db) else {
                throw Problem.block
            }
            return content
        }
    }
}

extension Snapshot {
    fileprivate func sealed(by hub: Hub, _ db: Database) throws -> Snapshot {
        var snapshot = self
        snapshot.cursor = try cursor.sealed(by: hub, db)
        return snapshot
    }
}
