import Foundation
import GRDB
import Hub
import Notebook
import Replication
import Store
import Sync

/// The schedule's hub: the same log, door and notebook as a real one, without HTTP.
@MainActor
final class HubNode {
    let name: String
    let machine: Machine
    /// The turfs that it has from the start.
    var turfs: [RecordID] = []
    private let identity: DeviceKey
    let fuse = Fuse()
    /// What the installed version of the program knows.
    private var schema = Kinds.schema
    private var folder: String?
    private let pageSize: PageSize
    private(set) var hub: Hub
    private var backup: (log: DatabaseFile, notebook: DatabaseFile, device: DeviceID)?
    /// Whose notebook was backed up at the same moment.
    private(set) var backedUpWith: LaptopNode?

    init(
        name: String, machine: Machine, identity: DeviceKey, folder: String?, pageSize: PageSize
    ) throws {
        self.name = name
        self.machine = machine
        self.identity = identity
        self.folder = folder
        self.pageSize = pageSize
        let own = try NotebookFile.begin(
            FreshFile.notebook(
                at: folder.map { $0 + "/notebook.sqlite" }, Kinds.schema,
                machine.environment(machine.firstKey)),
            name: name, zoneName: "UTC", zone: .utc)
        let file = try FreshFile.hub(at: folder.map { $0 + "/hub.sqlite" })
        hub = try Hub.create(
            congregation: name, url: nil, folder: HubFolder(path: folder ?? ":memory:"),
            file: file, identity: identity, own: own, keys: machine, pageSize: pageSize)
        try attach()
    }

    var hasBackup: Bool { backup != nil }

    func keepBackup(with laptop: LaptopNode?) throws {
        backedUpWith = laptop
        // As the nightly backup does: the notebook first.
        let notebook = try hub.own.store.file.copyInMemory()
        backup = (try hub.file.copyInMemory(), notebook, hub.own.store.device)
    }

    /// Puts the backup in the hub's place: what it took in since is gone.
    func restoreBackup(isSaid: Bool) throws {
        guard let backup else { return }
        guard let key = machine.allKeys.first(where: { $0.device == backup.device }) else {
            throw Broken("the hub has no key for its notebook.")
        }
        let environment = machine.environment(key)
        fuse.putOut()
        if let old = folder {
            let folder = old + "+"
            self.folder = folder
            try Folder.create(folder)
            try backup.log.backup(to: folder + "/hub.sqlite")
            try backup.notebook.backup(to: folder + "/notebook.sqlite")
            try open(folder, environment)
        } else {
            let own = try Store(
                file: backup.notebook.copyInMemory(), schema: schema,
                environment: environment)
            try use(backup.log.copyInMemory(), own, HubFolder(path: ":memory:"))
        }
        if isSaid { try hub.wasRestored() }
    }

    private func attach() throws {
        try fuse.attach(to: hub.file)
        try fuse.attach(to: hub.own.store.file)
    }

    /// Starts the program anew after a crash.
    func restart() throws {
        fuse.putOut()
        let environment = hub.own.store.environment
        guard let folder else {
            let own = try Store(
                file: hub.own.store.file.copyInMemory(), schema: schema,
                environment: environment)
            return try use(hub.file.copyInMemory(), own, HubFolder(path: ":memory:"))
        }
        try open(folder, environment)
    }

    /// Installs the other version, and starts it.
    func changeVersion() throws {
        schema = schema == .newer ? Kinds.schema : .newer
        try restart()
    }

    private func open(_ folder: String, _ environment: Environment) throws {
        try use(
            DatabaseFile(path: folder + "/hub.sqlite", format: .hub, creating: false),
            Store(
                path: folder + "/notebook.sqlite", schema: schema, environment: environment),
            HubFolder(path: folder))
    }

    private func use(_ file: DatabaseFile, _ own: Store, _ folder: HubFolder) throws {
        hub = try Hub(
            folder: folder, file: file, identity: identity, own: NotebookFile.notebook(own),
            keys: machine, pageSize: pageSize)
        try attach()
    }

    /// What the log holds of a device's commit.
    enum Kept { case whole, stub, nothing }

    func kept(_ dot: Dot) throws -> Kept {
        try hub.read { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT space IS NULL FROM log WHERE device = ? AND deviceSeq = ?",
                arguments: [Int64(bitPattern: dot.device.rawValue), Int64(dot.seq)])
            guard let row else { return .nothing }
            return row[0] ? .stub : .whole
        }
    }

    /// What is in blocks of snapshots, those that the log is packed in included.
    func commitsInBlocks() throws -> [Commit] {
        try hub.read { db in
            try Int64.fetchAll(db, sql: "SELECT id FROM snapshotBlock ORDER BY id").flatMap {
                try PackedBlocks.contents(of: $0, db)
            }
        }
    }

    /// Every commit that was let in, straight from the log's table.
    func commits() throws -> [Commit] {
        try hub.read { db in
            var row = try FastStatement(
                db,
                """
                SELECT device, deviceSeq, stamp, effective, author, kind, record, act, payload
                FROM log WHERE space IS NOT NULL ORDER BY seq
                """)
            let packed = PackedBlocks(db)
            var commits: [Commit] = []
            while try row.step() {
                let dot = Dot(DeviceID(rawValue: row.unsigned(0)), try row.seq(1))
                let key = RecordKey(try row.number(5), try row.id(6))
                guard !row.isNull(8) else {
                    var commit = try packed.commit(dot, of: key)
                    commit.effective = try row.stamp(3)
                    commits.append(commit)
                    continue
                }
                commits.append(
                    Commit(
                        dot: dot, stamp: try row.stamp(2), effective: try row.stamp(3),
                        author: try row.id(4), key: key, transaction: try row.seq(7), salt: nil,
                        writes: try Payload.decode(row.bytes(8))))
            }
            return commits
        }
    }

    /// Where a record lives, as the hub knows it.
    func place(of key: RecordKey) throws -> SpaceID? {
        try hub.read { db in
            var row = try FastStatement(
                db, "SELECT space FROM place WHERE record = ? AND kind = ?")
            row.bind(key.id.bytes)
            row.bind(Int64(key.kind))
            defer { row.reset() }
            return try row.step() ? try row.id(0) : nil
        }
    }

    func erasedRecords() throws -> Set<RecordKey> {
        try hub.read { db in
            var row = try FastStatement(db, "SELECT kind, record FROM place WHERE erased = 1")
            var keys: Set<RecordKey> = []
            while try row.step() { keys.insert(RecordKey(try row.number(0), try row.id(1))) }
            return keys
        }
    }

    /// What it refused.
    func refusedDots() throws -> Set<Dot> {
        try hub.read { db in
            var row = try FastStatement(db, "SELECT device, deviceSeq FROM refusal")
            var dots: Set<Dot> = []
            while try row.step() {
                dots.insert(Dot(DeviceID(rawValue: row.unsigned(0)), try row.seq(1)))
            }
            return dots
        }
    }

    func logEnd() throws -> Int64 {
        try hub.read { try Int64.fetchOne($0, sql: "SELECT max(seq) FROM log") ?? 0 }
    }

    var id: DeviceID { identity.device }

    /// What this hub agrees to share with another; nothing when they do not know each other.
    func agreed(with other: HubNode) throws -> Set<SpaceID> {
        try hub.peers().first { $0.peer.id == other.id }?.peer.spaces ?? []
    }

    /// Agrees to share these spaces with another hub.
    func agree(with other: HubNode, on spaces: Set<SpaceID>) throws {
        let link = PeerLink(url: "https://hub", hubKey: other.identity.publicKey)
        _ = try hub.addPeer(link, name: other.name, spaces: spaces)
    }

    /// The records that another congregation has taken where nobody here reads them.
    func foreignRecords() throws -> Set<RecordKey> {
        try hub.read { db in
            let own = Set(
                // And those that a peer has told of, since they came after the backup that was put back.
                try Int64.fetchAll(
                    db,
                    sql: """
                        SELECT id FROM device
                        UNION SELECT id FROM foreignDevice WHERE congregation = ?
                        """, arguments: [Data(hub.settings.congregation.bytes)]
                ).map { DeviceID(rawValue: UInt64(bitPattern: $0)) })
            var row = try FastStatement(
                db,
                """
                SELECT kind, record, cell FROM place
                WHERE space <> ? AND space NOT IN (SELECT record FROM place WHERE kind = ?)
                """)
            row.bind(Space.commons.bytes)
            row.bind(Int64(Turf.kind.number))
            var keys: Set<RecordKey> = []
            while try row.step() {
                let mover = try RecordState(encoded: row.bytes(2))[CommonField.space]?.winner
                guard let mover, !own.contains(mover.dot.device) else { continue }
                keys.insert(RecordKey(try row.number(0), try row.id(1)))
            }
            return keys
        }
    }

    /// The commits on the records of a space.
    func dots(in space: SpaceID) throws -> [RecordKey: Set<Dot>] {
        let commits = try commits()
        let keys = try Set(commits.map(\.key)).filter { try place(of: $0) == space }
        return Dictionary(grouping: commits.filter { keys.contains($0.key) }, by: \.key)
            .mapValues { Set($0.map(\.dot)) }
    }
}
