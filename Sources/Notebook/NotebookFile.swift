import Glibc
package import Replication
package import Store

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

    /// Makes a new notebook for a member. Throws when there is one already.
    package func create(name: String, zoneName: String, zone: Zone) throws -> Notebook {
        guard access(path, F_OK) != 0 else { throw NotebookFileError.exists(path: path) }
        try Folder.create(Folder.parent(of: path))
        let key = DeviceKey()
        try KeyFile.write(key, keyPath)
        let environment = Environment.system(key: key)
        let store = try Store(
            path: path, schema: Kinds.schema, environment: environment, creating: true)
        return try Self.begin(store, name: name, zoneName: zoneName, zone: zone)
    }

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
        var keys = try KeyFile.all(keyPath)
        while let key = keys.popLast() {
            do {
                let store = try Store(
                    path: path, schema: Kinds.schema, environment: .system(key: key),
                    patienceMilliseconds: patienceMilliseconds)
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
        guard access(path, F_OK) != 0 else { return }
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
        let me = Me(
            member: member, person: settings["person"].flatMap { RecordID($0) },
            name: settings["name"] ?? "")
        return Notebook(store: store, zone: settings["zone"].map(Zone.named) ?? .system, me: me)
    }

    /// The key after that of `device`; made now when there is none yet.
    package func successor(of device: DeviceID) throws -> DeviceKey {
        if let last = try KeyFile.all(keyPath).last, last.device != device { return last }
        let key = DeviceKey()
        try KeyFile.add(key, keyPath)
        return key
    }

    /// Remembers to whom the notebook belongs.
    package static func keep(_ me: Me, _ transaction: Transaction) throws {
        try transaction.setSetting("member", me.member.description)
        try transaction.setSetting("person", me.person?.description)
        try transaction.setSetting("name", me.name)
    }
}

/// What is wrong with a notebook's files.
package enum NotebookFileError: Error, Equatable, CustomStringConvertible {
    case exists(path: String)
    case noKey(path: String)
    /// A folder on the way to the file may not be entered.
    case noEntry(path: String)
    case noOwner(path: String)

    package var description: String {
        switch self {
        case .exists(let path):
            """
            There is a notebook already: "\(path)". It was left as it is. Use it, or name another \
            file with --notebook.
            """
        case .noKey(let path):
            """
            The notebook's key "\(path)" is missing or unreadable. Without it nothing can be \
            written. Put it back from where the notebook came, or restore a backup.
            """
        case .noEntry(let path):
            """
            Whether there is a notebook "\(path)" cannot be said: you have no permission to enter its \
            folder. Ask the folder's owner, or name another file with --notebook.
            """
        case .noOwner(let path):
            "The notebook \"\(path)\" was not finished. Remove it and run \"fieldbook init\" again."
        }
    }
}

extension Environment {
    /// The machine's clock and random source.
    package static func system(key: DeviceKey) -> Environment {
        Environment(
            milliseconds: {
                var now = timespec()
                clock_gettime(CLOCK_REALTIME, &now)
                return UInt64(max(0, now.tv_sec)) * 1000 + UInt64(now.tv_nsec) / 1_000_000
            },
            randomBytes: { count in
                var generator = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            }, key: key)
    }
}

/// A device's private key in a file of its own, for its owner alone.
package enum KeyFile {
    package static func write(_ key: DeviceKey, _ path: String) throws {
        try write(Array((Hex.encode(key.bytes) + "\n").utf8), path)
    }

    private static func write(_ text: [UInt8], _ path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw errno == EEXIST
                ? NotebookFileError.exists(path: path) : StoreError.notWritable(path: path)
        }
        defer { close(file) }
        guard Glibc.write(file, text, text.count) == text.count, fsync(file) == 0 else {
            throw StoreError.diskFull(path: path)
        }
    }

    /// The last key in the file.
    package static func read(_ path: String) throws -> DeviceKey {
        guard let key = try all(path).last else { throw NotebookFileError.noKey(path: path) }
        return key
    }

    /// Every key in the file, a line each: the earlier ones first.
    package static func all(_ path: String) throws -> [DeviceKey] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw NotebookFileError.noKey(path: path) }
        defer { close(file) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = Glibc.read(file, &buffer, buffer.count), count > 0 {
            text += buffer[..<count]
            guard text.count < 1 << 20 else { throw NotebookFileError.noKey(path: path) }
        }
        let keys = try String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .map { line in
                guard let key = Hex.decode(line).flatMap({ DeviceKey(bytes: $0) }) else {
                    throw NotebookFileError.noKey(path: path)
                }
                return key
            }
        guard !keys.isEmpty else { throw NotebookFileError.noKey(path: path) }
        return keys
    }

    /// Adds a key at the end. The file is replaced whole, so that no crash leaves half of one.
    static func add(_ key: DeviceKey, _ path: String) throws {
        let text = try (all(path) + [key]).map { Hex.encode($0.bytes) + "\n" }.joined()
        let draft = path + ".unfinished"
        unlink(draft)
        try write(Array(text.utf8), draft)
        guard rename(draft, path) == 0 else { throw StoreError.notWritable(path: path) }
    }
}

/// Folders for their owner alone.
package enum Folder {
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes a folder and those above it. One that is there stays as it is.
    package static func create(_ path: String) throws {
        if path.isEmpty || access(path, F_OK) == 0 { return }
        try create(parent(of: path))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw StoreError.notWritable(path: path)
        }
    }
}
