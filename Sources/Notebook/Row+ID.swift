import Foundation
import GRDB
import Replication
import Store

extension Row {
    /// The id in a column; nil when there is none.
    func id(_ column: String) -> RecordID? {
        (shown(column) as Data?).flatMap { RecordID(bytes: $0) }
    }

    /// The day in a column; nil when there is none.
    func day(_ column: String) -> Day? {
        (shown(column) as Int64?).map(Day.init(number:))
    }

    /// The elements of a set of texts in a column.
    func texts(_ column: String) -> [String] {
        guard let json = shown(column) as String? else { return [] }
        return (try? JSONDecoder().decode([String].self, from: Data(json.utf8))) ?? []
    }
}

extension RecordID {
    /// The id as SQL binds it.
    var data: Data { Data(bytes) }
}

extension [RecordID] {
    /// As many places for ids in SQL.
    var marks: String { map { _ in "?" }.joined(separator: ",") }
}
