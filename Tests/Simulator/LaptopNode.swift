import Hub
import Notebook
import Replication
import Store
import Sync

/// A laptop of the schedule: its machine, its notebook, and what the hub lets it do.
@MainActor
final class LaptopNode {
    let name: String
    let machine: Machine
    /// The hub where it is enrolled.
    let home: HubNode
    let fuse = Fuse()
    /// Nil in memory.
    private(set) var path: String?
    private(set) var notebook: Notebook
    var role: Role { didSet { hasBeenOrganizer = hasBeenOrganizer || role != .leader } }
    /// It may have written what a leader may not.
    private(set) var hasBeenOrganizer: Bool
    var turf: RecordID?
    /// What the installed version of the program knows.
    private(set) var schema: Schema
    /// What somebody backed up, to be put back later.
    private(set) var backup: Backup?

    /// A notebook's file as it was, with the keys that lay beside it.
    struct Backup {
        fileprivate let file: DatabaseFile
        fileprivate let key: DeviceKey
        /// The last of the notebook's own commits then.
        let seq: Seq
    }

    init(
        name: String, machine: Machine, home: HubNode, path: String?, role: Role, turf: RecordID?,
        schema: Schema
    ) throws {
        self.name = name
        self.machine = machine
        self.home = home
        self.path = path
        self.role = role
        hasBeenOrganizer = role != .leader
        self.turf = turf
        self.schema = schema
        let store = try FreshFile.notebook(
            at: path, schema, machine.environment(machine.firstKey))
        notebook = try NotebookFile.begin(store, name: name, zoneName: "UTC", zone: .utc)
        try fuse.attach(to: store.file)
    }

    /// Somebody copied the whole folder to another machine.
    init(name: String, copying other: LaptopNode, machine: Machine, path: String?) throws {
        self.name = name
        self.machine = machine
        home = other.home
        self.path = path
        role = other.role
        hasBeenOrganizer = other.hasBeenOrganizer
        turf = other.turf
        schema = other.schema
        notebook = other.notebook
        try open(other.store.file, as: other.store.environment.key)
    }

    /// It is a leader's, or still reads as one.
    var isLimited: Bool {
        get throws {
            if case .spaces? = try store.meta().cursor?.scope { return true }
            return role == .leader
        }
    }

    var device: DeviceID { store.device }
    var store: Store { notebook.store }

    /// Starts the program anew after a crash: what was not committed is gone, and nothing else.
    func restart() throws {
        fuse.putOut()
        guard let path else {
            let file = try store.file.copyInMemory()
            return try use(Store(file: file, schema: schema, environment: environment()))
        }
        try use(Store(path: path, schema: schema, environment: environment()))
    }

    /// Whether the version is the newer one.
    var isNewer: Bool { schema == .newer }

    /// Installs the other version, and starts it.
    func changeVersion() throws {
        schema = isNewer ? Kinds.schema : .newer
        try restart()
    }

    /// Makes a backup, which takes the place of an earlier one.
    func keepBackup() throws {
        backup = Backup(
            file: try store.file.copyInMemory(), key: store.environment.key,
            seq: try store.meta().head.seq)
    }

    /// Puts the backup in the notebook's place: what was written since is gone, unless the hub or
    /// somebody else has it.
    func restoreBackup() throws {
        guard let backup else { return }
        path = path.map { $0 + "+" }
        try open(backup.file, as: backup.key)
    }

    /// Goes on with the notebook as an exchange left it: it may have taken a new key.
    func goOn(with notebook: Notebook) { self.notebook = notebook }

    private func open(_ file: DatabaseFile, as key: DeviceKey) throws {
        let environment = machine.environment(key)
        guard let path else {
            let copy = try file.copyInMemory()
            return try use(Store(file: copy, schema: schema, environment: environment))
        }
        try file.backup(to: path)
        try use(Store(path: path, schema: schema, environment: environment))
    }

    /// The environment with whichever of the machine's keys the notebook writes with.
    private func environment() throws -> Environment {
        let device = try store.meta().device
        guard let key = machine.allKeys.first(where: { $0.device == device }) else {
            throw Broken("\(name) has no key for its notebook.")
        }
        return machine.environment(key)
    }

    private func use(_ store: Store) throws {
        notebook = try NotebookFile.notebook(store)
        try fuse.attach(to: store.file)
    }

    /// Uses a new invitation, at first or after its access had ended.
    func join() throws {
        let hub = home.hub
        let invitation = try hub.invite(
            HubInvitation(
                name: name, roles: role == .admin ? [.organizer, .admin] : [role],
                turf: role == .leader ? turf : nil, person: nil, isPage: false,
                expires: hub.own.store.environment.milliseconds() + 600_000),
            url: "https://hub")
        let answer = try Enrolment(hub: hub).enrol(
            notebook.enrolment(code: invitation.code, keys: machine))
        try notebook.enter(answer, of: invitation, nonce: "")
    }
}
