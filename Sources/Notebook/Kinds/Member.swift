package import GRDB
package import Replication
package import Store

/// Someone enrolled with the hub, or about to be: the name under which others see their entries.
package enum Member {
    package static let name = FieldSchema(16, "name", .text, isNeeded: true)
    package static let person = FieldSchema(17, "person", .id, names: ["person"])
    package static let kind = KindSchema(8, "member", fields: [name, person])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }

    /// The edit that introduces a member to the others.
    package static func introduction(_ me: Me) -> Edit {
        var changes: [Change] = [.set(name, .text(me.name))]
        if let id = me.person { changes.append(.set(person, .id(id))) }
        return Edit(key(me.member), home: Space.commons, changes)
    }

    /// What a member is called now; nil for one who is not here.
    static func name(of id: MemberID, _ db: Database) throws -> String? {
        try Row.fetchOne(db, sql: "SELECT name FROM member WHERE id = ?", arguments: [id.data])?
            .shown("name")
    }
}

extension Notebook {
    /// Gives the notebook's member another name, by which all that they wrote is shown from now on.
    /// Throws what `FieldRules.checkName` throws.
    package func rename(to name: String) throws {
        try FieldRules.checkName(name)
        try commit([Edit(Member.key(me.member), [.set(Member.name, .text(name))])])
    }
}

/// The names of members and people, for showing ids.
package struct Names: Sendable {
    private let names: [RecordID: String]

    package init(_ db: Database) throws {
        var names: [RecordID: String] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT id, name FROM member WHERE name IS NOT NULL") {
            if let id = row.id("id") { names[id] = row.shown("name") }
        }
        // Where the hub has ended its access, a notebook knows nobody but its own member.
        let own = try Setting.all(db)
        if let name = own["name"] {
            let ids =
                [own["member"] ?? ""]
                + (own["member.former"] ?? "").split(separator: " ")
                .map(String.init)
            for id in ids.compactMap({ RecordID($0) }) where names[id] == nil { names[id] = name }
        }
        self.names = names
    }

    /// The member's name, or the person's; else the end of the id.
    package func name(of id: RecordID, _ db: Database) throws -> String {
        if let name = names[id] { return name }
        let person = try String.fetchOne(
            db, sql: "SELECT name FROM person WHERE id = ?", arguments: [id.data])
        return person ?? "member \(id.shortened)"
    }
}
