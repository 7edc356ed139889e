import GRDB
import Replication
import Store

/// The hub was put back from a backup, and what it took in since is gone. Its laptops have what they
/// wrote, and send it again.
///
/// What a device was told to be stored keeps its name, since others may have named it. Everything
/// else goes up under a new key: a copy of the same notebook, that has not heard of the loss, would
/// give the same names to other commits.
enum Restoration {
    /// The setting of a copy that does not work yet.
    fileprivate static let copied = "isCopy"

    /// The first to come from a log that was lost tells the hub of it, by the cursor that it was given.
    static func notice(_ cursor: Replication.Cursor?, by hub: Hub) throws {
        guard try hub.read({ try Standing(cursor, of: hub, $0).isOfLostLog }) else { return }
        try hub.write { db in
            guard try Standing(cursor, of: hub, db).isOfLostLog else { return }
            try begin(hub, lost: cursor?.epoch, db)
        }
    }

    /// Begins a new epoch, and lets no device lengthen its chain. `lost` is the epoch of the log that
    /// somebody remembers: nobody else who does brings anything new.
    static func begin(_ hub: Hub, lost epoch: Epoch? = nil, _ db: Database) throws {
        if let epoch { try Epochs.begin(epoch, at: hub.milliseconds, db) }
        try Epochs.begin(hub.newEpoch(), at: hub.milliseconds, db)
        try db.run("UPDATE device SET isFrozen = 1")
    }
}

extension HubFolder {
    /// Has a copy know that it is one: whoever opens it to work with it puts the hub back from it.
    func markAsCopy() throws {
        let file = try DatabaseFile(path: logPath, format: .hub, creating: false)
        try file.write { try HubSettings.set(Restoration.copied, "yes", $0) }
        try file.close()
    }
}

extension Hub {
    /// A copy that was put in the hub's place without a word is told what it is.
    func beginIfCopy() throws {
        if try isCopy { try wasRestored() }
    }

    /// Whether this is a backup that nobody has put in a hub's place.
    package var isCopy: Bool {
        get throws { try read { try HubSettings.value(Restoration.copied, $0) } != nil }
    }

    /// To be told when this hub has been put back from a backup. A hub that is not told notices when
    /// the first laptop comes that knows more.
    package func wasRestored() throws {
        try write { db in
            try Restoration.begin(self, db)
            try HubSettings.clear(Restoration.copied, db)
        }
    }
}
