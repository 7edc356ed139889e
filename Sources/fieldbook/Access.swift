import Notebook
import Store
import Sync

/// Whether the hub still lets this notebook in, as its last exchange found.
enum Access {
    /// Beside what `Membership` keeps.
    private static let setting = "access.endedAt"

    /// Runs an exchange, and remembers that the hub refused it, or took it.
    static func noting<Result>(
        in notebook: Notebook, _ exchange: () async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await exchange()
            try remember(nil, notebook)
            return result
        } catch SyncError.revoked {
            let now = notebook.store.environment.milliseconds()
            try remember(try ended(notebook) ?? now, notebook)
            throw SyncError.revoked
        }
    }

    /// When the hub was first found to have ended the access, in milliseconds since 1970; nil while
    /// it has not.
    static func ended(_ notebook: Notebook) throws -> UInt64? {
        try notebook.store.read { try Setting.value($0, setting) }.flatMap { UInt64($0) }
    }

    private static func remember(_ moment: UInt64?, _ notebook: Notebook) throws {
        guard try ended(notebook) != moment else { return }
        try notebook.store.write { try $0.setSetting(setting, moment.map { String($0) }) }
    }
}
