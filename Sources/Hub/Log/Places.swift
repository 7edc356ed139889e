import Foundation
import GRDB
import Notebook
import Replication
import Store

/// Where records live, as the hub knows it: never as a commit claims.
struct Places {
    /// A record's place.
    struct Place {
        /// The moves, merged by the same rules as every cell.
        var moves: RecordState
        var space: SpaceID
        var isErased = false
        /// How much the log holds of the record.
        var size = RecordSize()

        /// Whether some move has taken the record from where a commit put it.
        func hasLeft(_ dot: Dot) -> Bool {
            moves[CommonField.space]?.dead.contains(dot) ?? false
        }
    }

    private let db: Database
    /// The hub's clock, in milliseconds since 1970.
    private let now: UInt64
    private var known: [RecordKey: Place?] = [:]
    private var changed: Set<RecordKey> = []
    private var erased: Set<RecordKey> = []
    private var isFederated: Bool?
    /// Whether anything was kept out for what it is about; nil until somebody asks: nearly never is.
    private var keepsOut: Bool?
    private var here: Set<SpaceID> = []

    init(_ db: Database, at milliseconds: UInt64) {
        self.db = db
        now = milliseconds
    }

    /// Nil for a record that the hub does not know.
    mutating func place(of key: RecordKey) throws -> Place? {
        if let place = known[key] { return place }
        let place = try load(key)
        known[key] = place
        return place
    }

    /// Whether a commit says that its record is about one that was erased, or about one that was kept
    /// out for that.
    mutating func isOfErased(_ commit: Commit) throws -> Bool {
        for key in commit.subjects {
            let place = try place(of: key)
            guard try place.map({ !$0.isErased }) ?? !isKeptOut(key) else { return true }
        }
        return false
    }

    /// Whether a record was never let in, since it is about one that was erased.
    mutating func isKeptOut(_ key: RecordKey) throws -> Bool {
        let isAny = try keepsOut ?? Self.isAnyKeptOut(db)
        keepsOut = isAny
        guard isAny else { return false }
        return try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM aboutErased WHERE record = ? AND kind = ?)"),
            arguments: [key.id.dataValue, Int64(key.kind)]) ?? false
    }

    private static func isAnyKeptOut(_ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM aboutErased)")) ?? false
    }

    /// Remembers a record that nobody knows, of a commit that was refused for what it is about.
    mutating func keepOut(_ commit: Commit) throws {
        guard commit.target != nil, try place(of: commit.key) == nil else { return }
        keepsOut = true
        try db.run(
            "INSERT OR IGNORE INTO aboutErased(record, kind) VALUES (?, ?)",
            [commit.key.id.dataValue, Int64(commit.key.kind)])
    }

    /// Whether a record of another kind, or another member, has this record's id.
    func isTaken(_ key: RecordKey) throws -> Bool {
        let isJustMade = Kinds.all.contains { policy in
            (known[RecordKey(policy.schema.number, key.id)] ?? nil) != nil
        }
        return try isJustMade || Self.isTaken(key, db)
    }

    static func isTaken(_ key: RecordKey, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                        SELECT EXISTS (SELECT 1 FROM place WHERE record = ?1 AND kind <> ?2)
                        OR (?2 <> ?3 AND EXISTS (SELECT 1 FROM member WHERE id = ?1))
                    """), arguments: [key.id.dataValue, Int64(key.kind), Int64(Member.kind.number)])
            ?? false
    }

    /// The space in which a record lived at a point of the log; nil when it has not moved since, or
    /// moved so long ago that nobody's unsent work is from before.
    func space(of key: RecordKey, at seq: UInt64) throws -> SpaceID? {
        var statement = try FastStatement(
            db,
            """
            SELECT space FROM formerPlace WHERE record = ? AND kind = ? AND untilSeq > ? AND movedAt > ?
            ORDER BY untilSeq LIMIT 1
            """)
        statement.bind(key.id.bytes)
        statement.bind(Int64(key.kind))
        statement.bind(seq)
        statement.bind(now - min(now, HubDevice.lapseMilliseconds))
        defer { statement.reset() }
        return try statement.step() ? SpaceID(bytes: statement.bytes(0)) : nil
    }

    /// Whether a record lives, or has ever lived, in one of these spaces.
    func hasLived(_ key: RecordKey, in spaces: Set<SpaceID>) throws -> Bool {
        var statement = try FastStatement(
            db, "SELECT space FROM formerPlace WHERE record = ? AND kind = ?")
        statement.bind(key.id.bytes)
        statement.bind(Int64(key.kind))
        defer { statement.reset() }
        while try statement.step() {
            if spaces.contains(try statement.id(0)) { return true }
        }
        return false
    }

    /// Whether a device of another hub took a record to a place that is not here: a turf that nobody
    /// here knows, or that congregation's organizers. Nobody here reads it any more.
    mutating func isForeign(_ place: Place) throws -> Bool {
        guard try knowsOtherHubs(), place.space != Space.commons, try !isTurfHere(place.space),
            let mover = place.moves[CommonField.space]?.winner?.dot.device
        else { return false }
        return try HubDevice.find(mover, db) == nil && !isForgotten(mover)
    }

    /// Whether a device is of here, and came after the backup that was put back: a peer has told of it.
    private func isForgotten(_ device: DeviceID) throws -> Bool {
        try ForeignDevice.find(device, db)?.congregation.description
            == HubSettings.value("congregation", db)
    }

    /// The same of a record, which is not remembered: for who looks at all of them.
    mutating func isForeign(_ key: RecordKey) throws -> Bool {
        guard try knowsOtherHubs(), let place = try load(key) else { return false }
        return try isForeign(place)
    }

    /// Whether anything here was written at another hub.
    mutating func knowsOtherHubs() throws -> Bool {
        if let isFederated { return isFederated }
        let found = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM foreignDevice)"))
        isFederated = found
        return found ?? false
    }

    /// Whether a space is a turf that is known here.
    mutating func isTurfHere(_ space: SpaceID) throws -> Bool {
        if here.contains(space) { return true }
        guard !Space.isReserved(space), try place(of: Turf.key(space)) != nil else {
            return false
        }
        here.insert(space)
        return true
    }

    /// The records that live in a space.
    static func keys(in space: SpaceID, _ db: Database) throws -> [RecordKey] {
        var statement = try FastStatement(
            db, "SELECT kind, record FROM place WHERE space = ? AND erased = 0")
        statement.bind(space.bytes)
        var keys: [RecordKey] = []
        while try statement.step() {
            keys.append(RecordKey(try statement.number(0), try statement.id(1)))
        }
        return keys.sorted()
    }

    /// Applies a commit that was let in. Returns where the record lives now, and where it lived
    /// before when that is another space.
    mutating func apply(
        _ commit: Commit, _ payload: [UInt8], at seq: UInt64
    ) throws -> (space: SpaceID, origin: SpaceID?) {
        var place =
            try place(of: commit.key) ?? Place(moves: RecordState(), space: Space.organizers)
        let isNew = place.moves.cells.isEmpty
        let old = place.space
        let moves = commit.movesAlone
        place.size += RecordSize(of: commit, bytes: payload.count)
        place.moves.apply(moves)
        place.space = place.moves.space ?? old
        place.isErased = place.isErased || commit.erases
        known[commit.key] = place
        changed.insert(commit.key)
        if commit.makesRecord, let named = commit.target, named != place.space {
            try remember(named, of: commit, at: seq)
        }
        guard !isNew, place.space != old else { return (place.space, nil) }
        try remember(old, of: commit.key, until: seq)
        return (place.space, old)
    }

    /// A record was erased: with the rest, its commits go from all blocks in which they may be.
    mutating func noteErased(_ key: RecordKey) {
        erased.insert(key)
    }

    /// Writes back what changed.
    mutating func save() throws {
        if !erased.isEmpty { try Packing.erase(erased, db) }
        erased.removeAll()
        var statement = try FastStatement(
            db,
            """
            INSERT INTO place(record, kind, space, cell, erased, weight, bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT(record, kind) DO UPDATE SET space = excluded.space,
                cell = excluded.cell, erased = excluded.erased, weight = excluded.weight,
                bytes = excluded.bytes
            """)
        for key in changed.sorted() {
            guard case let place?? = known[key] else { continue }
            statement.bind(key.id.bytes)
            statement.bind(Int64(key.kind))
            statement.bind(place.space.bytes)
            statement.bind(place.moves.encoded())
            statement.bind(place.isErased ? 1 : 0 as Int64)
            statement.bind(Int64(place.size.weight))
            statement.bind(Int64(place.size.bytes))
            try statement.run()
        }
        changed.removeAll()
    }

    /// As the file has it.
    func load(_ key: RecordKey) throws -> Place? {
        var statement = try FastStatement(
            db,
            "SELECT space, cell, erased, weight, bytes FROM place WHERE record = ? AND kind = ?")
        statement.bind(key.id.bytes)
        statement.bind(Int64(key.kind))
        defer { statement.reset() }
        guard try statement.step() else { return nil }
        guard let weight = Int32(exactly: statement.int(3)),
            let bytes = Int32(exactly: statement.int(4)), weight >= 0, bytes >= 0
        else { throw WireError.malformed }
        return Place(
            moves: try RecordState(encoded: statement.bytes(1)), space: try statement.id(0),
            isErased: statement.int(2) == 1,
            size: RecordSize(weight: Int(weight), bytes: Int(bytes)))
    }

    /// The records that once lived in a space and left it, and at which place of the log; of
    /// `Space.all`, those that have left any.
    static func former(of space: SpaceID, _ db: Database) throws -> [(RecordKey, UInt64)] {
        let isOfAll = space == Space.all
        var row = try FastStatement(
            db,
            """
            SELECT kind, record, untilSeq FROM formerPlace
            WHERE untilSeq > 0 \(isOfAll ? "" : "AND space = ?") ORDER BY untilSeq
            """)
        if !isOfAll { row.bind(space.bytes) }
        var former: [(RecordKey, UInt64)] = []
        while try row.step() {
            former.append((RecordKey(try row.number(0), try row.id(1)), try row.seq(2)))
        }
        return former
    }

    /// What made a record came when it had already been taken on: nobody here has read it there, and yet
    /// it has been there.
    private func remember(_ space: SpaceID, of late: Commit, at seq: UInt64) throws {
        try insertFormer(space, of: late.key, -Int64(seq))
    }

    private func remember(_ space: SpaceID, of key: RecordKey, until seq: UInt64) throws {
        try insertFormer(space, of: key, Int64(seq))
    }

    private func insertFormer(_ space: SpaceID, of key: RecordKey, _ untilSeq: Int64) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO formerPlace(record, kind, untilSeq, movedAt, space)
            VALUES (?, ?, ?, ?, ?)
            """,
            [
                Data(key.id.bytes), Int64(key.kind), untilSeq, Int64(now), Data(space.bytes),
            ])
    }
}

extension Commit {
    /// The same commit with nothing but where it puts its record.
    var movesAlone: Commit {
        Commit(
            dot: dot, stamp: stamp, effective: effective, author: author, key: key,
            transaction: transaction, salt: nil,
            writes: writes.filter { $0.field == CommonField.space })
    }
}
