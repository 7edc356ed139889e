import Foundation
package import GRDB
package import Replication

/// A value that a field of a record has or had: by whom, when, and whether it still stands.
package struct HistoryEntry: Sendable, Hashable {
    package let cell: CellKey
    package let write: Write
    package let isLive: Bool
}

/// Every value a record ever had.
package enum History {
    static func insert(_ died: Died, of rowID: Int64, _ db: Database) throws {
        var statement = try FastStatement(
            db,
            """
            INSERT OR IGNORE INTO history(
                record, field, device, seq, type, value, rule, removes, stamp, effective, author)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        statement.bind(rowID)
        statement.bind(Int64(died.cell.field))
        statement.bind(died.write.dot.device.rawValue)
        statement.bind(died.write.dot.seq)
        statement.bind(Int64(died.write.value.type.rawValue))
        statement.bind(died.write.value.bytes)
        statement.bind(Int64(died.write.rule.rawValue))
        statement.bind(died.write.removes ? 1 : 0 as Int64)
        statement.bind(died.write.stamp.rawValue)
        statement.bind(died.write.effective.rawValue)
        statement.bind(died.write.author.bytes)
        try statement.run()
    }

    static func remove(_ entry: HistoryEntry, of rowID: Int64, _ db: Database) throws {
        let write = entry.write
        try db.run(
            """
            DELETE FROM history WHERE record = ? AND field = ? AND device = ? AND seq = ?
            AND type = ? AND value = ?
            """,
            [
                rowID, Int64(entry.cell.field), Int64(bitPattern: write.dot.device.rawValue),
                Int64(write.dot.seq), Int64(write.value.type.rawValue), Data(write.value.bytes),
            ])
    }

    /// Gives a device's commits their new names.
    static func rename(_ renaming: Renaming, _ db: Database) throws {
        try db.run(
            "UPDATE history SET device = ?, seq = seq - ? WHERE device = ? AND seq > ?",
            [
                Int64(bitPattern: renaming.new.rawValue), Int64(renaming.kept),
                Int64(bitPattern: renaming.old.rawValue), Int64(renaming.kept),
            ])
    }

    /// Live and dead writes of a record, the oldest first.
    package static func entries(of key: RecordKey, _ db: Database) throws -> [HistoryEntry] {
        guard let (rowID, state) = try Records.find(key, db) else { return [] }
        let live = state.cells.flatMap { cell in
            cell.live.map { HistoryEntry(cell: cell.key, write: $0, isLive: true) }
        }
        return try (live + dead(of: rowID, db)).sorted {
            ($0.write.effective, $0.write.dot, $0.cell) < (
                $1.write.effective, $1.write.dot, $1.cell
            )
        }
    }

    /// The dead writes of a record.
    static func dead(of rowID: Int64, _ db: Database) throws -> [HistoryEntry] {
        var statement = try FastStatement(
            db,
            """
            SELECT field, device, seq, type, value, rule, removes, stamp, effective, author
            FROM history WHERE record = ?
            """)
        statement.bind(rowID)
        var entries: [HistoryEntry] = []
        while try statement.step() {
            let value = Value(
                type: ValueType(rawValue: try statement.number(3)), bytes: statement.bytes(4))
            let rule = MergeRule(rawValue: try statement.number(5))
            let write = Write(
                dot: Dot(DeviceID(rawValue: statement.unsigned(1)), try statement.seq(2)),
                stamp: try statement.stamp(7), effective: try statement.stamp(8),
                author: try statement.id(9), rule: rule, removes: statement.int(6) == 1,
                value: value)
            let cell = CellKey(field: try statement.number(0), element: rule == .set ? value : nil)
            entries.append(HistoryEntry(cell: cell, write: write, isLive: false))
        }
        return entries
    }
}
