import Foundation
package import GRDB
import Notebook
package import Replication
import Store

/// A device that was enrolled: whose it is, its key, and the head of its chain.
package struct HubDevice: Sendable, Hashable {
    package let id: DeviceID
    package let publicKey: PublicKey
    package let member: MemberID
    /// The device in whose place this one has come.
    let predecessor: DeviceID?
    package internal(set) var head: ChainHead
    /// Milliseconds since 1970.
    package let lastSeen: UInt64
    package let revoked: UInt64?
    /// The last place of the log up to which the device has said that it has stored it.
    let storedSeq: UInt64
    /// The device's chain grows no more, but by what it had sent before a restore.
    let isFrozen: Bool

    private static let columns =
        "id, publicKey, member, headSeq, headHash, lastSeen, revoked, storedSeq, isFrozen, predecessor"

    static func find(_ id: DeviceID, _ db: Database) throws -> HubDevice? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT \(columns) FROM device WHERE id = ?"),
            arguments: [Int64(bitPattern: id.rawValue)]
        ).map(HubDevice.init)
    }

    package static func all(_ db: Database) throws -> [HubDevice] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT \(columns) FROM device ORDER BY added, id")
        )
        .map(HubDevice.init)
    }

    /// The devices laptop by laptop: a copy, or an old backup put back, goes on under a key of its
    /// own. Of each its first key first, and after every key those that came in its place.
    static func laptops(_ db: Database) throws -> [[HubDevice]] {
        let devices = try all(db)
        let ids = Set(devices.map(\.id))
        let successors = Dictionary(grouping: devices) { device in
            device.predecessor.flatMap { ids.contains($0) ? $0 : nil }
        }
        func line(from first: HubDevice) -> [HubDevice] {
            [first] + (successors[first.id] ?? []).flatMap(line)
        }
        return (successors[nil] ?? []).map(line)
    }

    /// How far the chains of some devices go, those of other hubs' devices included. With `lostToo`
    /// those that may have been longer have no end: all but the ones that were enrolled here since the
    /// hub was last put back. Those of this hub write nothing more under their keys. Others' do, but what
    /// is lost of them may be lost at their home too.
    static func heads(
        of devices: Set<DeviceID>, lostToo: Bool, _ db: Database
    ) throws -> [DeviceID: Seq] {
        var statement = try FastStatement(
            db,
            """
            SELECT headSeq, isFrozen FROM device WHERE id = ?1
            UNION ALL SELECT headSeq, 1 FROM foreignDevice WHERE id = ?1
            """)
        var heads: [DeviceID: Seq] = [:]
        for device in devices {
            statement.bind(device.rawValue)
            let isKnown = try statement.step()
            if lostToo && (!isKnown || statement.int(1) == 1) {
                heads[device] = .max
            } else if isKnown {
                heads[device] = try statement.seq(0)
            }
            statement.reset()
        }
        return heads
    }

    private init(_ row: Row) throws {
        guard let key = PublicKey(bytes: Array(try row.value(1) as Data)),
            let member = MemberID(bytes: try row.value(2) as Data),
            let hash = Digest(bytes: Array(try row.value(4) as Data)),
            let headSeq = Seq(exactly: try row.value(3) as Int64),
            let lastSeen = UInt64(exactly: try row.value(5) as Int64),
            let storedSeq = UInt64(exactly: try row.value(7) as Int64)
        else { throw WireError.malformed }
        id = DeviceID(rawValue: UInt64(bitPattern: try row.value(0) as Int64))
        publicKey = key
        self.member = member
        head = ChainHead(seq: headSeq, hash: hash)
        self.lastSeen = lastSeen
        revoked = (row[6] as DatabaseValue).isNull ? nil : try row.count(6)
        self.storedSeq = storedSeq
        predecessor = try row.optional(9).map {
            DeviceID(rawValue: UInt64(bitPattern: $0 as Int64))
        }
        isFrozen = try (row.value(8) as Int64) == 1
    }

    /// Adds a device. `seen` is when it was last heard of, if that is not now.
    static func add(
        _ key: PublicKey, of member: MemberID, inPlaceOf predecessor: HubDevice? = nil,
        isFrozen: Bool = false, seen: UInt64? = nil, at milliseconds: UInt64, _ db: Database
    ) throws {
        // A peer may have handed back what this hub has lost of it.
        let head = try ForeignDevice.find(key.device, db)?.head ?? ChainHead()
        try ForeignDevice.remove(key.device, db)
        // A new device has nothing from before it came; another one's successor has what that had.
        let stored = try predecessor?.storedSeq ?? HubLog.end(db).seq
        try db.run(
            """
            INSERT INTO device(
                id, publicKey, member, predecessor, headSeq, headHash, added, lastSeen,
                storedSeq, isFrozen)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                Int64(bitPattern: key.device.rawValue), Data(key.bytes), Data(member.bytes),
                predecessor.map { Int64(bitPattern: $0.id.rawValue) }, Int64(head.seq),
                Data(head.hash.bytes), Int64(milliseconds), Int64(seen ?? milliseconds),
                Int64(stored),
                isFrozen ? 1 : 0,
            ])
    }

    func save(head: ChainHead, _ db: Database) throws {
        try db.run(
            "UPDATE device SET headSeq = ?, headHash = ? WHERE id = ?",
            [
                Int64(head.seq), Data(head.hash.bytes), Int64(bitPattern: id.rawValue),
            ])
    }

    /// A clock that was behind for a while makes nobody unheard of.
    static func seen(_ id: DeviceID, at milliseconds: UInt64, _ db: Database) throws {
        try db.run(
            "UPDATE device SET lastSeen = max(lastSeen, ?) WHERE id = ?",
            [Int64(milliseconds), Int64(bitPattern: id.rawValue)])
    }

    static func stored(_ id: DeviceID, upTo seq: UInt64, _ db: Database) throws {
        try db.run(
            "UPDATE device SET storedSeq = max(storedSeq, ?) WHERE id = ?",
            [Int64(seq), Int64(bitPattern: id.rawValue)])
    }

    /// Gives a device whose access had ended its place back, with its chain.
    static func readmit(_ id: DeviceID, at milliseconds: UInt64, _ db: Database) throws {
        try db.run(
            "UPDATE device SET revoked = NULL, lastSeen = ?, storedSeq = ? WHERE id = ?",
            [
                Int64(milliseconds), Int64(try HubLog.end(db).seq), Int64(bitPattern: id.rawValue),
            ])
    }

    /// Ends a device's access, and that of all that are one laptop with it: whoever has one of the
    /// keys could have the others.
    static func revoke(_ id: DeviceID, at milliseconds: UInt64, _ db: Database) throws {
        try db.run(
            """
            \(line) UPDATE device SET revoked = ?
            WHERE revoked IS NULL AND id IN (SELECT id FROM line)
            """, [Int64(bitPattern: id.rawValue), Int64(milliseconds)])
    }

    /// How many keys of one laptop may still be used.
    static func activeCount(inLineOf id: DeviceID, at milliseconds: UInt64, _ db: Database) throws
        -> Int
    {
        let lapsed = Int64(milliseconds) - Int64(lapseMilliseconds)
        return try Int.fetchOne(
            db.cachedStatement(
                sql: """
                    \(line) SELECT count(*) FROM device JOIN line USING (id)
                    WHERE revoked IS NULL AND lastSeen > ?
                    """), arguments: [Int64(bitPattern: id.rawValue), lapsed]) ?? 0
    }

    /// A device, those in whose place it has come, and those that have come in theirs.
    private static let line = """
        WITH RECURSIVE line(id) AS (
            VALUES (?)
            UNION SELECT device.id FROM device JOIN line ON device.predecessor = line.id
            UNION SELECT device.predecessor FROM device JOIN line ON device.id = line.id
            WHERE device.predecessor IS NOT NULL)
        """

    /// A grant lapses after this long without contact: 30 days.
    static let lapseMilliseconds: UInt64 = 30 * 86_400_000

    /// Whether the hub's own notebook writes with it, or did.
    func isOwn(of hub: Hub) -> Bool { member == hub.own.me.member }

    /// Throws the `Problem` that keeps the device from doing anything at this time.
    func checkAccess(at milliseconds: UInt64) throws {
        guard revoked == nil else { throw Problem.revoked }
        guard hasAccess(at: milliseconds) else { throw Problem.lapsed }
    }

    func hasAccess(at milliseconds: UInt64) -> Bool {
        revoked == nil && milliseconds < lastSeen + Self.lapseMilliseconds
    }
}
