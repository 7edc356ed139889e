import GRDB
import Histories
import Hub
import Replication
import Store

/// Files in which nobody has written yet. Those in memory are copies of one: to make all tables anew
/// for every laptop takes a fourth of a schedule's time.
@MainActor
enum FreshFile {
    private static var notebooks: [Bool: DatabaseFile] = [:]
    private static var log: DatabaseFile?

    /// A notebook, in memory without a path.
    static func notebook(
        at path: String?, _ schema: Schema, _ environment: Environment
    ) throws -> Store {
        if let path {
            return try Store(path: path, schema: schema, environment: environment, creating: true)
        }
        let isNewer = schema == .newer
        let made = try notebooks[isNewer] ?? makeNotebook(schema)
        notebooks[isNewer] = made
        return try Store(file: made.copyInMemory(), schema: schema, environment: environment)
    }

    /// A hub's log, in memory without a path.
    static func hub(at path: String?) throws -> DatabaseFile {
        if path != nil { return try DatabaseFile(path: path, format: .hub, creating: true) }
        let made = try log ?? DatabaseFile(path: nil, format: .hub, creating: true)
        log = made
        return try made.copyInMemory()
    }

    /// One that belongs to no device.
    private static func makeNotebook(_ schema: Schema) throws -> DatabaseFile {
        let machine = try Machine(clock: VirtualClock(milliseconds: 0), seed: 0)
        let store = try Store(
            path: nil, schema: schema, environment: machine.environment(machine.firstKey))
        try store.file.write { try $0.execute(sql: "DELETE FROM meta WHERE key = 'device'") }
        return store.file
    }
}
