import Foundation
import GRDB
package import Replication

/// A record that `find` found.
package struct SearchHit: Sendable, Hashable {
    package let key: RecordKey
    package let title: String
    /// A few words around what was found.
    package let snippet: String
}

extension Store {
    /// The records that hold all the words of `text`, or words that begin with them, the best
    /// first. Accents and case make no difference.
    ///
    /// Writing a record does not index it; the first search after it does.
    package func find(_ text: String, limit: Int = 50) throws -> [SearchHit] {
        try indexNewRecords()
        let query = Self.query(text)
        guard !query.isEmpty else { return [] }
        return try read { db in
            var row = try FastStatement(
                db,
                """
                SELECT record.kind, record.id, search.title,
                    snippet(search, -1, '', '', '…', 12)
                FROM search JOIN record ON record.rowid = search.rowid
                WHERE search MATCH ? ORDER BY bm25(search, 4.0, 1.0), record.id LIMIT ?
                """)
            row.bind(text: Array(query.utf8))
            row.bind(Int64(limit))
            var hits: [SearchHit] = []
            while try row.step() {
                let key = RecordKey(try row.number(0), try row.id(1))
                hits.append(SearchHit(key: key, title: row.text(2), snippet: row.text(3)))
            }
            return hits
        }
    }

    /// Every word in quotes, so that no character of it is an operator.
    private static func query(_ text: String) -> String {
        text.split { !$0.isLetter && !$0.isNumber }.map { "\"\($0)\"*" }.joined(separator: " ")
    }

    private func indexNewRecords() throws {
        guard
            try read({
                try Bool.fetchOne($0, sql: "SELECT EXISTS(SELECT 1 FROM unindexed)") ?? false
            })
        else { return }
        try write { transaction in
            let db = transaction.db
            var rows = try FastStatement(
                db,
                """
                SELECT record.rowid, record.kind, record.life, record.state
                FROM unindexed JOIN record ON record.rowid = unindexed.record
                """)
            while try rows.step() {
                let rowID = rows.int(0)
                try db.execute(sql: "DELETE FROM search WHERE rowid = ?", arguments: [rowID])
                guard let kind = schema[try rows.number(1)], [0, 2].contains(rows.int(2)) else {
                    continue
                }
                let (title, body) = kind.searchText(try RecordState(encoded: rows.bytes(3)))
                try db.execute(
                    sql: "INSERT INTO search(rowid, title, body) VALUES (?, ?, ?)",
                    arguments: [rowID, title, body])
            }
            try db.execute(sql: "DELETE FROM unindexed")
        }
    }
}

extension KindSchema {
    /// The first searchable field, and all the others.
    fileprivate func searchText(_ state: RecordState) -> (title: String, body: String) {
        let texts = fields.filter(\.isSearchable).map { field in
            field.isSet
                ? state.elements(of: field.number).compactMap(\.text).joined(separator: " · ")
                : state.value(of: field.number)?.text ?? ""
        }
        return (
            texts.first ?? "", texts.dropFirst().filter { !$0.isEmpty }.joined(separator: " · ")
        )
    }
}
