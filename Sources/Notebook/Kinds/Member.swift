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
    /// What a member calls themselves; nil for one who is not here.
    package func name(ofMember id: MemberID) throws -> String? {
        try store.read { try Member.name(of: id, $0) }
    }

    /// Gives the notebook's member another name, by which all that they wrote is shown from now on.
    /// Throws what `FieldRules.checkName` throws.
    package func rename(to name: String) throws {
        try FieldRules.checkName(name)
        try commit([Edit(Member.key(me.member), [.set(Member.name, .text(name))])])
    }
}

/// The names of members and people, for showing ids. Members give themselves their names: where two
/// have the same, what tells them apart stands beside it.
package struct Names: Sendable {
    private let names: [RecordID: String]

    package init(_ db: Database) throws {
        var names: [RecordID: String] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT id, name FROM member WHERE name IS NOT NULL") {
            if let id = row.id("id") { names[id] = row.shown("name") }
        }
        // Where the hub has ended its access, a notebook knows nobody but its own member.
        let own = try Setting.all(db)
        let ids =
            [own["member"] ?? ""]
            + (own["member.former"] ?? "").split(separator: " ")
            .map(String.init)
        let mine = ids.compactMap { RecordID($0) }
        if let name = own["name"] {
            for id in mine where names[id] == nil { names[id] = name }
        }
        self.names = Self.toldApart(names, mine: Set(mine))
    }

    /// "Ana Reyes (8d6a8b84)", where somebody else is called Ana Reyes too.
    private static func toldApart(
        _ names: [RecordID: String], mine: Set<RecordID>
    ) -> [RecordID: String] {
        let byName = Dictionary(grouping: names.keys) { Folding.name(names[$0] ?? "") }
        var names = names
        for ids in byName.values where ids.count > 1 && !mine.isSuperset(of: ids) {
            for id in ids { names[id] = "\(names[id] ?? "") (\(id.shortened))" }
        }
        return names
    }

    /// The member's name, or the person's; else the end of the id.
    package func name(of id: RecordID, _ db: Database) throws -> String {
        if let name = names[id] { return name }
        let person = try String.fetchOne(
            db, sql: "SELECT name FROM person WHERE id = ?", arguments: [id.data])
        return person ?? "member \(id.shortened)"
    }
}
