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
    let fuse = Fuse()
    /// Nil in memory.
    let path: String?
    private(set) var notebook: Notebook
    var role: Role
    var turf: RecordID?

    init(name: String, machine: Machine, path: String?, role: Role, turf: RecordID?) throws {
        self.name = name
        self.machine = machine
        self.path = path
        self.role = role
        self.turf = turf
        let store = try Store(
            path: path, schema: Kinds.schema, environment: machine.environment, creating: true)
        notebook = try NotebookFile.begin(store, name: name, zoneName: "UTC", zone: .utc)
        try fuse.attach(to: store.file)
    }

    var device: DeviceID { machine.key.device }
    var store: Store { notebook.store }

    /// Starts the program anew after a crash: what was not committed is gone, and nothing else.
    func restart() throws {
        fuse.putOut()
        guard let path else { return }
        notebook = try NotebookFile.notebook(
            Store(path: path, schema: Kinds.schema, environment: machine.environment))
        try fuse.attach(to: store.file)
    }

    /// Uses a new invitation, at first or after its access had ended.
    func join(_ hub: Hub) throws {
        let invitation = try hub.invite(
            HubInvitation(
                name: name, roles: role == .admin ? [.organizer, .admin] : [role],
                turf: role == .leader ? turf : nil, person: nil, isPage: false,
                expires: hub.own.store.environment.milliseconds() + 600_000),
            url: "http://hub")
        let answer = try Enrolment(hub: hub).enrol(
            EnrolRequest(
                code: invitation.code, publicKey: machine.key.publicKey,
                member: notebook.me.member))
        try notebook.enter(answer, of: invitation, nonce: "")
    }
}
