import Replication

/// What a scope leaves of a table, for SQL that binds the same scope's `bound`.
extension Scope {
    /// Goes on with a condition: nothing for a scope that leaves everything.
    func condition(_ column: String = "space") -> String {
        switch self {
        case .everything: ""
        case .spaces: "AND \(column) IN (\(bound.marks))"
        }
    }

    /// The ids that the condition has marks for.
    var bound: [SpaceID] {
        switch self {
        case .everything: []
        case .spaces(let spaces): spaces.sorted()
        }
    }
}
