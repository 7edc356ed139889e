import GRDB
package import Replication
package import Store
import Wording

/// What somebody means to reach: so many one-to-ones a week, so many people at an action.
package enum Goal {
    package static let name = FieldSchema(16, "name", .text, isSearchable: true, isNeeded: true)
    package static let owner = FieldSchema(17, "owner", .id, names: ["person", "member"])
    package static let measure = FieldSchema(
        18, "measure", .text,
        choices: ["oneToOnes", "newPeople", "commitments", "turnout", "leaders"])
    package static let period = FieldSchema(
        19, "period", .text, choices: ["week", "month", "quarter", "year"])
    package static let target = FieldSchema(20, "target", .int, range: 1...FieldRules.most)
    package static let since = FieldSchema(21, "since", .day)
    package static let until = FieldSchema(22, "until", .day)
    package static let kind = KindSchema(
        42, "goal", indexed: [["owner"]],
        fields: [name, owner, measure, period, target, since, until])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

extension Goal {
    /// What a goal is called: "15 one-to-ones a week".
    fileprivate static func title(
        _ target: Int64, _ measure: String?, _ period: String?
    ) -> Phrase {
        "\(target) \(words(measure)) a \(Phrase(word: period ?? ""))"
    }

    /// The same in the reader's language, where nobody called it otherwise: its name was written in the
    /// language of whoever set it.
    static func title(
        _ name: String, _ target: Int64?, _ measure: String?, _ period: String?
    ) -> Phrase {
        let usual = title(target ?? 0, measure, period)
        let isUsual = Language.allCases.contains { usual.text(in: $0) == name }
        return isUsual ? usual : .verbatim(name)
    }

    static func title(_ name: String, _ state: RecordState) -> Phrase {
        title(
            name, state.value(of: target.number)?.int, state.value(of: measure.number)?.text,
            state.value(of: period.number)?.text)
    }

    /// What is counted, in words.
    private static func words(_ measure: String?) -> Phrase {
        switch measure {
        case "newPeople": "new people"
        case "commitments": "promises"
        case "turnout": "people at actions"
        case "leaders": "leaders"
        default: "one-to-ones"
        }
    }
}

extension Notebook {
    /// Sets a goal, somebody's or everybody's, from today on. What was meant before, in the same
    /// period, ends; one that was set today is changed.
    @discardableResult
    package func setGoal(
        _ measure: String, _ target: Int64, a period: String, for owner: RecordID?
    ) throws -> RecordID {
        let kind = Goal.kind.number
        let measure = try value(of: measure, for: Goal.measure, of: kind)
        let period = try value(of: period, for: Goal.period, of: kind)
        let before = try goals(measure, period, owner)
        let name = Goal.title(target, measure.text, period.text)
        let changes = try FieldRules.checked(
            [.set(Goal.target, .int(target)), .set(Goal.name, .text(name.text))], of: kind)
        if let sameDay = before.first(where: { $0.since == today }) {
            try commit([Edit(Goal.key(sameDay.id), changes)])
            return sameDay.id
        }
        let whose: [Change] = owner.map { [.set(Goal.owner, .id($0))] } ?? []
        let edit = try addition(
            of: Goal.kind,
            changes + whose + [
                .set(Goal.measure, measure), .set(Goal.period, period),
                .set(Goal.since, .day(today.number)),
            ])
        let ended = before.map {
            Edit(Goal.key($0.id), [.set(Goal.until, .day((today + -1).number))])
        }
        try commit([edit] + ended)
        return edit.key.id
    }

    /// The goals that hold today.
    private func goals(
        _ measure: Value, _ period: Value, _ owner: RecordID?
    ) throws -> [(id: RecordID, since: Day?)] {
        try store.read { db in
            let same = try SamePeople(db)
            let whose = owner.map { me.ids.contains($0) ? me.ids : same.all(of: $0) } ?? []
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT id, since FROM goal
                    WHERE measure = ? AND coalesce(period, 'week') = ? AND coalesce(until >= ?, true)
                        AND \(owner == nil ? "owner IS NULL" : "owner IN (\(whose.marks))")
                    """,
                arguments: [measure.text, period.text, today.number]
                    + StatementArguments(whose.map(\.data))
            ).compactMap { row in row.id("id").map { ($0, row.day("since")) } }
        }
    }
}
