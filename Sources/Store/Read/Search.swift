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
    /// The records that hold all the words of `text`, or words that begin with them: first those that
    /// are called so, and of each the newest first. Accents and case make no difference.
    ///
    /// Writing a record does not index it; the first search after it does. `others` gives words that
    /// are as good as one of the text's.
    package func find(
        _ text: String, limit: Int = 50, others: (String) -> [String] = { _ in [] }
    ) throws -> [SearchHit] {
        try bringSearchUpToDate()
        let words = text.searchWords.map { [$0] + others($0) }
        guard !words.isEmpty else { return [] }
        return try read { db in
            var row = try matches(words, limit, db)
            var hits: [SearchHit] = []
            while try row.step() {
                let key = RecordKey(try row.number(0), try row.id(1))
                guard let kind = schema[key.kind],
                    let found = SearchWords(of: try RecordState(encoded: row.bytes(2)), kind)
                else { continue }
                let snippet = Snippet(of: words.flatMap { $0 }, in: found).text
                hits.append(SearchHit(key: key, title: found.title, snippet: snippet))
            }
            return hits
        }
    }

    /// Records of a kind in whose name, or in all of whose texts, all the words of one of several lists
    /// are, each in one of its forms. The newest first, and no more than 400.
    package func keys(
        of kind: Kind, named lists: [[[SearchWord]]]
    ) throws -> [RecordID] {
        try keys(of: kind, lists, column: "title : ")
    }

    package func keys(
        of kind: Kind, holding lists: [[[SearchWord]]]
    ) throws -> [RecordID] {
        try keys(of: kind, lists, column: "")
    }

    private func keys(
        of kind: Kind, _ lists: [[[SearchWord]]], column: String
    ) throws -> [RecordID] {
        guard !lists.isEmpty else { return [] }
        try bringSearchUpToDate()
        let query = lists.map { words in
            words.map { "(\($0.map(\.query).joined(separator: " OR ")))" }
                .joined(separator: " AND ")
        }.map { "(\($0))" }.joined(separator: " OR ")
        return try read { db in
            var row = try FastStatement(
                db,
                """
                SELECT record.id FROM search JOIN record ON record.rowid = search.rowid
                WHERE search MATCH ? AND record.kind = ? ORDER BY search.rowid DESC LIMIT 400
                """)
            row.bind(text: Array("\(column)(\(query))".utf8))
            row.bind(Int64(kind))
            var ids: [RecordID] = []
            while try row.step() { ids.append(try row.id(0)) }
            return ids
        }
    }

    /// How many records of all kinds have a word in their name.
    package func countRecords(named word: String) throws -> Int {
        try bringSearchUpToDate()
        return try read { db in
            var row = try FastStatement(db, "SELECT count(*) FROM search WHERE search MATCH ?")
            row.bind(text: Array("title : \(SearchWord.whole(word).query)".utf8))
            defer { row.reset() }
            return try row.step() ? Int(row.int(0)) : 0
        }
    }

    private func bringSearchUpToDate() throws {
        if try !read({ try SearchIndex(schema: schema, db: $0).isCurrent() }) {
            try write(derived: true) {
                try SearchIndex(schema: schema, db: $0.db).bringUpToDate($0)
            }
        }
    }

    private func matches(
        _ words: [[String]], _ limit: Int, _ db: Database
    ) throws -> FastStatement {
        let query = try words.map { (forms) -> String in
            let all =
                try SearchWord.all(startingWith: forms[0], db)
                + forms.dropFirst().map { .whole($0) }
            return "(\(all.map(\.query).joined(separator: " OR ")))"
        }.joined(separator: " AND ")
        var row = try FastStatement(
            db,
            """
            WITH named AS MATERIALIZED (
                SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?3),
            others AS (
                SELECT rowid FROM search WHERE search MATCH ?2 AND rowid NOT IN named
                ORDER BY rowid DESC LIMIT ?3 - (SELECT count(*) FROM named)),
            found AS (
                SELECT rowid, 1 AS isNamed FROM named UNION ALL SELECT rowid, 0 FROM others
                ORDER BY isNamed DESC, rowid DESC LIMIT ?3)
            SELECT record.kind, record.id, record.state
            FROM found JOIN record ON record.rowid = found.rowid
            ORDER BY isNamed DESC, found.rowid DESC
            """)
        row.bind(text: Array("title : (\(query))".utf8))
        row.bind(text: Array(query.utf8))
        row.bind(Int64(limit))
        return row
    }
}
