import Foundation
import GRDB
import Replication
import Store

/// Ids as SQL has them.
enum Data16 {
    static func data(_ id: RecordID) -> Data { Data(id.bytes) }

    /// The ids in the first column of what a query with one text finds.
    static func ids(_ db: Database, _ sql: String, _ text: String) throws -> [RecordID] {
        var statement = try FastStatement(db, sql)
        statement.bind(text: Array(text.utf8))
        var ids: [RecordID] = []
        while try statement.step() { ids.append(try statement.id(0)) }
        return ids
    }
}
