/// What stops a replay or a benchmark: a check that failed, or something that is missing.
package struct BenchError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Throws unless a condition holds.
package func check(_ condition: Bool, _ complaint: @autoclosure () -> String) throws {
    guard condition else { throw BenchError(complaint()) }
}
