import GRDB
package import Replication

/// What a hub is: fixed when it was made, but for its address.
package struct HubSettings: Sendable, Hashable {
    package let congregation: RecordID
    package let congregationName: String
    /// A new one after every restore.
    package let epoch: Epoch
    /// The address that invitations name; nil until it is known.
    package let url: String?

    static func load(_ db: Database) throws -> HubSettings? {
        let rows = try Row.fetchAll(db, sql: "SELECT key, value FROM meta")
        let values = Dictionary(
            uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as String) })
        guard let congregation = values["congregation"].flatMap({ RecordID($0) }),
            let epoch = values["epoch"].flatMap({ Hex.decode($0) }).flatMap({ Epoch(bytes: $0) })
        else { return nil }
        return HubSettings(
            congregation: congregation, congregationName: values["congregationName"] ?? "",
            epoch: epoch, url: values["url"])
    }

    func save(_ db: Database) throws {
        try Self.set("congregation", congregation.description, db)
        try Self.set("congregationName", congregationName, db)
        try Self.set("epoch", Hex.encode(epoch.bytes), db)
        if let url { try Self.set("url", url, db) }
    }

    static func value(_ key: String, _ db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
    }

    static func set(_ key: String, _ value: String, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)", arguments: [key, value])
    }
}
