import GRDB
package import Replication
import Store

/// What a hub is: fixed when it was made, but for its address.
package struct HubSettings: Sendable, Hashable {
    package let congregation: RecordID
    package let congregationName: String
    /// A new one after every restore.
    package let epoch: Epoch
    /// The address that invitations name; nil until it is known.
    package let url: String?
    /// What every invitation pinned: a hub with another key would be another hub. Nil in a hub of
    /// before this was kept.
    let hubKey: PublicKey?

    static func load(_ db: Database) throws -> HubSettings? {
        let rows = try Row.fetchAll(db, sql: "SELECT key, value FROM meta")
        let values = Dictionary(
            try rows.map { (try $0.value(0) as String, try $0.value(1) as String) },
            uniquingKeysWith: { first, _ in first })
        guard let congregation = values["congregation"].flatMap({ RecordID($0) }),
            let epoch = values["epoch"].flatMap({ Hex.decode($0) }).flatMap({ Epoch(bytes: $0) })
        else { return nil }
        return HubSettings(
            congregation: congregation, congregationName: values["congregationName"] ?? "",
            epoch: epoch, url: values["url"],
            hubKey: values["hubKey"].flatMap { Hex.decode($0) }.flatMap { PublicKey(bytes: $0) })
    }

    func save(_ db: Database) throws {
        try Self.set("congregation", congregation.description, db)
        try Self.set("congregationName", congregationName, db)
        try Self.set("epoch", Hex.encode(epoch.bytes), db)
        if let url { try Self.set("url", url, db) }
        if let hubKey { try Self.set("hubKey", Hex.encode(hubKey.bytes), db) }
    }

    static func value(_ key: String, _ db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
    }

    static func set(_ key: String, _ value: String, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)", arguments: [key, value])
    }
}

extension Hub {
    /// A hub of before its key was kept keeps it from now on.
    func keepKey() throws {
        guard settings.hubKey == nil else { return }
        try write { try HubSettings.set("hubKey", Hex.encode(identity.publicKey.bytes), $0) }
    }
}
