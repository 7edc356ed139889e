import GRDB
import Notebook
import Replication
import Store
package import Sync

/// What the hub's keeper does at a terminal: invite, look, revoke.
extension Hub {
    /// Makes a one-time invitation. Its code is in the link and nowhere else.
    package func invite(_ invitation: HubInvitation, url: String) throws -> Invitation {
        if invitation.roles.contains(.leader) {
            guard invitation.turf != nil else { throw HubError.leaderWithoutTurf }
        } else if invitation.turf != nil {
            throw HubError.turfWithoutLeader
        }
        try FieldRules.checkName(invitation.name)
        _ = try HubAddress.read(url)
        let code = randomBytes(16)
        try writeForKeeper { try invitation.add(code: code, $0) }
        return Invitation(url: url, code: code, hubKey: identity.publicKey)
    }

    /// The address that invitations name: the one that the keeper has given, or else that of the
    /// running server.
    package func address() throws -> String {
        let served = try read { try HubSettings.value("servedURL", $0) }
        guard let url = try chosenAddress() ?? served else { throw HubError.noAddress }
        return url
    }

    /// The address that the keeper has given; nil when none was.
    package func chosenAddress() throws -> String? {
        try read { try HubSettings.value("url", $0) }
    }

    /// Has invitations name this address from now on.
    package func choose(_ address: HubAddress) throws {
        try writeForKeeper { try HubSettings.set("url", address.url, $0) }
    }

    /// Remembers where the hub serves now.
    package func noteServing(at url: String) throws {
        try writeForKeeper { try HubSettings.set("servedURL", url, $0) }
    }

    /// A laptop or a signed-in phone, with its member and what they may do.
    package struct DeviceLine: Sendable {
        /// 16 hexadecimal digits: a laptop's device id, or the beginning of what a phone's token
        /// hashes to.
        package let id: String
        /// The same of every key that the laptop has had.
        package let ids: [String]
        package let isPhone: Bool
        package let member: HubMember
        /// The member's own name, which the invitation may not have known.
        package let name: String
        package let grants: Grants
        /// The names of the turfs that the member leads.
        package let turfNames: [String]
        /// Milliseconds since 1970.
        package let lastSeen: UInt64
        package let revoked: UInt64?
    }

    /// Every laptop and phone that was let in but the hub's own device, the first first.
    package func devices() throws -> [DeviceLine] {
        try read { db in
            let laptops = try HubDevice.laptops(db).filter { !$0[0].isOwn(of: self) }.map { keys in
                let current = keys.reversed().first { $0.revoked == nil } ?? keys[keys.count - 1]
                return (
                    ids: [current.id.description] + keys.map(\.id.description), isPhone: false,
                    member: current.member, lastSeen: keys.map(\.lastSeen).max() ?? 0,
                    revoked: current.revoked
                )
            }
            let phones = try WebSession.all(db).map {
                (
                    ids: [Hex.encode($0.tokenHash.prefix(8))], isPhone: true, member: $0.member,
                    lastSeen: $0.lastUsed, revoked: $0.revoked
                )
            }
            return try (laptops + phones).compactMap { line in
                guard let member = try HubMember.find(line.member, db) else { return nil }
                let grants = try Grants.load(of: member.id, db)
                return DeviceLine(
                    id: line.ids[0], ids: line.ids, isPhone: line.isPhone, member: member,
                    name: try own.name(ofMember: member.id) ?? member.name, grants: grants,
                    turfNames: try turfNames(grants), lastSeen: line.lastSeen, revoked: line.revoked
                )
            }
        }
    }

    /// The invitations that can still be used, the first to expire first.
    package func openInvitations() throws -> [HubInvitation] {
        try read { try HubInvitation.open(at: milliseconds, $0) }
    }

    /// The names of the turfs that somebody with these grants leads.
    package func turfNames(_ grants: Grants) throws -> [String] {
        try grants.turfs.sorted().map { try own.title(of: $0) ?? $0.shortened }
    }

    /// Ends the access of what `findDevices` takes a text for: of a device with its person's phones,
    /// or of all that a person has; and the person's invitations that can still be used. Returns the
    /// devices, the one that was meant first. A laptop is told at its next contact.
    package func revoke(_ text: String) throws -> [DeviceLine] {
        let lines = try findDevices(text)
        let now = milliseconds
        try writeForKeeper { db in
            for line in lines {
                if let device = DeviceID(line.id), !line.isPhone {
                    try HubDevice.revoke(device, at: now, db)
                }
                try WebSession.revokeAll(of: line.member.id, at: now, db)
            }
            try HubInvitation.end(
                of: Set(lines.compactMap(\.member.person)),
                named: Set(lines.flatMap { [$0.name, $0.member.name] }.map(Folding.name)),
                at: now, db)
        }
        let after = try devices()
        return lines.map { line in after.first { $0.id == line.id } ?? line }
    }
}
