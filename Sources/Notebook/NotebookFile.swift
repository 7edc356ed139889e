import Glibc
package import Replication
package import Store
package import Wording

/// A notebook's file on a laptop: the database, and the device's key beside it.
///
/// The key is not in the database, so that a copy of the notebook alone is not a second device that
/// writes in the same chain.
package struct NotebookFile: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    package var keyPath: String { path + ".key" }

    /// Begins a member's notebook in an empty store.
    package static func begin(
        _ store: Store, name: String, zoneName: String, zone: Zone
    ) throws -> Notebook {
        let me = Me(member: store.environment.newID(), person: nil, name: name)
        try store.write { transaction in
            try keep(me, transaction)
            try transaction.setSetting("zone", zoneName)
            try transaction.commit([Member.introduction(me)], by: me.member)
        }
        return Notebook(store: store, zone: zone, me: me)
    }

    /// Opens a notebook that is there.
    package func open(patienceMilliseconds: Int = 5000) throws -> Notebook {
        try checkIsThere()
        var left = Self.attempts
        while true {
            let keys = try KeyFile.all(keyPath)
            do {
                return try open(by: keys, patienceMilliseconds)
            } catch StoreError.wrongKey where left > 0 {
                // Another program may have given it a new one since the keys were read.
                let isSame = try KeyFile.all(keyPath).map(\.device) == keys.map(\.device)
                left = isSame ? left - 1 : Self.attempts
            }
        }
    }

    /// So often keys are tried that are the same as before.
    private static let attempts = 3

    private func open(by keys: [DeviceKey], _ patienceMilliseconds: Int) throws -> Notebook {
        var keys = keys
        while let key = keys.popLast() {
            do {
                let store = try Store(
                    path: path, schema: Kinds.schema, environment: .system(key: key),
                    patienceMilliseconds: patienceMilliseconds)
                // It may have been killed when it had taken the key and not said so.
                if !keys.isEmpty { try? take(key.device) }
                return try Self.notebook(store)
            } catch StoreError.wrongKey where !keys.isEmpty {
                // A next key that has not been taken yet lies after the current one.
                continue
            }
        }
        throw NotebookFileError.noKey(path: keyPath)
    }

    /// Throws `NotebookFileError.noEntry` where nobody can say whether there is a file, and
    /// `StoreError.missing` where there is none.
    private func checkIsThere() throws {
        guard access(path, F_OK) != 0 else {
            if isEmptyBesideAKey { throw NotebookFileError.noOwner(path: path) }
            return
        }
        throw errno == EACCES
            ? NotebookFileError.noEntry(path: path) : StoreError.missing(path: path)
    }

    /// Throws `StoreError.foreign` for a database of another program: nobody needs to look for its
    /// key.
    package func checkIsNotebook() throws {
        try checkIsThere()
        _ = try DatabaseFile(path: path, format: .notebook, creating: false)
    }

    /// The notebook in an open store, with the member that its settings name.
    package static func notebook(_ store: Store) throws -> Notebook {
        let settings = try store.read { try Setting.all($0) }
        guard let member = settings["member"].flatMap({ RecordID($0) }) else {
            throw NotebookFileError.noOwner(path: store.file.path ?? ":memory:")
        }
        let name = try store.read { try Member.name(of: member, $0) }
        let me = Me(
            member: member, person: settings["person"].flatMap { RecordID($0) },
            name: name ?? settings["name"] ?? "",
            former: (settings["member.former"] ?? "").split(separator: " ").compactMap {
                MemberID($0)
            })
        return Notebook(store: store, zone: settings["zone"].map(Zone.named) ?? .system, me: me)
    }

    /// The last key, if it comes after that of `device` and was never taken; or else one that is made
    /// now.
    package func successor(of device: DeviceID) throws -> DeviceKey {
        try Folder.alone(in: Folder.parent(of: keyPath)) {
            if let key = try KeyFile.waiting(keyPath), key.device != device { return key }
            let key = DeviceKey()
            try KeyFile.add(key, isWaiting: true, keyPath)
            return key
        }
    }

    package func take(_ device: DeviceID) throws {
        func isWaiting() throws -> Bool { try KeyFile.waiting(keyPath)?.device == device }
        guard try isWaiting() else { return }
        try Folder.alone(in: Folder.parent(of: keyPath)) {
            if try isWaiting() { try KeyFile.take(keyPath) }
        }
    }

    /// The keys before that of `device`, the last one first; none for the first.
    package func predecessors(of device: DeviceID) throws -> [DeviceKey] {
        let keys = try KeyFile.all(keyPath)
        return keys.firstIndex { $0.device == device }.map { keys[..<$0].reversed() } ?? []
    }

    /// Remembers to whom the notebook belongs.
    package static func keep(_ me: Me, _ transaction: Transaction) throws {
        try transaction.setSetting("member", me.member.description)
        try transaction.setSetting("person", me.person?.description)
        try transaction.setSetting("name", me.name)
    }

    /// Remembers who the notebook's member was in a notebook that was brought into this one: what was
    /// theirs there is theirs here.
    package static func keep(former member: MemberID, _ transaction: Transaction) throws {
        let known = try transaction.setting("member.former")
        try transaction.setSetting(
            "member.former", (known.map { $0 + " " } ?? "") + member.description)
    }
}

/// What is wrong with a notebook's files.
package enum NotebookFileError: Error, Equatable, Explained {
    case exists(path: String)
    /// What was to be written has that name.
    case alreadyThere(path: String)
    case noKey(path: String)
    /// Others on this machine may read the key.
    case openKey(path: String)
    /// A folder on the way to the file may not be entered.
    case noEntry(path: String)
    case noOwner(path: String)
    case noBackup(path: String)
    /// A backup in which something is not as it was written.
    case damagedBackup(path: String, Phrase)

    package var explanation: Phrase {
        switch self {
        case .exists(let path):
            """
            There is a notebook already: "\(path)". It was left as it is. Use it, or name another \
            file with --notebook.
            """
        case .alreadyThere(let path):
            "\"\(path)\" is already there, and was left as it is. Name another file."
        case .noKey(let path):
            """
            The notebook's key "\(path)" is missing or unreadable. Without it nothing can be \
            written. Put it back from where the notebook came, or restore a backup.
            """
        case .openKey(let path):
            """
            Others on this machine may read the key "\(path)", and with it write in its owner's name. \
            Nothing was done. Close it with: chmod 600 "\(path)"
            """
        case .noEntry(let path):
            """
            Whether there is a notebook "\(path)" cannot be said: you have no permission to enter its \
            folder. Ask the folder's owner, or name another file with --notebook.
            """
        case .noOwner(let path):
            """
            The notebook "\(path)" was not finished: its making was cut off. Run "fieldbook init" \
            again, which makes it anew when nothing was written in it.
            """
        case .noBackup(let path):
            "There is no backup \"\(path)\". Name the file that \"fieldbook backup\" wrote."
        case .damagedBackup(let path, let problem):
            """
            The backup "\(path)" is damaged. Nothing was changed. Use an older backup. What was found \
            in it: \(problem)
            """
        }
    }
}
