import Foundation
package import GRDB
package import Replication

/// What this device itself has written, for whoever takes a piece of it back.
package enum OwnCommits {
    /// The keys and places of the commits from one place in the chain to another, the latest first.
    package static func places(
        _ range: ClosedRange<Seq>, _ db: Database
    ) throws -> [(seq: Seq, key: RecordKey)] {
        var statement = try FastStatement(
            db, "SELECT seq, kind, record FROM log WHERE seq BETWEEN ? AND ? ORDER BY seq DESC")
        statement.bind(range.lowerBound)
        statement.bind(range.upperBound)
        var places: [(seq: Seq, key: RecordKey)] = []
        while try statement.step() {
            let key = RecordKey(try statement.number(1), try statement.id(2))
            places.append((try statement.seq(0), key))
        }
        return places
    }

    /// One commit; nil when it is not here, or is of an erased record.
    package static func commit(
        _ dot: Dot, _ db: Database
    ) throws -> Commit? {
        try OwnLog.commit(of: dot.device, at: dot.seq, db).flatMap { $0.writes.isEmpty ? nil : $0 }
    }

    /// An act of this device: where it stands in the chain, and its commits. Of one of which something
    /// was erased there are none.
    package struct Act: Sendable {
        package let places: ClosedRange<Seq>
        package let commits: [Commit]
    }

    /// The last act of `author` before `seq`; nil when there is none.
    package static func lastAct(
        before seq: Seq, by author: MemberID, of device: DeviceID, _ db: Database
    ) throws -> Act? {
        let act = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT max(act) FROM log WHERE seq < ? AND author = ?"),
            arguments: [Int64(seq), Data(author.bytes)])
        guard let act else { return nil }
        let rows = try commits(of: Seq(act), device, db)
        guard let first = rows.first else { return nil }
        return Act(
            places: first.commit.dot.seq...Seq(act),
            commits: rows.contains(where: \.isStub) ? [] : rows.map(\.commit))
    }

    private static func commits(
        of act: Seq, _ device: DeviceID, _ db: Database
    ) throws -> [OwnLog.Row] {
        var statement = try FastStatement(
            db, "SELECT \(OwnLog.columns) FROM log WHERE seq <= ?1 AND act = ?1 ORDER BY seq")
        statement.bind(act)
        var rows: [OwnLog.Row] = []
        while try statement.step() { rows.append(try OwnLog.row(statement, device)) }
        return rows
    }
}

extension Records {
    /// The kinds of which there is any record.
    package static func kinds(_ db: Database) throws -> [Kind] {
        var statement = try FastStatement(db, "SELECT DISTINCT kind FROM record")
        var kinds: [Kind] = []
        while try statement.step() { kinds.append(try statement.number(0)) }
        return kinds
    }

    /// Every record of a kind that was not erased, in order of id, one at a time.
    package static func forEach(
        of kind: Kind, _ db: Database, _ body: (RecordKey, RecordState) throws -> Void
    ) throws {
        var statement = try FastStatement(
            db, "SELECT id, state FROM record WHERE kind = ? AND life <> 3 ORDER BY id")
        statement.bind(Int64(kind))
        while try statement.step() {
            let key = RecordKey(kind, try statement.id(0))
            try body(key, RecordState(encoded: statement.bytes(1)))
        }
    }
}
