import Foundation
import GRDB
package import Replication
import Store
package import Wording

/// What a peer has of a device and this hub does not take yet. It is wanted again later, and keeps
/// nothing else back meanwhile.
package struct Quarantine: Sendable, Hashable {
    package let device: DeviceID
    package let reason: Reason
    var seqs: SeqRuns
    /// Milliseconds since 1970; 0 to try again at once.
    var triedAt: UInt64

    package enum Reason: String, Sendable {
        /// A device of this hub's own wrote it, and the hub has lost it: the device itself knows
        /// more of it than a peer, and is waited for.
        case awaited
        /// The device has not signed it, or it continues another chain than the one known here.
        case chain
        /// What came is no commit that any hub takes.
        case form
        /// It is about a record of which nobody has told yet that it is shared.
        case unknownRecord = "unknown-record"
        /// The peer offered it and does not give it: it may have gone elsewhere meanwhile.
        case missing
    }

    /// Whether somebody should know of it.
    package var isProblem: Bool { holdsDevice && reason != .awaited }

    /// Whether nothing of the device is taken meanwhile: a chain goes on beside a commit that waits,
    /// and not past one that is wrong.
    var holdsDevice: Bool {
        switch reason {
        case .awaited, .chain, .form: true
        case .unknownRecord, .missing: false
        }
    }

    /// What is wrong and what becomes of it, for the hub's keeper.
    package var sentence: Phrase {
        let what: Phrase =
            switch reason {
            case .awaited: "was written on a laptop of this hub, which is waited for"
            case .chain:
                "is not what that device has signed, or continues something else than this hub knows"
            case .form: "is nothing that any hub takes of its own devices"
            case .unknownRecord: "is about something of which nobody has told this hub"
            case .missing: "was offered and is not given"
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

    /// In so many runs a row is kept, and so many rows of devices that do wrong.
    private static let mostRuns = 4096
    private static let mostRows = 1000

    static func all(of peer: DeviceID, _ db: Database) throws -> [Quarantine] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT device, reason, seqs, triedAt FROM quarantine WHERE peer = ?
                    ORDER BY device
                    """), arguments: [peer.databaseValue]
        ).map { row in
            guard let reason = Reason(rawValue: try row.value(1)) else { throw UnreadableRow() }
            return Quarantine(
                device: DeviceID(rawValue: UInt64(bitPattern: try row.value(0) as Int64)),
                reason: reason, seqs: try SeqRuns(decoding: Array(try row.value(2) as Data)),
                triedAt: try row.count(3))
        }
    }

    /// Keeps it, with what was kept before for the same reason.
    func save(of peer: DeviceID, _ db: Database) throws {
        let count = try Int.fetchOne(
            db.cachedStatement(
                sql: "SELECT count(*) FROM quarantine WHERE peer = ? AND device <> ?"),
            arguments: [peer.databaseValue, device.databaseValue])
        guard !isProblem || count ?? 0 < Self.mostRows else { return }
        try db.run(
            """
            INSERT OR REPLACE INTO quarantine(peer, device, reason, seqs, triedAt)
            VALUES (?, ?, ?, ?, ?)
            """,
            [
                peer.databaseValue, device.databaseValue, reason.rawValue,
                Data(seqs.coarsened(to: Self.mostRuns).encoded()), Int64(triedAt),
            ])
    }

    func remove(of peer: DeviceID, _ db: Database) throws {
        try db.run(
            "DELETE FROM quarantine WHERE peer = ? AND device = ? AND reason = ?",
            [peer.databaseValue, device.databaseValue, reason.rawValue])
    }
}
