import GRDB
package import Replication
package import Store

/// A person, or a member, who listens in a campaign: when trained, and how many they took on.
package enum Listener {
    package static let person = FieldSchema(16, "person", .id, names: ["person", "member"])
    package static let campaign = FieldSchema(17, "campaign", .id, names: ["listeningCampaign"])
    package static let assigned = FieldSchema(18, "assigned", .int, range: 0...FieldRules.most)
    package static let trained = FieldSchema(19, "trained", .day)
    package static let kind = KindSchema(
        14, "listener", indexed: [["person"], ["campaign"]],
        fields: [person, campaign, assigned, trained])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

extension Notebook {
    /// Says that people listen in a campaign, with how many each takes on, in one act. Of who listens
    /// already, the number is changed.
    package func appoint(
        _ people: [RecordID], to campaign: RecordID, assigned: Int64?, trained: Day?
    ) throws -> [RecordID] {
        var facts: [Change] = []
        if let assigned { facts.append(.set(Listener.assigned, .int(assigned))) }
        if let trained { facts.append(.set(Listener.trained, .day(trained.number))) }
        let edits = try people.map { person in
            let changes = try FieldRules.checked(facts, of: Listener.kind.number)
            if let known = try listener(person, in: campaign) {
                return Edit(Listener.key(known), changes)
            }
            return try addition(
                of: Listener.kind,
                [.set(Listener.person, .id(person)), .set(Listener.campaign, .id(campaign))]
                    + changes)
        }
        try commit(edits.filter { !$0.changes.isEmpty })
        return edits.map(\.key.id)
    }

    private func listener(_ person: RecordID, in campaign: RecordID) throws -> RecordID? {
        try store.read { db in
            let people = try SamePeople(db).all(of: person)
            return try Row.fetchOne(
                db,
                sql: """
                    SELECT id FROM listener WHERE person IN (\(people.marks)) AND campaign = ?
                    ORDER BY id
                    """,
                arguments: StatementArguments(people.map(\.data)) + [campaign.data])?.id("id")
        }
    }
}
