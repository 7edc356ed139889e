import GRDB
import Replication

/// Who signs a chain of which this hub has a part: a device of its own, or one of another hub.
struct Signer {
    let publicKey: PublicKey
    let congregation: RecordID
    let head: ChainHead
    /// Enrolled here.
    let isOwn: Bool

    /// Whether it signs for this hub's congregation, enrolled or not: the hub may have forgotten it
    /// when it was put back from a backup.
    func isOfHere(_ hub: Hub) -> Bool { congregation == hub.settings.congregation }

    static func find(_ id: DeviceID, of hub: Hub, _ db: Database) throws -> Signer? {
        if let device = try HubDevice.find(id, db) {
            return Signer(
                publicKey: device.publicKey, congregation: hub.settings.congregation,
                head: device.head, isOwn: true)
        }
        return try ForeignDevice.find(id, db).map {
            Signer(
                publicKey: $0.publicKey, congregation: $0.congregation, head: $0.head,
                isOwn: false)
        }
    }

    /// The same with a chain that has grown.
    func save(head: ChainHead, _ db: Database) throws {
        if isOwn {
            try HubDevice.find(publicKey.device, db)?.save(head: head, db)
        } else {
            try ForeignDevice(publicKey: publicKey, congregation: congregation, head: head)
                .save(db)
        }
    }
}
