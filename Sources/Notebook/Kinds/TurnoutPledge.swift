import GRDB
package import Replication
package import Store

/// How many people a leader promises to bring to an action, and whom by name.
package enum TurnoutPledge {
    package static let leader = FieldSchema(16, "leader", .id, names: ["person"])
    package static let action = FieldSchema(17, "action", .id, names: ["action"])
    package static let institution = FieldSchema(18, "institution", .id, names: ["institution"])
    package static let pledged = FieldSchema(19, "pledged", .int, range: 0...FieldRules.most)
    package static let on = FieldSchema(20, "on", .day)
    package static let names = FieldSchema(21, "names", .text, rule: .set)
    package static let kind = KindSchema(
        19, "turnoutPledge", indexed: [["leader"], ["action"]],
        fields: [leader, action, institution, pledged, on, names])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

/// What leaders promised for an action, each by the one id that stands for them.
struct Pledges {
    /// The records of each leader, the latest last.
    private(set) var records: [RecordID: [RecordID]] = [:]
    private var names: [RecordID: Set<String>] = [:]

    init(for action: RecordID, _ people: SamePeople, _ db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, leader, names FROM turnoutPledge
                WHERE action = ? AND leader IS NOT NULL ORDER BY "on", id
                """, arguments: [action.data])
        for row in rows {
            guard let id = row.id("id"), let leader = row.id("leader").map(people.canonical) else {
                continue
            }
            records[leader, default: []].append(id)
            names[leader, default: []].formUnion(row.texts("names").map(Folding.name))
        }
    }

    /// The only leader who named somebody of this name.
    func leader(naming name: String) -> RecordID? {
        let leaders = names.filter { $0.value.contains(Folding.name(name)) }.keys
        return leaders.count == 1 ? leaders.first : nil
    }
}

extension Notebook {
    /// Writes down how many people a leader promises to bring to an action, and whom: who is here is
    /// on their way to it. A number that the leader gave before is changed, not added to.
    @discardableResult
    package func pledge(
        _ number: Int64, by leader: RecordID, for action: RecordID,
        naming named: [OneToOneNotes.Referral] = []
    ) throws -> RecordID {
        let (pledges, people) = try store.read { db in
            let people = try SamePeople(db)
            return (try Pledges(for: action, people, db), people)
        }
        // Who is here is named by being expected: no name leaves the turf in which its person lives.
        let names = named.compactMap { person in
            if case .new(let name) = person { name } else { nil }
        }
        let changes: [Change] =
            try FieldRules.checked(
                [
                    .set(TurnoutPledge.pledged, .int(number)),
                    .set(TurnoutPledge.on, .day(today.number)),
                ], of: TurnoutPledge.kind.number)
            + names.map { .insert(TurnoutPledge.names, .text($0)) }
        let known = pledges.records[people.canonical(of: leader)]?.last
        let edit =
            try known.map { Edit(TurnoutPledge.key($0), changes) }
            ?? addition(
                of: TurnoutPledge.kind,
                [.set(TurnoutPledge.leader, .id(leader)), .set(TurnoutPledge.action, .id(action))]
                    + changes)
        let ways = try Ways(to: action, self)
        let expected: [Edit] = try named.compactMap { person in
            guard case .known(let id) = person else { return nil }
            return try ways.expectation(of: id, namedBy: leader, self)
        }
        try commit([edit] + expected)
        return edit.key.id
    }
}
