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
        let stores = try hub.read { db in try mustWrite(request, activeDevice(id, db), now, db) }
        if stores {
            return try hub.write { db in
                let device = try activeDevice(id, db)
                try HubDevice.seen(id, at: now, db)
                let answer = try answer(request, device, db)
                try HubDevice.stored(id, upTo: stored(request, db), db)
                return answer
            }
        }
        return try hub.read { db in try answer(request, activeDevice(id, db), db) }
    }

    private func mustWrite(
        _ request: SyncRequest, _ device: HubDevice, _ now: UInt64, _ db: Database
    ) throws -> Bool {
        let hourMilliseconds: UInt64 = 3_600_000
        // What a device with less than all has stored decides what it may still edit.
        let isScoped = try Grants.load(of: device.member, db).scope != .everything
        let isNews = try isScoped && stored(request, db) > device.storedSeq
        return request.push != nil || isNews || now > device.lastSeen + hourMilliseconds
    }

    private func answer(
        _ request: SyncRequest, _ device: HubDevice, _ db: Database
    ) throws -> SyncAnswer {
        let isOwn = device.id == hub.own.store.device
        let grants = isOwn ? .hub : try Grants.load(of: device.member, db)
        let cursor = try cursor(request, grants.scope, db)
        var head = device.head
        var lowered: [Lowered] = []
        if let push = request.push {
            let admission = Admission(
                device: device,
                door: Door(
                    grants: grants, member: device.member,
                    storedSeq: try max(device.storedSeq, stored(request, db)),
                    lastSeq: { try HubDevice.find($0, db)?.head.seq }),
                congregation: hub.settings.congregation, milliseconds: hub.milliseconds, db: db)
            head = try admission.admit(push)
            let first = push.entries.first?.dot.seq ?? head.seq
            lowered = try HubLog.lowered(of: device.id, from: first, db)
        }
        let page = try page(request, device, cursor, db)
        let refused = try Refusals.open(device.id, after: request.refusalsSeen, db)
        return SyncAnswer(
            cursor: page.cursor, acknowledged: head, refused: refused,
            lowered: lowered, entries: page.entries, leave: page.leave, enter: page.enter,
            more: page.more || refused.count == Refusals.pageCount, roles: grants.roleNames,
            common: try HubLog.common(request.points, of: device.id, db))
    }

    /// What the device gets to read. A request that asks about the chain gets nothing.
    private func page(
        _ request: SyncRequest, _ device: HubDevice, _ cursor: Replication.Cursor, _ db: Database
    ) throws -> Reader.Page {
        guard request.points.isEmpty else { return Reader.Page(cursor: cursor) }
        return try Reader(
            device: device.id, cursor: cursor, ownFrom: ownFrom(request, db), db: db
        ).page(wanted: Array(request.wanted.prefix(1000)))
            .held(request.push != nil, at: cursor)
    }

    /// The place of the log after which the device surely has what it wrote itself: how far it has
    /// read, in whatever spaces. Nothing is sure for who comes from before a restore.
    private func ownFrom(_ request: SyncRequest, _ db: Database) throws -> UInt64 {
        guard let cursor = request.cursor else { return 0 }
        return try isOurs(cursor, db) ? cursor.highest : .max
    }

    /// The place of the log up to which the device has stored it, as its cursor says.
    private func stored(_ request: SyncRequest, _ db: Database) throws -> UInt64 {
        try request.cursor.flatMap { try isOurs($0, db) ? $0.highest : nil } ?? 0
    }

    /// Whether a cursor is for this log. One beyond its end is for what was there before somebody
    /// put an older copy in its place.
    private func isOurs(_ cursor: Replication.Cursor, _ db: Database) throws -> Bool {
        try cursor.hub == hub.identity.device && cursor.epoch == hub.settings.epoch
            && cursor.highest <= HubLog.end(db)
    }

    /// Where the device stands, for the spaces that it may read now. Another hub's cursor, or one
    /// from before a restore, starts again.
    private func cursor(
        _ request: SyncRequest, _ scope: Scope, _ db: Database
    ) throws -> Replication.Cursor {
        let start = Replication.Cursor(hub: hub.identity.device, epoch: hub.settings.epoch)
        guard let cursor = request.cursor, try isOurs(cursor, db) else {
            return start.covering(scope)
        }
        return cursor.covering(scope)
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
