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
    /// who stays in the history with why it changed. Of whom it is aimed at already, the reason is
    /// changed.
    @discardableResult
    package func aim(
        _ campaign: RecordID, at who: String, as sort: String, from day: Day, because reason: String
    ) throws -> RecordID {
        let target = try actor(who)
        let sort = try value(of: sort, for: Target.sort, of: Target.kind.number)
        let going = try targets(of: campaign, on: day).filter { $0.sort == sort.text }
        if let known = going.first(where: { $0.actor == target.id && $0.until != day }) {
            let earlier: [Change] = day < known.since ? [.set(Target.since, .day(day.number))] : []
            try commit([
                Edit(Target.key(known.id), [.set(Target.reason, .text(reason))] + earlier)
            ])
            return known.id
        }
        let edit = try addition(
            of: Target.kind,
            [
                .set(Target.actor, .id(target.id)), .set(Target.campaign, .id(campaign)),
                .set(Target.sort, sort), .set(Target.since, .day(day.number)),
                .set(Target.reason, .text(reason)),
            ])
        let ended = sort.text == "primary" ? going.compactMap { $0.end(before: day) } : []
        try commit(target.edits + [edit] + ended)
        return edit.key.id
    }

    /// Those of a campaign who are its targets on a day, or will be.
    private func targets(of campaign: RecordID, on day: Day) throws -> [KnownTarget] {
        try store.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, actor, coalesce(kind, 'primary') AS kind, since, until FROM target
                    WHERE campaign = ? AND coalesce(until >= ?, true) ORDER BY id
                    """, arguments: [campaign.data, day.number]
            ).compactMap { row in
                row.id("id").map { id in
                    KnownTarget(
                        id: id, actor: row.id("actor"), sort: row.shown("kind"),
                        since: row.day("since") ?? day, until: row.day("until"))
                }
            }
        }
    }
}

private struct KnownTarget {
    let id: RecordID
    let actor: RecordID?
    let sort: String?
    let since: Day
    let until: Day?

    /// Its last day is the one before another's first, and never one before its own; nil when it is so
    /// already.
    func end(before day: Day) -> Edit? {
        let last = max(since, day + -1)
        return last == until
            ? nil : Edit(Target.key(id), [.set(Target.until, .day(last.number))])
    }
}
