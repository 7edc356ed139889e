import Foundation
import GRDB
import Replication
import Store

/// The congregation's log: an append-only sequence of accepted commits.
///
/// A commit's number is given in the transaction that stores it, and one writer at a time stores,
/// so that numbers appear in order and no reader skips one.
enum HubLog {
    /// Takes in a commit that a door let in: where its record lives, and what an erasure takes away.
    /// `commit` is the entry's, with the effective stamp that it gets here.
    static func take(
        _ commit: Commit, _ entry: CheckedEntry, at end: LogEnd, _ places: inout Places,
        _ db: Database
    ) throws {
        let (space, origin) = try places.apply(commit, entry.payload, at: end.seq)
        if commit.erases {
            try HubLog.erase(commit.key, db)
            places.noteErased(commit.key)
        }
        try append(
            commit, entry.payload, entry.digest, at: end, space: space, origin: origin, db)
    }

    private static func append(
        _ commit: Commit, _ payload: [UInt8], _ digest: Digest, at end: LogEnd, space: SpaceID,
        origin: SpaceID?, _ db: Database
    ) throws {
        var statement = try FastStatement(
            db,
            """
            INSERT INTO log(
                seq, device, deviceSeq, act, digest, mark, stamp, effective, author, kind, record,
                salt, payload, space, origin)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        statement.bind(end.seq)
        statement.bind(commit.dot.device.rawValue)
        statement.bind(commit.dot.seq)
        statement.bind(commit.transaction)
        statement.bind(digest.bytes)
        statement.bind(end.mark)
        statement.bind(commit.stamp.rawValue)
        statement.bind(commit.effective.rawValue)
        statement.bind(commit.author.bytes)
        statement.bind(Int64(commit.key.kind))
        statement.bind(commit.key.id.bytes)
        statement.bind(commit.salt?.bytes ?? [])
        statement.bind(payload)
        statement.bind(space.bytes)
        if let origin { statement.bind(origin.bytes) } else { statement.bindNull() }
        try statement.run()
    }

    /// Keeps only the place of a commit in its device's chain.
    static func appendStub(
        _ dot: Dot, act: Seq, _ digest: Digest, at end: LogEnd, _ db: Database
    ) throws {
        var statement = try FastStatement(
            db,
            """
            INSERT INTO log(seq, device, deviceSeq, act, digest, mark) VALUES (?, ?, ?, ?, ?, ?)
            """)
        statement.bind(end.seq)
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        statement.bind(act)
        statement.bind(digest.bytes)
        statement.bind(end.mark)
        try statement.run()
    }

    /// Says that a record is to be read whole: commits on it have come into places of the log that
    /// others have read already.
    static func announce(_ key: RecordKey, from hub: DeviceID, _ db: Database) throws {
        let before = try end(db)
        let end = before.appending(key.announcement(after: before))
        var statement = try FastStatement(
            db,
            """
            INSERT INTO log(seq, device, deviceSeq, act, digest, mark, kind, record)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        statement.bind(end.seq)
        statement.bind(hub.rawValue)
        statement.bind(end.seq)
        statement.bind(end.seq)
        statement.bind(key.announcement(after: before).bytes)
        statement.bind(end.mark)
        statement.bind(Int64(key.kind))
        statement.bind(key.id.bytes)
        try statement.run()
    }

    /// The last commit's place.
    static func end(_ db: Database) throws -> LogEnd {
        try place(upTo: .max >> 1, db) ?? LogEnd()
    }

    /// The place of the log with this number; nil when the log does not go that far.
    static func place(_ seq: UInt64, _ db: Database) throws -> LogEnd? {
        guard seq > 0 else { return LogEnd() }
        return try place(upTo: seq, db).flatMap { $0.seq == seq ? $0 : nil }
    }

    private static func place(upTo seq: UInt64, _ db: Database) throws -> LogEnd? {
        var statement = try FastStatement(
            db, "SELECT seq, mark FROM log WHERE seq <= ? ORDER BY seq DESC LIMIT 1")
        statement.bind(seq)
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        return LogEnd(seq: try statement.seq(0), mark: statement.unsigned(1))
    }

    /// How many commits, stubs aside, were appended after a place.
    static func contentCount(after seq: UInt64, _ db: Database) throws -> Int {
        var statement = try FastStatement(
            db, "SELECT count(space) FROM log WHERE seq > ?")
        statement.bind(seq)
        defer { statement.reset() }
        return try statement.step() ? Int(statement.int(0)) : 0
    }

    /// Takes a stub out of its device's chain: the commit itself takes its place there, and a new one
    /// in the log, so that who has read past the stub reads it too.
    static func vacate(_ seq: UInt64, by hub: DeviceID, _ db: Database) throws {
        var statement = try FastStatement(
            db, "UPDATE log SET device = ?, deviceSeq = seq, act = seq WHERE seq = ?")
        statement.bind(hub.rawValue)
        statement.bind(seq)
        try statement.run()
    }

    /// Where two effective stamps meet, the smaller holds. Returns whether it is another one now.
    static func lower(_ dot: Dot, to effective: Stamp, _ db: Database) throws -> Bool {
        var statement = try FastStatement(
            db,
            """
            UPDATE log SET effective = ?1 WHERE device = ?2 AND deviceSeq = ?3 AND effective > ?1
            """)
        statement.bind(effective.rawValue)
        statement.bind(dot.device.rawValue)
        statement.bind(dot.seq)
        try statement.run()
        return db.changesCount > 0
    }

    /// Turns every commit on a record into a stub: salt and value go together. What is in blocks goes
    /// with the places that the transaction writes back.
    private static func erase(_ key: RecordKey, _ db: Database) throws {
        try db.run(
            """
            UPDATE log SET stamp = NULL, effective = NULL, author = NULL, kind = NULL,
                record = NULL, salt = NULL, payload = NULL, space = NULL, origin = NULL
            WHERE record = ? AND kind = ?
            """, [Data(key.id.bytes), Int64(key.kind)])
    }
}

extension RecordKey {
    /// What stands in the log where a record is announced, in the place of a commit's digest.
    fileprivate func announcement(after end: LogEnd) -> Digest {
        Digest.empty.chained(Digest(announcing: self, after: end.seq))
    }
}

extension Digest {
    /// 32 bytes: kind, record, place.
    fileprivate init(announcing key: RecordKey, after seq: UInt64) {
        var writer = ByteWriter(reserving: 32)
        writer.fixed(key.kind)
        writer.fixed(key.id.rawValue)
        writer.fixed(seq)
        writer.fixed(UInt32(0))
        guard let digest = Digest(bytes: writer.bytes) else {
            preconditionFailure("4 + 16 + 8 + 4 bytes are 32")
        }
        self = digest
    }
}
