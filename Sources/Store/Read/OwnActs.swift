import Foundation
package import GRDB
package import Replication

/// What this device's member did, act by act.
package enum OwnActs {
    /// The last act of `author` before `seq`: its commits, in order; empty when there is none that is
    /// still whole.
    package static func last(
        before seq: Seq, by author: MemberID, of device: DeviceID, _ db: Database
    ) throws -> [Commit] {
        let act = try Int64.fetchOne(
            db, sql: "SELECT max(act) FROM log WHERE seq < ? AND author = ?",
            arguments: [Int64(seq), Data(author.bytes)])
        guard let act else { return [] }
        let rows = try commits(of: Seq(act), device, db)
        return rows.contains(where: \.isStub) ? [] : rows.map(\.commit)
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
