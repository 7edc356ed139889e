import GRDB
import Replication

/// How far a device has read the log, as its cursor says.
struct Standing {
    /// Where to go on: at the start for a cursor that is not for this log.
    let cursor: Replication.Cursor
    /// The place of the log up to which the device has stored it.
    let stored: UInt64
    /// The cursor is one of this log: who has it goes on from there.
    let isKnown: Bool
    /// The device has read nothing of any log yet.
    private let isFirst: Bool
    /// The cursor is this hub's word about a log that it no longer has: somebody has put an older
    /// copy in its place.
    let isOfLostLog: Bool

    /// A log tells another of the same beginning apart by its mark, and the hub its own word by the
    /// seal: nobody can make a hub believe that it has lost something.
    init(_ cursor: Replication.Cursor?, of hub: Hub, _ db: Database) throws {
        let epoch = try Epochs.current(db)
        let start = Replication.Cursor(hub: hub.identity.device, epoch: epoch)
        guard let cursor, cursor.hub == start.hub else {
            self.init(cursor: start, stored: 0, isFirst: cursor == nil)
            return
        }
        if try HubLog.place(cursor.highest, db)?.mark == cursor.mark {
            var known = cursor
            known.epoch = epoch
            self.init(
                cursor: known, stored: cursor.highest, isKnown: true, isFirst: cursor.highest == 0)
            return
        }
        let isOurs = cursor.seal == cursor.seal(by: hub.identity)
        let isNews = try cursor.epoch == epoch || !Epochs.isKnown(cursor.epoch, db)
        self.init(cursor: start, stored: 0, isOfLostLog: isOurs && isNews)
    }

    private init(
        cursor: Replication.Cursor, stored: UInt64, isKnown: Bool = false, isFirst: Bool = false,
        isOfLostLog: Bool = false
    ) {
        self.isKnown = isKnown
        self.isFirst = isFirst
        self.cursor = cursor
        self.stored = stored
        self.isOfLostLog = isOfLostLog
    }

    /// Up to which place of the log the device may hold records of spaces that its cursor has at 0: the
    /// `snapshot` whose blocks it fetches, or what it read when it read everything, and reads less now; 0
    /// for none.
    func held(_ snapshot: UInt64, reading scope: Scope) -> UInt64 {
        let everything = scope == .everything ? 0 : cursor.positions[Space.all] ?? 0
        return [snapshot, everything].filter { $0 > 0 }.min() ?? 0
    }

    /// The place after which the device surely has what it wrote itself: how far it has ever read, in
    /// whatever spaces. Nothing is sure for who comes from before a restore.
    func ownFrom(of device: HubDevice) -> UInt64 {
        if isFirst { return 0 }
        return isKnown ? max(stored, device.storedSeq) : .max
    }
}

extension Replication.Cursor {
    /// The seal that a hub gives this cursor.
    func seal(by key: DeviceKey) -> UInt64 {
        key.seal(
            Array("fbm1".utf8) + epoch.bytes + Epoch(rawValue: highest).bytes
                + Epoch(rawValue: mark).bytes)
    }

    /// The cursor as a hub gives it, with the mark of its log there.
    func sealed(by hub: Hub, _ db: Database) throws -> Replication.Cursor {
        var cursor = self
        cursor.mark = try HubLog.place(highest, db)?.mark ?? 0
        cursor.seal = cursor.seal(by: hub.identity)
        return cursor
    }
}
