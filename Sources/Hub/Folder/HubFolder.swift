import Glibc
package import Notebook
import Replication
import Store

/// A hub's folder: its log, its key, its notebook, its backups and reports. For its owner alone.
package struct HubFolder: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    var logPath: String { path + "/hub.sqlite" }
    var keyPath: String { path + "/hub.key" }
    var notebook: NotebookFile { NotebookFile(path: path + "/notebook.sqlite") }
    package var backups: String { path + "/backups" }
    package var reports: String { path + "/reports" }

    /// Makes a hub for a congregation. Throws `HubError.exists` when there is one.
    package func create(
        congregation: String, url: String?, zoneName: String, zone: Zone
    ) throws -> Hub {
        guard access(logPath, F_OK) != 0 else { throw HubError.exists(path: path) }
        try Folder.create(path)
        chmod(path, 0o700)
        let identity = DeviceKey()
        try KeyFile.write(identity, keyPath)
        let own = try notebook.create(
            name: "the hub of \(congregation)", zoneName: zoneName, zone: zone)
        let file = try DatabaseFile(path: logPath, format: .hub, creating: true)
        return try Hub.create(
            congregation: congregation, url: url, folder: self, file: file, identity: identity,
            own: own)
    }

    /// Opens the hub in this folder. Throws `HubError.missing` when there is none.
    package func open() throws -> Hub {
        guard access(logPath, F_OK) == 0 else { throw HubError.missing(path: path) }
        return try Hub(
            folder: self, file: DatabaseFile(path: logPath, format: .hub, creating: false),
            identity: KeyFile.read(keyPath), own: notebook.open())
    }

    /// Takes the right to serve this folder, for as long as the claim lives. Throws
    /// `HubError.alreadyServing` when another process has it.
    package func claimToServe() throws -> Claim {
        guard access(logPath, F_OK) == 0 else { throw HubError.missing(path: path) }
        guard let claim = try Claim(path + "/serve.lock") else {
            throw HubError.alreadyServing(path: path)
        }
        return claim
    }

    /// Takes the right to do this folder's night's work. Throws `HubError.nightIsRunning` when
    /// somebody else has it.
    package func claimNight() throws -> Claim {
        guard let claim = try Claim(path + "/nightly.lock") else {
            throw HubError.nightIsRunning(path: path)
        }
        return claim
    }
}
