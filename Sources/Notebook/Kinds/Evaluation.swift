import GRDB
package import Replication
package import Store

/// What those who were there make of it, right after: feelings first, then the reaction of the target.
package enum Evaluation {
    package static let of = FieldSchema(
        16, "of", .id,
        names: ["action", "researchAction", "houseMeeting", "listeningCampaign", "campaign"])
    package static let on = FieldSchema(17, "on", .day)
    package static let chair = FieldSchema(18, "chair", .id, names: ["person"])
    package static let present = FieldSchema(19, "present", .int, range: 0...FieldRules.most)
    package static let feelings = FieldSchema(20, "feelings", .text, rule: .set)
    package static let goalsMet = FieldSchema(
        21, "goalsMet", .text, choices: ["yes", "partly", "no"])
    package static let roles = FieldSchema(22, "roles", .text, isSearchable: true, isLong: true)
    package static let reaction = FieldSchema(
        23, "reaction", .text, isSearchable: true, isLong: true)
    package static let power = FieldSchema(24, "power", .text, choices: ["more", "same", "less"])
    package static let recognition = FieldSchema(25, "recognition", .text, isSearchable: true)
    package static let relationships = FieldSchema(26, "relationships", .text, isSearchable: true)
    package static let tension = FieldSchema(27, "tension", .text, isSearchable: true, isLong: true)
    package static let lessons = FieldSchema(28, "lessons", .text, isSearchable: true, isLong: true)
    package static let steppedUp = FieldSchema(
        29, "steppedUp", .text, rule: .set, isSearchable: true)
    package static let next = FieldSchema(30, "next", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        27, "evaluation", indexed: [["of"]],
        fields: [
            of, on, chair, present, feelings, goalsMet, roles, reaction, power, recognition,
            relationships, tension, lessons, steppedUp, next,
        ])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

extension Notebook {
    /// Writes down what those who were there make of something. What is said later is added to what
    /// was said at first. Throws `NotebookError.inFuture` for what is yet to come.
    package func evaluate(_ record: RecordKey, _ assignments: [Assignment]) throws -> RecordKey {
        if let day = try readRecord(record)?.day, day > today { throw NotebookError.inFuture(day) }
        if let known = try evaluation(of: record) {
            try edit(known, assignments)
            return known
        }
        let isDated = assignments.contains { $0.field == Evaluation.on.name }
        let day: [Change] = isDated ? [] : [.set(Evaluation.on, .day(today.number))]
        return try addRecord(
            Evaluation.kind.name, assignments, and: [.set(Evaluation.of, .id(record.id))] + day
        ) { _ in [] }
    }

    /// The evaluation of something, the latest where there are several.
    package func evaluation(of record: RecordKey) throws -> RecordKey? {
        try store.read { db in
            try Row.fetchOne(
                db, sql: "SELECT id FROM evaluation WHERE \"of\" = ? ORDER BY id DESC",
                arguments: [record.id.data])?.id("id").map(Evaluation.key)
        }
    }
}
