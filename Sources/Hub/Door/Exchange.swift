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

    private func exchanged(_ request: SyncRequest, from id: DeviceID) throws -> SyncAnswer {
        let now = hub.milliseconds
        try noticeLoss(request, from: id)
        // A request that stores nothing takes no turn at writing and costs no fsync.
        let (asked, stores) = try hub.read { db in
            let device = try activeDevice(id, db)
            return (device, try mustWrite(request, device, now, db))
        }
        if let push = request.push {
            guard asked.isOwn(of: hub) || !hub.gauge.isLow(at: hub.folder.path) else {
                throw Problem.full
            }
            let push = try CheckedPush(push, of: asked, congregation: hub.settings.congregation)
            return try hub.write { try noted(request, push, id, at: now, $0) }
        }
        // Who only reads is answered whether or not the hub can note it.
        if stores, let answer = try? hub.write({ try noted(request, nil, id, at: now, $0) }) {
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

    /// The first to come from a log that was lost tells the hub of it: before anything else, since
    /// what the device pushes may be refused for that very reason.
    private func noticeLoss(_ request: SyncRequest, from id: DeviceID) throws {
        func isLost(_ db: Database) throws -> Bool {
            _ = try activeDevice(id, db)
            return try Standing(request.cursor, of: hub, db).isOfLostLog
        }
        guard let cursor = request.cursor, try hub.read(isLost) else { return }
        try hub.write { db in
            if try isLost(db) { try Restoration.begin(hub, lost: cursor.epoch, db) }
        }
    }

    private func mustWrite(
        _ request: SyncRequest, _ device: HubDevice, _ now: UInt64, _ db: Database
    ) throws -> Bool {
        let hourMilliseconds: UInt64 = 3_600_000
        // What a device with less than all has stored decides what it may still edit.
        let isScoped = try Grants.load(of: device.member, db).scope != .everything
        let standing = try Standing(request.cursor, of: hub, db)
        let isNews = isScoped && standing.stored > device.storedSeq
        return request.push != nil || isNews || now > device.lastSeen + hourMilliseconds
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
                heads: grants.mayNameAnything ? [:] : try HubDevice.heads(db))
            let admission = Admission(
                device: device, door: door, milliseconds: hub.milliseconds, db: db)
            if !grants.roles.contains(.organizer) {
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
                device: device.id, cursor: cursor, ownFrom: standing.ownFrom,
                milliseconds: hub.milliseconds, db: db
            ).page(wanted: Array(request.wanted.prefix(1000)))
                .held(push != nil, at: cursor) : Reader.Page(at: cursor)
        let refused = try Refusals.open(device.id, after: request.refusalsSeen, db)
        return SyncAnswer(
            cursor: try page.cursor.sealed(by: hub, db), acknowledged: head, refused: refused,
            lowered: lowered, entries: page.entries, leave: page.leave, enter: page.enter,
            more: page.more || refused.count == Refusals.pageCount, roles: grants.roleNames,
            common: try HubLog.common(request.points, of: device.id, db), unknown: page.unknown)
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
