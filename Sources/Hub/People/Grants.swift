import Foundation
import GRDB
import Notebook
package import Replication
import Store

/// What an invitation can make of somebody.
package enum Role: String, Sendable, CaseIterable, Codable {
    case organizer, leader, admin
}

/// What a member may do: roles, and the turfs that they lead.
package struct Grants: Sendable, Hashable {
    package var roles: Set<Role> = []
    package var turfs: Set<RecordID> = []
    /// The hub's own device, which writes for the members who are signed in on a page.
    var isHub = false

    package init(roles: Set<Role> = [], turfs: Set<RecordID> = []) {
        self.roles = roles
        self.turfs = turfs
    }

    static let hub: Grants = {
        var grants = Grants(roles: [.organizer])
        grants.isHub = true
        return grants
    }()

    var isOrganizer: Bool { roles.contains(.organizer) }

    /// What the member may read. Organizers read all spaces; leaders the commons and their turfs.
    package var scope: Scope {
        if isOrganizer { return .everything }
        guard !roles.isEmpty else { return .spaces([]) }
        return .spaces(turfs.union([Space.commons]))
    }

    /// Whether the member may write a kind of record in a space: the door's one answer.
    func mayWrite(_ key: RecordKey, in space: SpaceID, by author: MemberID) -> Bool {
        if isOrganizer || roles.isEmpty { return isOrganizer }
        return Kinds.mayBeWritten(key, by: author, leading: turfs.contains(space))
    }

    /// Moving a record from one space to another is the organizers' work.
    var mayMove: Bool { isOrganizer }

    var mayErase: Bool { roles.contains(.admin) }

    static func load(of member: MemberID, _ db: Database) throws -> Grants {
        var statement = try FastStatement(db, "SELECT role, turf FROM grants WHERE member = ?")
        statement.bind(member.bytes)
        var grants = Grants()
        while try statement.step() {
            let role = String(decoding: statement.bytes(0), as: UTF8.self)
            if let role = Role(rawValue: role) { grants.roles.insert(role) }
            if let turf = RecordID(bytes: statement.bytes(1)) { grants.turfs.insert(turf) }
        }
        return grants
    }

    /// Whoever is asked back has what the new invitation says, and nothing of before.
    static func removeAll(of member: MemberID, _ db: Database) throws {
        try db.run("DELETE FROM grants WHERE member = ?", [member.dataValue])
    }

    static func add(_ role: Role, turf: RecordID?, to member: MemberID, _ db: Database) throws {
        try db.run(
            "INSERT OR IGNORE INTO grants(member, role, turf) VALUES (?, ?, ?)",
            [
                Data(member.bytes), role.rawValue,
                role == .leader ? Data(turf?.bytes ?? []) : Data(),
            ])
    }

    package var roleNames: [String] { roles.map(\.rawValue).sorted() }
}
