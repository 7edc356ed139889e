import GRDB
package import Replication
import Store

/// What a hub is: fixed when it was made, but for its address.
package struct HubSettings: Sendable, Hashable {
    package let congregation: RecordID
    package let congregationName: String
    /// The address that invitations name; nil until it is known.
    package let url: String?
    /// What every invitation pinned: a hub with another key would be another hub.
    let hubKey: PublicKey

    static func load(_ db: Database) throws -> HubSettings? {
        let rows = try Row.fetchAll(db.cachedStatement(sql: "SELECT key, value FROM meta"))
        let values = Dictionary(
            try rows.map { (try $0.value(0) as String, try $0.value(1) as String) },
            uniquingKeysWith: { first, _ in first })
        guard let congregation = values["congregation"].flatMap({ RecordID($0) }),
            let hubKey = values["hubKey"].flatMap({ Hex.decode($0) })
                .flatMap({ PublicKey(bytes: $0) })
        else { return nil }
        return HubSettings(
            congregation: congregation, congregationName: values["congregationName"] ?? "",
            url: values["url"], hubKey: hubKey)
    }

    func save(_ db: Database) throws {
        try Self.set("congregation", congregation.description, db)
        try Self.set("congregationName", congregationName, db)
        if let url { try Self.set("url", url, db) }
        try Self.set("hubKey", Hex.encode(hubKey.bytes), db)
    }

    static func value(_ key: String, _ db: Database) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT value FROM meta WHERE key = ?"), arguments: [key])
    }

    static func clear(_ key: String, _ db: Database) throws {
        try db.run("DELETE FROM meta WHERE key = ?", [key])
    }

    static func set(_ key: String, _ value: String, _ db: Database) throws {
        try db.run("INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)", [key, value])
    }
}
