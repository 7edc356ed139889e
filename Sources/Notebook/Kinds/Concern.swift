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
    /// Every concern in exactly these words, whoever said them; or the one that somebody means by a
    /// part of them or by its id.
    package func findConcerns(_ text: String) throws -> [RecordID] {
        let wanted = Folding.name(text)
        let same = try store.read { db in
            try Row.fetchAll(db, sql: "SELECT id, words FROM concern ORDER BY id").compactMap {
                row in
                Folding.name(row.shown("words") ?? "") == wanted ? row.id("id") : nil
            }
        }
        return same.isEmpty || wanted.isEmpty ? [try find(text, kind: Concern.kind.name)] : same
    }

    /// Says that concerns are of an issue, in one act.
    package func link(_ concerns: [RecordID], to issue: RecordID) throws {
        try commit(concerns.map { Edit(Concern.key($0), [.set(Concern.issue, .id(issue))]) })
    }
}
