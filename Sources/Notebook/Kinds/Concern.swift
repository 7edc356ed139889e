import GRDB
package import Replication
package import Store

/// What somebody feels, in their own words. Many concerns are cut into one issue.
package enum Concern {
    package static let words = FieldSchema(16, "words", .text, isSearchable: true, isNeeded: true)
    package static let person = FieldSchema(17, "person", .id, names: ["person"])
    package static let oneToOne = FieldSchema(18, "oneToOne", .id, names: ["oneToOne"])
    package static let intensity = FieldSchema(19, "intensity", .int, range: 1...5)
    package static let neighbourhood = FieldSchema(20, "neighbourhood", .text)
    package static let issue = FieldSchema(21, "issue", .id, names: ["issue"])
    package static let on = FieldSchema(22, "on", .day)
    package static let kind = KindSchema(
        20, "concern", indexed: [["person"], ["issue"]],
        fields: [words, person, oneToOne, intensity, neighbourhood, issue, on])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

extension Notebook {
    /// Every concern in exactly these words, whoever said them.
    package func concerns(_ text: String) throws -> [RecordID] {
        let wanted = Folding.name(text)
        guard !wanted.isEmpty else { return [] }
        return try store.read { db in
            try Row.fetchAll(db, sql: "SELECT id, words FROM concern ORDER BY id").compactMap {
                row in
                Folding.name(row.shown("words") ?? "") == wanted ? row.id("id") : nil
            }
        }
    }

    /// What was heard in held one-to-ones in exactly these words and stands in no concern yet: that of
    /// this meeting, or of this person on this day.
    package func heardConcerns(_ text: String) throws -> [HeardConcern] {
        let wanted = Folding.name(text)
        guard !wanted.isEmpty else { return [] }
        return try store.read { db in
            let people = try SamePeople(db)
            let known = try Row.fetchAll(
                db, sql: "SELECT words, person, oneToOne, \"on\" AS day FROM concern"
            ).filter { Folding.name($0.shown("words") ?? "") == wanted }
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT m.id, m.person, m."on" AS day, word.value AS words
                    FROM oneToOne m, json_each(m.heard) AS word
                    WHERE coalesce(m.status, 'held') = 'held' AND m.person IS NOT NULL
                    ORDER BY m.id
                    """
            ).compactMap(HeardConcern.init).filter { heard in
                Folding.name(heard.words) == wanted
                    && !known.contains { heard.isWritten(in: $0, people) }
            }
        }
    }

    /// Says that concerns are of an issue, in one act; what was only heard is written down as concerns
    /// first. Returns all of them.
    package func link(
        _ concerns: [RecordID], heard: [HeardConcern] = [], to issue: RecordID
    ) throws -> [RecordID] {
        let written = try heard.map { heard in
            let day: [Change] = heard.on.map { [.set(Concern.on, .day($0.number))] } ?? []
            return try addition(
                of: Concern.kind,
                [
                    .set(Concern.words, .text(heard.words)),
                    .set(Concern.person, .id(heard.person)),
                    .set(Concern.oneToOne, .id(heard.oneToOne)), .set(Concern.issue, .id(issue)),
                ] + day)
        }
        let linked = concerns.map { Edit(Concern.key($0), [.set(Concern.issue, .id(issue))]) }
        try commit(linked + written)
        return concerns + written.map(\.key.id)
    }
}

/// Words that somebody said in a one-to-one.
package struct HeardConcern: Sendable, Hashable {
    let words: String
    let person: RecordID
    let oneToOne: RecordID
    let on: Day?

    fileprivate init?(_ row: Row) {
        guard let oneToOne = row.id("id"), let person = row.id("person"),
            let words: String = row.shown("words")
        else { return nil }
        self.oneToOne = oneToOne
        self.person = person
        self.words = words
        on = row.day("day")
    }

    /// Whether a concern in these words says it already.
    fileprivate func isWritten(in concern: Row, _ people: SamePeople) -> Bool {
        if let meeting = concern.id("oneToOne") { return meeting == oneToOne }
        return concern.id("person").map { people.areOne($0, person) } ?? false
            && concern.day("day") == on
    }
}
