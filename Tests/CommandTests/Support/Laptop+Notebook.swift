import Notebook
import Replication
import Store

extension Laptop {
    /// What a hub would do: each notebook gets what the other wrote.
    static func exchange(_ one: Laptop, _ other: Laptop) throws {
        let stores = try [one, other].map { try $0.open().store }
        let commits = try stores.map { store in
            let request = try store.request(for: RecordID(rawValue: 1), maxCommits: 4096)
            return request.push?.entries.compactMap(\.commit) ?? []
        }
        for (store, commits) in zip(stores, commits.reversed()) {
            try store.write { transaction in
                for commit in commits { try transaction.merge(commit) }
            }
        }
    }

    /// Writes past the verbs, as an older or a newer program may.
    func write(_ key: RecordKey, home: SpaceID = Space.organizers, _ changes: Change...) throws {
        let notebook = try open()
        _ = try notebook.store.write { transaction in
            try transaction.commit([Edit(key, home: home, changes)], by: notebook.me.member)
        }
    }

    /// What joining a hub leaves in a notebook. A leader's reads its turf alone.
    func join(as role: String, turf: RecordID? = nil) throws {
        try open().store.write { transaction in
            try transaction.setSetting("hub.url", "https://hub.example")
            try transaction.setSetting("hub.key", Hex.encode(DeviceKey().publicKey.bytes))
            try transaction.setSetting("hub.congregation", RecordID(rawValue: 7).description)
            try transaction.setSetting("hub.congregationName", "St. Mark")
            try transaction.setSetting("hub.roles", role)
            let cursor = Cursor(hub: DeviceID(rawValue: 9), epoch: Epoch(rawValue: 1))
            try transaction.startReading(
                cursor.covering(turf.map { .spaces([Space.commons, $0]) } ?? .everything))
        }
    }

    func open() throws -> Notebook { try NotebookFile(path: notebook).open() }
}
