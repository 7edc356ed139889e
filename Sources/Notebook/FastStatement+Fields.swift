import Foundation
import Replication
import Store

/// What fields hold, read without boxes.
extension FastStatement {
    /// The id in a column; nil where there is none.
    func optionalID(_ column: Int32) throws -> RecordID? {
        isNull(column) ? nil : try id(column)
    }

    /// The day in a column; nil where there is none.
    func day(_ column: Int32) -> Day? { isNull(column) ? nil : Day(number: int(column)) }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    /// The text in a column; nil for one of white space alone.
    func filledText(_ column: Int32) -> String? {
        optionalText(column).flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }

    /// The elements of a set of texts in a column.
    func texts(_ column: Int32) -> [String] {
        guard let json = optionalText(column), json != "[]" else { return [] }
        return (try? JSONDecoder().decode([String].self, from: Data(json.utf8))) ?? []
    }

    /// How many people, in a column; nil where nobody says. What an import brought beyond what is taken
    /// must not end the sum.
    func people(_ column: Int32) -> Int? {
        isNull(column) ? nil : Int(min(max(int(column), 0), FieldRules.most))
    }

    /// Binds one id after the other.
    mutating func bind(_ ids: [RecordID]) {
        for id in ids { bind(id.bytes) }
    }
}
