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
        let isOwn = id == hub.own.store.device
        guard isOwn || device.isActive(at: hub.milliseconds) else { throw Problem.revoked }
        return device
    }

    /// The answer to a request of a device that has proven who it is. Throws a `Problem`.
    package func answer(_ request: SyncRequest, from id: DeviceID) throws -> SyncAnswer {
        let now = hub.milliseconds
        // A request that stores nothing takes no turn at writing and costs no fsync.
        let (asked, stores) = try hub.read { db in
            let device = try activeDevice(id, db)
            return (device, try mustWrite(request, device, now, db))
        }
        if stores {
            let push = try request.push.map {
                try CheckedPush($0, of: asked, congregation: hub.settings.congregation)
            }
            return try hub.write { db in
                let device = try activeDevice(id, db)
                try HubDevice.seen(id, at: now, db)
                let standing = try standing(request, db)
                try HubDevice.stored(id, upTo: standing.stored, db)
                return try answer(request, push, device, standing, db)
            }
        }
        return try hub.read { db in
            try answer(request, nil, activeDevice(id, db), standing(request, db), db)
        }
    }

    private func mustWrite(
        _ request: SyncRequest, _ device: HubDevice, _ now: UInt64, _ db: Database
    ) throws -> Bool {
        let hourMilliseconds: UInt64 = 3_600_000
        // What a device with less than all has stored decides what it may still edit.
        let isScoped = try Grants.load(of: device.member, db).scope != .everything
        let isNews = try isScoped && standing(request, db).stored > device.storedSeq
        return request.push != nil || isNews || now > device.lastSeen + hourMilliseconds
    }

    private func answer(
        _ request: SyncRequest, _ push: CheckedPush?, _ device: HubDevice, _ standing: Standing,
        _ db: Database
    ) throws -> SyncAnswer {
        let isOwn = device.id == hub.own.store.device
        let grants = isOwn ? .hub : try Grants.load(of: device.member, db)
        let cursor = standing.cursor.covering(grants.scope)
        var head = device.head
        var lowered: [Lowered] = []
        if let push {
            let door = Door(
                grants: grants, member: device.member,
                storedSeq: max(device.storedSeq, standing.stored),
                heads: grants.mayNameAnything ? [:] : try HubDevice.heads(db))
            let admission = Admission(
                device: device, door: door, milliseconds: hub.milliseconds, db: db)
            head = try admission.admit(push)
            lowered = try HubLog.lowered(of: device.id, from: push.first, db)
        }
        // A request that asks about the chain gets nothing to read.
        let page =
            try request.points.isEmpty
            ? Reader(
                device: device.id, cursor: cursor, ownFrom: standing.ownFrom,
                milliseconds: hub.milliseconds, db: db
            ).page(wanted: Array(request.wanted.prefix(1000)))
                .held(push != nil, at: cursor) : Reader.Page(at: cursor)
        let refused = try Refusals.open(device.id, after: request.refusalsSeen, db)
        return SyncAnswer(
            cursor: page.cursor, acknowledged: head, refused: refused,
            lowered: lowered, entries: page.entries, leave: page.leave, enter: page.enter,
            more: page.more || refused.count == Refusals.pageCount, roles: grants.roleNames,
            common: try HubLog.common(request.points, of: device.id, db))
    }

    /// How far a device has read the log, as its cursor says.
    private struct Standing {
        /// Where to go on: at the start for a cursor that is not for this log.
        let cursor: Replication.Cursor
        /// The place of the log up to which the device has stored it.
        let stored: UInt64
        /// The place after which the device surely has what it wrote itself: how far it has read,
        /// in whatever spaces. Nothing is sure for who comes from before a restore.
        let ownFrom: UInt64
    }

    /// A cursor whose mark is not the log's is for what was there before somebody put an older copy
    /// in its place.
    private func standing(_ request: SyncRequest, _ db: Database) throws -> Standing {
        let start = Replication.Cursor(hub: hub.identity.device, epoch: hub.settings.epoch)
        guard let cursor = request.cursor else {
            return Standing(cursor: start, stored: 0, ownFrom: 0)
        }
        guard cursor.hub == start.hub, cursor.epoch == start.epoch,
            try HubLog.place(cursor.highest, db)?.mark == cursor.mark
        else { return Standing(cursor: start, stored: 0, ownFrom: .max) }
        return Standing(cursor: cursor, stored: cursor.highest, ownFrom: cursor.highest)
    }
}

/// Refused commits that their device may not have heard of.
enum Refusals {
    /// As many as one answer names.
    static let pageCount = 1000

    /// Those after the last that the device has stored.
    static func open(_ device: DeviceID, after seq: Seq, _ db: Database) throws -> [Refusal] {
        var statement = try FastStatement(
            db,
            """
            SELECT deviceSeq, rule FROM refusal WHERE device = ? AND deviceSeq > ?
            ORDER BY deviceSeq LIMIT \(pageCount)
            """)
        statement.bind(device.rawValue)
        statement.bind(seq)
        var refusals: [Refusal] = []
        while try statement.step() {
            refusals.append(
                Refusal(
                    seq: statement.unsigned(0),
                    rule: String(decoding: statement.bytes(1), as: UTF8.self)))
        }
        return refusals
    }
}
