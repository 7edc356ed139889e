package import Replication
package import Store
import Wording

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
    package static let votes = FieldSchema(27, "votes", .int, range: 0...FieldRules.most)
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

extension Issue {
    /// The test of the cut, in its order.
    package static let tests = [passion, rooted, anchored, winnable, nonDivisive, specific]
}

extension Notebook {
    /// Reads scores of the test: `5,4,3,4,5,4` in its order, or `passion=5,winnable=3`. Throws
    /// `NotebookError.notScores`, and `.notAChoice` for a point that the test has not.
    package static func scores(_ text: String) throws -> [Assignment] {
        let parts = text.split(separator: ",").map(Assignment.trimmed).filter { !$0.isEmpty }
        guard parts.contains(where: { $0.contains("=") }) else {
            guard parts.count == Issue.tests.count else { throw NotebookError.notScores(text) }
            return zip(Issue.tests, parts).map { Assignment(field: $0.name, text: $1) }
        }
        return try parts.map { part in
            guard let score = try? Assignment(part) else { throw NotebookError.notScores(text) }
            let test = Issue.tests.first { $0 == FieldWords.schema(score.field, of: Issue.kind) }
            guard let test else {
                throw NotebookError.notAChoice(
                    score.field, field: "point of the test", choices: Issue.tests.map(\.name))
            }
            return Assignment(field: test.name, text: score.text)
        }
    }

    /// Cuts an issue: scores it by the test, and says that it is cut, today unless another day is said,
    /// by the member unless somebody else is.
    package func cut(_ issue: RecordID, _ assignments: [Assignment]) throws {
        func isSaid(_ field: FieldSchema) -> Bool {
            assignments.contains { $0.field == field.name }
        }
        var all = assignments
        all.append(Assignment(field: Issue.status.name, text: "cut"))
        if !isSaid(Issue.cutOn) {
            all.append(Assignment(field: Issue.cutOn.name, text: today.description))
        }
        if let me = me.person, !isSaid(Issue.cutBy) {
            all.append(Assignment(field: Issue.cutBy.name, text: me.description))
        }
        try edit(Issue.key(issue), all)
    }
}
