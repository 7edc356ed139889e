import GRDB
package import Replication
package import Store

/// Which hub a notebook belongs to, as its settings hold it.
package struct Membership: Sendable, Hashable {
    /// Of how many nights a hub keeps backups.
    package static let nightsOfBackups = 14

    package let url: String
    package let hubKey: PublicKey
    package let congregation: RecordID
    package let congregationName: String
    package let roles: [String]
    /// The one the hub gave last.
    package let nonce: String
    /// Milliseconds since 1970 of the last exchange that ended even.
    package let lastSync: UInt64?
    /// When the hub was found to have ended the access, in milliseconds since 1970; nil while it has
    /// not.
    package let ended: UInt64?

    /// The membership of a notebook; nil for one that has joined no hub.
    package init?(of store: Store) throws {
        let settings = try store.read { try Setting.all($0) }
        guard let url = settings["hub.url"],
            let key = settings["hub.key"].flatMap({ Hex.decode($0) })
                .flatMap({ PublicKey(bytes: $0) }),
            let congregation = settings["hub.congregation"].flatMap({ RecordID($0) })
        else { return nil }
        self.url = url
        hubKey = key
        self.congregation = congregation
        congregationName = settings["hub.congregationName"] ?? ""
        roles = (settings["hub.roles"] ?? "").split(separator: ",").map(String.init)
        nonce = settings["hub.nonce"] ?? ""
        lastSync = settings["hub.lastSync"].flatMap { UInt64($0) }
        ended = settings["hub.ended"].flatMap { UInt64($0) }
    }

    /// Ties a notebook to the hub whose invitation it used: from the start of the hub's log.
    package static func begin(
        _ invitation: Invitation, _ answer: EnrolAnswer, nonce: String, _ transaction: Transaction
    ) throws {
        try transaction.setSetting("hub.url", invitation.url)
        try transaction.setSetting("hub.key", Hex.encode(invitation.hubKey.bytes))
        try transaction.setSetting("hub.congregation", answer.congregation.description)
        try transaction.setSetting("hub.congregationName", answer.congregationName)
        try transaction.setSetting("hub.ended", nil)
        try keep(roles: answer.roles, nonce: nonce, transaction)
        try transaction.startReading(
            Cursor(hub: answer.hub, epoch: answer.epoch).covering(answer.scope))
    }

    static func keep(roles: [String], nonce: String, _ transaction: Transaction) throws {
        let roles = roles.joined(separator: ",")
        if try transaction.setting("hub.roles") != roles {
            try transaction.setSetting("hub.roles", roles)
        }
        try transaction.setSetting("hub.nonce", nonce)
    }

    static func keep(nonce: String, _ transaction: Transaction) throws {
        try transaction.setSetting("hub.nonce", nonce)
    }

    static func noteEnd(_ milliseconds: UInt64, _ transaction: Transaction) throws {
        try transaction.setSetting("hub.ended", String(milliseconds))
    }

    static func noteSync(_ milliseconds: UInt64, _ transaction: Transaction) throws {
        try transaction.setSetting("hub.lastSync", String(milliseconds))
    }
}
