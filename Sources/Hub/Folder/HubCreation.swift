import Foundation
import GRDB
import Glibc
package import Notebook
import Replication
import Store
import Wording

/// How a hub comes to be. Its log gets its name last: before that, there is no hub.
extension HubFolder {
    /// Makes a hub for a congregation, also where the making of one was cut off. Throws
    /// `HubError.exists` when there is one, and what `takeFolder` throws.
    package func create(
        congregation: String, url: String?, zoneName: String, zone: Zone
    ) throws -> Hub {
        guard try !isMade else { throw HubError.exists(path: path) }
        try FieldRules.checkName(congregation)
        try takeFolder()
        return try Folder.alone(in: path) {
            guard try !isMade else { throw HubError.exists(path: path) }
            try removeUnfinished()
            let draft = logPath + ".unfinished"
            defer { Self.removeDatabase(draft) }
            let identity = DeviceKey()
            try KeyFile.add(identity, keyPath)
            let own = try notebook.createAlone(
                name: said("the hub of \(congregation)"), zoneName: zoneName, zone: zone)
            try Hub.create(
                congregation: congregation, url: url, folder: self,
                file: DatabaseFile(path: draft, format: .hub, creating: true),
                identity: identity, own: own
            ).close()
            Self.removeDatabase(logPath)
            NotebookFile(path: draft).removeCompanions()
            try Folder.rename(draft, to: logPath)
            try Folder.flush(path)
            return try open()
        }
    }

    /// Whether there is a hub, whatever its state.
    private var isMade: Bool {
        get throws {
            guard Folder.size(of: logPath) > 0 else { return Folder.size(of: logPath + "-wal") > 0 }
            let file = try DatabaseFile(path: logPath, format: .hub, creating: false)
            let isMade = try file.read { db in
                try Bool.fetchOne(
                    db.cachedStatement(
                        sql: """
                            SELECT EXISTS (SELECT 1 FROM meta) OR EXISTS (SELECT 1 FROM log)
                                OR EXISTS (SELECT 1 FROM member)
                            """)) ?? true
            }
            try file.close()
            return isMade
        }
    }

    /// What a hub that was not finished has left. Its keys stay in their files, before the new ones.
    private func removeUnfinished() throws {
        if access(notebook.path, F_OK) == 0, !notebook.isEmptyBesideAKey,
            try !notebook.holds(records: 1)
        {
            throw HubError.onlyPart(path: path)
        }
        notebook.removeDatabase()
        Self.removeDatabase(logPath + ".unfinished")
    }

    private static func removeDatabase(_ path: String) {
        NotebookFile(path: path).removeDatabase()
    }
}

extension HubFolder {
    /// Makes the folder, or takes one that is there: when it is empty it becomes the hub's, and
    /// when nobody else may look into it it stays as it is. Throws `HubError.folderOfOthers`
    /// for somebody's documents, which a hub would hide from those who share them.
    func takeFolder() throws {
        guard access(path, F_OK) == 0 else { return try Folder.create(path) }
        guard try !isPrivate else { return }
        let others = try FileManager.default.contentsOfDirectory(atPath: path).filter {
            !$0.hasPrefix("hub.") && !$0.hasPrefix("notebook.sqlite")
        }
        guard others.isEmpty else { throw HubError.folderOfOthers(path: path) }
        guard chmod(path, 0o700) == 0 else { throw StoreError.opening(path, errno) }
    }

    private var isPrivate: Bool {
        get throws {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
            return mode & 0o077 == 0
        }
    }
}
