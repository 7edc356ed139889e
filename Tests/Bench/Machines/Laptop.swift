package import Notebook
import Replication
import Store
import Sync

/// A laptop: a notebook of its own, whose clock and dice we hold.
package struct Laptop: Sendable {
    package let name: String
    package let world: World
    package let notebook: Notebook
    package let path: String

    /// Makes the notebook's file as `fieldbook init` would, and the key beside it.
    package init(_ name: String, in folder: String, seed: UInt64, milliseconds: UInt64) throws {
        self.name = name
        path = "\(folder)/\(name).sqlite"
        let world = World(seed: seed, milliseconds: milliseconds)
        self.world = world
        guard let key = DeviceKey(bytes: world.bytes(32)) else {
            throw BenchError("32 bytes are a key.")
        }
        try KeyFile.write(key, to: path + ".key")
        let environment = Environment(
            milliseconds: { world.milliseconds }, randomBytes: { world.bytes($0) }, key: key)
        let store = try Store(
            path: path, schema: Kinds.schema, environment: environment, creating: true)
        let me = Me(member: environment.newID(), person: nil, name: name)
        try store.write { transaction in
            try NotebookFile.keep(me, transaction)
            try transaction.setSetting("zone", "UTC")
            try transaction.commit([Member.introduction(me)], by: me.member)
        }
        notebook = Notebook(store: store, zone: .utc, me: me)
    }

    /// Joins by a link, through another address when one is given.
    package func join(_ link: String, through url: String? = nil) async throws {
        let invitation = try Invitation(link)
        _ = try await notebook.join(
            Invitation(
                url: url ?? invitation.url, code: invitation.code, hubKey: invitation.hubKey))
    }
}
