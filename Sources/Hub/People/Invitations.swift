import Crypto
import Foundation
import GRDB
import Notebook
package import Replication
import Store

/// An invitation as the hub keeps it: never its code, only the code's SHA-256.
package struct HubInvitation: Sendable {
    package let name: String
    package let roles: [Role]
    package let turf: RecordID?
    package let person: RecordID?
    /// For a phone's browser, not for a laptop.
    package let isPage: Bool
    /// Milliseconds since 1970.
    package let expires: UInt64
    /// The device, or the member of the page, that used it.
    package let usedBy: [UInt8]?

    package init(
        name: String, roles: [Role], turf: RecordID?, person: RecordID?, isPage: Bool,
        expires: UInt64, usedBy: [UInt8]? = nil
    ) {
        self.name = name
        self.roles = roles
        self.turf = turf
        self.person = person
        self.isPage = isPage
        self.expires = expires
        self.usedBy = usedBy
    }

    /// What it makes of whoever uses it.
    package var grants: Grants {
        Grants(
            roles: Set(roles), turfs: Set(roles.contains(.leader) ? turf.map { [$0] } ?? [] : []))
    }

    func add(code: [UInt8], _ db: Database) throws {
        try db.run(
            """
            INSERT INTO invitation(codeHash, name, roles, turf, person, isPage, expires)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                Data(SecretHash.of(code)), name,
                roles.map(\.rawValue).joined(separator: ","), turf.map { Data($0.bytes) },
                person.map { Data($0.bytes) }, isPage, Int64(expires),
            ])
    }

    /// Those that can still be used, the first to expire first.
    static func open(at milliseconds: UInt64, _ db: Database) throws -> [HubInvitation] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT \(columns) FROM invitation WHERE usedBy IS NULL AND expires > ?
                    ORDER BY expires, name
                    """), arguments: [Int64(milliseconds)]
        ).map(HubInvitation.init)
    }

    /// Ends those that are somebody's and can still be used: by the person record, and where there is
    /// none by the name, as people write it.
    static func end(
        of people: Set<RecordID>, named names: Set<String>, at milliseconds: UInt64, _ db: Database
    ) throws {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT \(columns), codeHash FROM invitation WHERE usedBy IS NULL"))
        for row in rows {
            let invitation = try HubInvitation(row)
            let isTheirs =
                invitation.person.map(people.contains) ?? false
                || names.contains(Folding.name(invitation.name))
            guard isTheirs else { continue }
            try db.run(
                "UPDATE invitation SET expires = min(expires, ?) WHERE codeHash = ?",
                [Int64(milliseconds), try row.value(7) as Data])
        }
    }

    private static let columns = "name, roles, turf, person, isPage, expires, usedBy"

    private init(_ row: Row) throws {
        self.init(
            name: try row.value(0),
            roles: (try row.value(1) as String).split(separator: ",")
                .compactMap { Role(rawValue: String($0)) },
            turf: try row.record(2), person: try row.record(3), isPage: try row.value(4),
            expires: try row.count(5), usedBy: (try row.optional(6) as Data?).map(Array.init))
    }

    static func find(code: [UInt8], _ db: Database) throws -> HubInvitation? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT \(columns) FROM invitation WHERE codeHash = ?"),
            arguments: [Data(SecretHash.of(code))]
        ).map(HubInvitation.init)
    }

    /// Uses the invitation up: makes the member with its grants.
    func use(
        code: [UInt8], by user: [UInt8], as member: HubMember, at milliseconds: UInt64,
        _ db: Database
    ) throws {
        try member.add(at: milliseconds, db)
        try spend(code: code, by: user, at: milliseconds, for: member.id, db)
    }

    /// Uses the invitation up for a member who is known: adds its grants.
    func spend(
        code: [UInt8], by user: [UInt8], at milliseconds: UInt64, for member: MemberID,
        _ db: Database
    ) throws {
        try db.run(
            "UPDATE invitation SET usedBy = ?, usedAt = ? WHERE codeHash = ?",
            [Data(user), Int64(milliseconds), Data(SecretHash.of(code))])
        for role in roles { try Grants.add(role, turf: turf, to: member, db) }
    }
}

/// How secrets are kept: by their SHA-256 alone. They have 128 bits or more, so no salt is needed.
enum SecretHash {
    static func of(_ secret: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: secret))
    }
}
