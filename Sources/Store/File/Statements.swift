package import GRDB

extension Database {
    /// Runs a statement that returns nothing. A connection compiles it once, where `execute(sql:)`
    /// does so each time.
    package func run(
        _ sql: String, _ arguments: StatementArguments = StatementArguments()
    ) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
