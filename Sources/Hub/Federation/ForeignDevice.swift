import Foundation
import GRDB
import Replication
import Store

/// A device that is enrolled at another hub: its key, and how much of its chain is here. It signs
/// what others relay and can never exchange here itself.
struct ForeignDevice: Hashable {
    let publicKey: PublicKey
    /// For which it signs.
    let congregation: RecordID
    let head: ChainHead

    var id: DeviceID { publicKey.device }
}

extension ForeignDevice {
    private static let columns = "publicKey, congregation, headSeq, headHash"

    static func find(_ id: DeviceID, _ db: Database) throws -> ForeignDevice? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT \(columns) FROM foreignDevice WHERE id = ?"),
            arguments: [id.databaseValue]
        ).map(ForeignDevice.init)
    }

    static func all(_ db: Database) throws -> [ForeignDevice] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT \(columns) FROM foreignDevice ORDER BY id")
        )
        .map(ForeignDevice.init)
    }

    private init(_ row: Row) throws {
        guard let key = PublicKey(bytes: Array(try row.value(0) as Data)),
            let congregation = RecordID(bytes: try row.value(1) as Data),
            let seq = Seq(exactly: try row.value(2) as Int64),
            let hash = Digest(bytes: Array(try row.value(3) as Data))
        else { throw UnreadableRow() }
        self.init(
            publicKey: key, congregation: congregation, head: ChainHead(seq: seq, hash: hash))
    }

    func save(_ db: Database) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO foreignDevice(
                id, publicKey, congregation, headSeq, headHash)
            VALUES (?, ?, ?, ?, ?)
            """,
            [
                id.databaseValue, Data(publicKey.bytes), Data(congregation.bytes),
                Int64(head.seq), Data(head.hash.bytes),
            ])
    }

    static func remove(_ id: DeviceID, _ db: Database) throws {
        try db.run("DELETE FROM foreignDevice WHERE id = ?", [id.databaseValue])
    }
}
