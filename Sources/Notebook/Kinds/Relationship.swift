import GRDB
package import Replication
package import Store

/// What two people are to each other, as an organizer learnt it: family, friends, who recruited whom.
/// A referral given in a one-to-one is one too: the edge by which the network grows.
package enum Relationship {
    package static let from = FieldSchema(16, "from", .id, names: ["person"])
    package static let to = FieldSchema(17, "to", .id, names: ["person"])
    package static let sort = FieldSchema(
        18, "kind", .text,
        choices: [
            "family", "friend", "recruits", "influences", "mentors", "refers", "knows",
            "inConflict",
        ])
    package static let strength = FieldSchema(19, "strength", .int, range: 1...5)
    package static let since = FieldSchema(20, "since", .day)
    package static let until = FieldSchema(21, "until", .day)
    package static let oneToOne = FieldSchema(22, "oneToOne", .id, names: ["oneToOne"])
    package static let note = FieldSchema(23, "note", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        10, "relationship", indexed: [["from"], ["to"]],
        fields: [from, to, sort, strength, since, until, oneToOne, note])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

extension Notebook {
    /// Writes down what one person is to another. What was written of the two before, of this kind,
    /// is changed.
    @discardableResult
    package func relate(
        _ from: RecordID, to: RecordID, as sort: String, strength: Int64?, note: String?
    ) throws -> RecordID {
        let sort = try value(of: sort, for: Relationship.sort, of: Relationship.kind.number)
        var changes: [Change] = [
            .set(Relationship.from, .id(from)), .set(Relationship.to, .id(to)),
            .set(Relationship.sort, sort),
        ]
        if let strength { changes.append(.set(Relationship.strength, .int(strength))) }
        if let note { changes.append(.set(Relationship.note, .text(note))) }
        let edit = try addition(of: Relationship.kind, changes)
        guard let known = try relationship(from, to, sort.text ?? "") else {
            try commit([edit])
            return edit.key.id
        }
        try commit([Edit(Relationship.key(known), changes)])
        return known
    }

    private func relationship(
        _ from: RecordID, _ to: RecordID, _ sort: String
    ) throws -> RecordID? {
        try store.read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT id FROM relationship WHERE "from" = ? AND "to" = ? AND kind = ?
                        AND until IS NULL ORDER BY id
                    """, arguments: [from.data, to.data, sort])?.id("id")
        }
    }
}
