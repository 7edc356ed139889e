package import GRDB
package import Replication

/// What a notebook knows about itself and its exchange. Read at the start of every transaction,
/// since another process may have changed it.
package struct Meta: Equatable, Sendable {
    /// The device that writes here; nil in a new file.
    package internal(set) var device: DeviceID?
    /// The end of this device's chain.
    package internal(set) var head = ChainHead()
    /// The end of what the hub has acknowledged.
    package internal(set) var acknowledged = ChainHead()
    /// The last own commit that a hub has ever acknowledged. A hub that was put back from a backup
    /// acknowledges less.
    package internal(set) var sentOnce: Seq = 0
    package internal(set) var clock = Stamp(rawValue: 0)
    package internal(set) var cursor: Replication.Cursor?
    package internal(set) var refusalsSeen: Seq = 0
    /// The hub's snapshot that is being fetched, or of which blocks are here, without their names.
    package internal(set) var snapshot: Snapshot?

    /// Own commits that the hub has yet to acknowledge.
    package var pending: UInt64 { head.seq - min(head.seq, acknowledged.seq) }

    private enum Key: String {
        case device, headSeq, headHash, acknowledgedSeq, acknowledgedHash, sentOnce, clock, cursor,
            refusalsSeen, snapshot
    }

    package static func load(_ db: Database) throws -> Meta {
        var meta = Meta()
        var row = try FastStatement(db, "SELECT key, value FROM meta WHERE key NOT LIKE '.%'")
        while try row.step() {
            guard let key = Key(rawValue: row.text(0)) else { continue }
            switch key {
            case .device: meta.device = DeviceID(bytes: row.bytes(1))
            case .headSeq: meta.head.seq = try row.seq(1)
            case .headHash: meta.head.hash = try digest(row.bytes(1))
            case .acknowledgedSeq: meta.acknowledged.seq = try row.seq(1)
            case .acknowledgedHash: meta.acknowledged.hash = try digest(row.bytes(1))
            case .sentOnce: meta.sentOnce = try row.seq(1)
            case .clock: meta.clock = try row.stamp(1)
            case .cursor: meta.cursor = try Replication.Cursor(decoding: row.bytes(1))
            case .refusalsSeen: meta.refusalsSeen = try row.seq(1)
            case .snapshot: meta.snapshot = try Snapshot(decoding: row.bytes(1))
            }
        }
        return meta
    }

    /// Writes what differs from `old`.
    func save(_ db: Database, replacing old: Meta) throws {
        if device != old.device, let device { try Self.set(db, .device, device.bytes) }
        if head != old.head {
            try Self.set(db, .headSeq, Int64(head.seq))
            try Self.set(db, .headHash, head.hash.bytes)
        }
        if acknowledged != old.acknowledged {
            try Self.set(db, .acknowledgedSeq, Int64(acknowledged.seq))
            try Self.set(db, .acknowledgedHash, acknowledged.hash.bytes)
        }
        if sentOnce != old.sentOnce { try Self.set(db, .sentOnce, Int64(sentOnce)) }
        if clock != old.clock { try Self.set(db, .clock, Int64(clock.rawValue)) }
        if cursor != old.cursor, let cursor { try Self.set(db, .cursor, cursor.encoded()) }
        if refusalsSeen != old.refusalsSeen {
            try Self.set(db, .refusalsSeen, Int64(refusalsSeen))
        }
        if snapshot != old.snapshot {
            if let snapshot {
                try Self.set(db, .snapshot, snapshot.encoded())
            } else {
                try Self.remove(db, .snapshot)
            }
        }
    }

    private static func remove(_ db: Database, _ key: Key) throws {
        try db.run("DELETE FROM meta WHERE key = ?", [key.rawValue])
    }

    private static func set(_ db: Database, _ key: Key, _ number: Int64) throws {
        var statement = try FastStatement(
            db, "INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)")
        statement.bind(text: Array(key.rawValue.utf8))
        statement.bind(number)
        try statement.run()
    }

    private static func set(_ db: Database, _ key: Key, _ bytes: [UInt8]) throws {
        var statement = try FastStatement(
            db, "INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)")
        statement.bind(text: Array(key.rawValue.utf8))
        statement.bind(bytes)
        try statement.run()
    }

    private static func digest(_ bytes: [UInt8]) throws -> Digest {
        guard let digest = Digest(bytes: bytes) else { throw WireError.malformed }
        return digest
    }
}

/// A text that a program keeps with its notebook: whose it is, where its hub is. Never synced.
extension Transaction {
    package func setting(_ name: String) throws -> String? {
        try Setting.value(db, name)
    }

    package func setSetting(_ name: String, _ value: String?) throws {
        if let value {
            try db.run(
                "INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)", ["." + name, value])
        } else {
            try db.run("DELETE FROM meta WHERE key = ?", ["." + name])
        }
    }
}

extension Transaction {
    /// Notes that somebody elsewhere has moved a record.
    func noteMove(in commit: Commit) throws {
        let move = commit.writes.first { $0.field == CommonField.space }
        guard !hasNotedMove, let move, !move.overwrites.isEmpty else { return }
        try setSetting(Setting.moved, "yes")
        hasNotedMove = true
    }

    /// What followed the moves noted so far has been looked at.
    package func forgetMoves() throws {
        try setSetting(Setting.moved, nil)
    }
}

/// Settings, for those who read.
package enum Setting {
    fileprivate static let moved = "moved"

    /// Whether a move has come from elsewhere since `forgetMoves`.
    package static func hasMoved(_ db: Database) throws -> Bool {
        try value(db, moved) != nil
    }

    private static let rewrite = "rewrite"

    /// Whether something was erased since the file was last written anew.
    static func mustRewrite(_ db: Database) throws -> Bool { try value(db, rewrite) != nil }

    static func noteErased(_ transaction: Transaction) throws {
        try transaction.setSetting(rewrite, "yes")
    }

    static func noteRewritten(_ db: Database) throws {
        try db.run("DELETE FROM meta WHERE key = ?", ["." + rewrite])
    }

    package static func value(_ db: Database, _ name: String) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT value FROM meta WHERE key = ?"),
            arguments: ["." + name])
    }

    package static func all(_ db: Database) throws -> [String: String] {
        var row = try FastStatement(
            db, "SELECT substr(key, 2), value FROM meta WHERE key LIKE '.%'")
        var settings: [String: String] = [:]
        while try row.step() { settings[row.text(0)] = row.text(1) }
        return settings
    }
}
