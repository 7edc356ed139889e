package import Replication
package import Store

/// What is cut from many concerns: specific, winnable, with somebody who decides. The six scores are
/// the test of the cut (Faith in Texas: passion-inspiring, rooted, anchored, winnable, non-divisive,
/// specific).
package enum Issue {
    package static let title = FieldSchema(16, "title", .text, isSearchable: true, isNeeded: true)
    package static let category = FieldSchema(17, "category", .text)
    package static let status = FieldSchema(
        18, "status", .text, choices: ["heard", "exploring", "cut", "campaign", "dropped"])
    package static let passion = FieldSchema(19, "passion", .int, range: 0...5)
    package static let rooted = FieldSchema(20, "rooted", .int, range: 0...5)
    package static let anchored = FieldSchema(21, "anchored", .int, range: 0...5)
    package static let winnable = FieldSchema(22, "winnable", .int, range: 0...5)
    package static let nonDivisive = FieldSchema(23, "nonDivisive", .int, range: 0...5)
    package static let specific = FieldSchema(24, "specific", .int, range: 0...5)
    package static let cutBy = FieldSchema(25, "cutBy", .id, names: ["person"])
    package static let cutOn = FieldSchema(26, "cutOn", .day)
    package static let votes = FieldSchema(27, "votes", .int, range: 0...Int64.max)
    package static let question = FieldSchema(28, "question", .text, isSearchable: true)
    package static let notes = FieldSchema(29, "notes", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        21, "issue",
        fields: [
            title, category, status, passion, rooted, anchored, winnable, nonDivisive, specific,
            cutBy, cutOn, votes, question, notes,
        ])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
