import Foundation
import GRDB
package import Replication
import Store

/// What a peer has of a device and this hub does not take yet. It is wanted again later, and keeps
/// nothing else back meanwhile.
package struct Quarantine: Sendable, Hashable {
    package let device: DeviceID
    package let reason: Reason
    let seqs: SeqRuns
    let triedAt: UInt64

    package enum Reason: String, Sendable {
        /// A device of this hub's own wrote it, and the hub has lost it: the device itself knows
        /// more of it than a peer, and is waited for.
        case awaited
        /// The device has not signed it, or it continues another chain than the one known here.
        case chain
        /// What came is not what was wanted.
        case form
        /// It is about a record that the peer has not told of.
        case unknownRecord = "unknown-record"
    }

    /// Whether somebody should know of it.
    package var isProblem: Bool { reason != .awaited }

    /// What is wrong and what becomes of it, for the hub's keeper.
    package var sentence: String {
        let what =
            switch reason {
            case .awaited: "was written on a laptop of this hub, which is waited for"
            case .chain:
                "is not what that device has signed, or continues something else than this hub knows"
            case .form: "is not what was asked for"
            case .unknownRecord: "is about something that nobody has told this hub of"
            }
        return """
            what comes of the device \(device) \(what). It is left out and tried again; everything \
            else is taken.
            """
    }
}

extension Quarantine {
    /// How long after an attempt the next is made: an hour.
    static let pauseMilliseconds: UInt64 = 3_600_000
    /// How long a device of this hub's own is waited for after the hub was put back: a week, as
    /// laptops wait before they give back what others wrote.
    static let patienceMilliseconds: UInt64 = 7 * 86_400_000

    static func all(of peer: DeviceID, _ db: Database) throws -> [Quarantine] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT device, reason, seqs, triedAt FROM quarantine WHERE peer = ?
                ORDER BY device
                """, arguments: [peer.databaseValue]
        ).map { row in
            guard let reason = Reason(rawValue: try row.value(1)) else { throw UnreadableRow() }
            return Quarantine(
                device: DeviceID(rawValue: UInt64(bitPattern: try row.value(0) as Int64)),
                reason: reason, seqs: try SeqRuns(decoding: Array(try row.value(2) as Data)),
                triedAt: try row.count(3))
        }
    }

    func save(of peer: DeviceID, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO quarantine(peer, device, reason, seqs, triedAt)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                peer.databaseValue, device.databaseValue, reason.rawValue, Data(seqs.encoded()),
                Int64(triedAt),
            ])
    }

    static func remove(_ device: DeviceID, of peer: DeviceID, _ db: Database) throws {
        try db.execute(
            sql: "DELETE FROM quarantine WHERE peer = ? AND device = ?",
            arguments: [peer.databaseValue, device.databaseValue])
    }
}
