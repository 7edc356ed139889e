import Foundation
import GRDB
package import Replication
import Store
package import Wording

/// Another congregation's hub, with which this one exchanges the spaces that both agree to.
package struct Peer: Sendable, Hashable {
    package let publicKey: PublicKey
    package let name: String
    /// Nil for one that comes by itself.
    package let url: String?
    /// What this hub agrees to share.
    package let spaces: Set<SpaceID>
    /// How far its log has been taken, as it gave it.
    let taken: Replication.Cursor?
    /// How far it has taken this hub's log, as it last said.
    let given: Replication.Cursor?
    /// Milliseconds since 1970.
    let added: UInt64
    /// Milliseconds since 1970; nil before the first exchange.
    package let lastMet: UInt64?
    /// Why the last attempt came to nothing.
    package let problem: Phrase?

    package var id: DeviceID { publicKey.device }

    init(publicKey: PublicKey, name: String, url: String?, spaces: Set<SpaceID>) {
        self.publicKey = publicKey
        self.name = name
        self.url = url
        self.spaces = spaces
        taken = nil
        given = nil
        added = 0
        lastMet = nil
        problem = nil
    }
}

extension Peer {
    private static let columns =
        "publicKey, name, url, spaces, taken, given, lastMet, problem, added"

    /// Every peer, in the order in which they were added.
    static func all(_ db: Database) throws -> [Peer] {
        try Row.fetchAll(db.cachedStatement(sql: "SELECT \(columns) FROM peer ORDER BY added, id"))
            .map(Peer.init)
    }

    static func find(_ id: DeviceID, _ db: Database) throws -> Peer? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT \(columns) FROM peer WHERE id = ?"),
            arguments: [id.databaseValue]
        ).map(Peer.init)
    }

    private init(_ row: Row) throws {
        guard let key = PublicKey(bytes: Array(try row.value(0) as Data)) else {
            throw UnreadableRow()
        }
        publicKey = key
        name = try row.value(1)
        let url: String = try row.value(2)
        self.url = url.isEmpty ? nil : url
        spaces = try Self.spaces(Array(try row.value(3) as Data))
        taken = try Self.cursor(Array(try row.value(4) as Data))
        given = try Self.cursor(Array(try row.value(5) as Data))
        lastMet = (row[6] as DatabaseValue).isNull ? nil : try row.count(6)
        problem = try row.optional(7).map { Phrase(kept: $0) }
        added = try row.count(8)
    }

    private static func spaces(_ bytes: [UInt8]) throws -> Set<SpaceID> {
        let size = 16
        guard bytes.count.isMultiple(of: size) else { throw UnreadableRow() }
        return Set(
            try stride(from: 0, to: bytes.count, by: size).map { start in
                guard let space = SpaceID(bytes: bytes[start..<start + size]) else {
                    throw UnreadableRow()
                }
                return space
            })
    }

    private static func cursor(_ bytes: [UInt8]) throws -> Replication.Cursor? {
        bytes.isEmpty ? nil : try Replication.Cursor(decoding: bytes)
    }

    /// Adds a peer, or changes what is agreed with one.
    func save(at milliseconds: UInt64, _ db: Database) throws {
        try db.run(
            """
            INSERT INTO peer(id, publicKey, name, url, spaces, taken, given, added)
            VALUES (?, ?, ?, ?, ?, x'', x'', ?)
            ON CONFLICT(id) DO UPDATE SET
                name = excluded.name, url = excluded.url, spaces = excluded.spaces
            """,
            [
                id.databaseValue, Data(publicKey.bytes), name, url ?? "",
                Data(spaces.sorted().flatMap(\.bytes)), Int64(milliseconds),
            ])
    }

    /// What was exchanged stays, and what is quarantined goes.
    static func remove(_ id: DeviceID, _ db: Database) throws {
        try db.run("DELETE FROM quarantine WHERE peer = ?", [id.databaseValue])
        try db.run("DELETE FROM peer WHERE id = ?", [id.databaseValue])
    }

    /// Notes how far its log has been taken.
    func took(_ cursor: Replication.Cursor, _ db: Database) throws {
        try db.run(
            "UPDATE peer SET taken = ? WHERE id = ?",
            [Data(try cursor.encoded()), id.databaseValue])
    }

    /// Notes how far it has taken this hub's log.
    func has(_ cursor: Replication.Cursor, _ db: Database) throws {
        try db.run(
            "UPDATE peer SET given = ? WHERE id = ?",
            [Data(try cursor.encoded()), id.databaseValue])
    }

    /// Notes that an exchange went to its end, or why one did not.
    func met(at milliseconds: UInt64, problem: Phrase? = nil, _ db: Database) throws {
        try db.run(
            """
            UPDATE peer SET problem = ?, lastMet = CASE WHEN ?1 IS NULL THEN ? ELSE lastMet END
            WHERE id = ?
            """, [problem?.kept, Int64(milliseconds), id.databaseValue])
    }
}

extension DeviceID {
    /// The id as SQL binds it.
    var databaseValue: Int64 { Int64(bitPattern: rawValue) }
}
