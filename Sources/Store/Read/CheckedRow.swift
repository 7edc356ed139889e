package import GRDB

/// A row does not hold what was written: its file is damaged. It says nothing of what is there
/// instead, which may be a secret.
package struct UnreadableRow: Error {
    package init() {}
}

extension Row {
    /// The value in a column. Throws `UnreadableRow` for one that is missing or of another type, where
    /// a subscript would print the row and end the program.
    package func value<Value: DatabaseValueConvertible>(_ index: Int) throws -> Value {
        guard let value = Value.fromDatabaseValue(self[index] as DatabaseValue) else {
            throw UnreadableRow()
        }
        return value
    }

    /// The same where there may be none.
    package func optional<Value: DatabaseValueConvertible>(_ index: Int) throws -> Value? {
        (self[index] as DatabaseValue).isNull ? nil : try value(index)
    }

    /// A moment in milliseconds since 1970, or another number that is never below zero.
    package func count(_ index: Int) throws -> UInt64 {
        guard let count = UInt64(exactly: try value(index) as Int64) else { throw UnreadableRow() }
        return count
    }

    /// The value in a column; nil where there is none, or one of another type.
    package func shown<Value: DatabaseValueConvertible>(_ column: String) -> Value? {
        Value.fromDatabaseValue(self[column] as DatabaseValue)
    }
}
