import GRDB
package import Replication
package import Store

/// Who can say yes, or has power over who can; when it changed, and why.
package enum Target {
    package static let actor = FieldSchema(16, "actor", .id, names: ["actor"])
    package static let campaign = FieldSchema(17, "campaign", .id, names: ["campaign"])
    package static let sort = FieldSchema(18, "kind", .text, choices: ["primary", "secondary"])
    package static let since = FieldSchema(19, "since", .day)
    package static let until = FieldSchema(20, "until", .day)
    package static let reason = FieldSchema(21, "reason", .text, isSearchable: true)
    package static let kind = KindSchema(
        24, "target", indexed: [["campaign"]],
        fields: [actor, campaign, sort, since, until, reason])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

extension Notebook {
    /// Aims a campaign at somebody from a day on. A primary target takes the place of the one before,
    /// who stays in the history with why it changed.
    @discardableResult
    package func aim(
        _ campaign: RecordID, at who: String, as sort: String, from day: Day, because reason: String
    ) throws -> RecordID {
        let target = try actor(who)
        let sort = try value(of: sort, for: Target.sort, of: Target.kind.number)
        let before = try sort.text == "primary" ? primaryTargets(of: campaign, on: day) : []
        let edit = try addition(
            of: Target.kind,
            [
                .set(Target.actor, .id(target.id)), .set(Target.campaign, .id(campaign)),
                .set(Target.sort, sort), .set(Target.since, .day(day.number)),
                .set(Target.reason, .text(reason)),
            ])
        let ended = before.map {
            Edit(Target.key($0), [.set(Target.until, .day((day + -1).number))])
        }
        try commit(target.edits + [edit] + ended)
        return edit.key.id
    }

    private func primaryTargets(of campaign: RecordID, on day: Day) throws -> [RecordID] {
        try store.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id FROM target WHERE campaign = ? AND coalesce(kind, 'primary') = 'primary'
                        AND coalesce(until >= ?, true)
                    """, arguments: [campaign.data, day.number]
            ).compactMap { $0.id("id") }
        }
    }
}
