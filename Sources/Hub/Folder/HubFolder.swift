import Glibc
import Notebook
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

    /// Opens the hub in this folder to work with it; a copy becomes a hub that was put back. Throws
    /// `HubError.missing` when there is none, or none that was finished, and `.lacks` when a file of
    /// it is missing.
    package func open() throws -> Hub {
        let hub = try openToLook()
        try hub.beginIfCopy()
        return hub
    }

    /// The same for who only reads: a copy stays one. Where the disk takes nothing, with all its ballast
    /// gone, what is read are copies in memory.
    package func openToLook() throws -> Hub {
        try checkIsThere()
        do {
            // SQLite makes files of its own.
            return try Ballast(folder: path).spending {
                let hub = try opened()
                if let obstacle = hub.obstacle { throw obstacle }
                return hub
            }
        } catch let error as StoreError where error.isOfDisk {
            return try opened()
        }
    }

    /// Throws `HubError.missing` where there is no hub, or none that was finished, `.noEntry` where
    /// this user cannot say, and `.ofAnother` to who may do everything and is not whom it belongs to:
    /// what they made here, the hub's own user could not open.
    private func checkIsThere() throws {
        var folder = stat()
        if geteuid() == 0, stat(path, &folder) == 0, folder.st_uid != 0 {
            throw HubError.ofAnother(path: path, user: Self.name(of: folder.st_uid))
        }
        guard Folder.size(of: logPath) == 0 else { return }
        throw access(logPath, F_OK) != 0 && errno == EACCES
            ? HubError.noEntry(path: path) : HubError.missing(path: path)
    }

    private static func name(of user: uid_t) -> String {
        getpwuid(user).map { String(cString: $0.pointee.pw_name) } ?? "#\(user)"
    }

    private func opened() throws -> Hub {
        do {
            return try Hub(
                folder: self, file: DatabaseFile(path: logPath, format: .hub, creating: false),
                identity: KeyFile.read(keyPath), own: notebook.open())
        } catch NotebookFileError.noKey(let path) where access(path, F_OK) != 0 {
            throw HubError.lacks(path: path)
        } catch StoreError.missing(let path) {
            throw HubError.lacks(path: path)
        }
    }

    /// Takes the right to serve this folder, for as long as the claim lives. Throws
    /// `HubError.alreadyServing` when another process has it.
    package func claimToServe() throws -> Claim {
        try checkIsThere()
        return try claimServing()
    }

    /// Whether some program serves it now.
    var isServed: Bool {
        get throws { try Claim(path + "/serve.lock") == nil }
    }

    /// The same where there may be no hub yet.
    func claimServing() throws -> Claim {
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
