package import Replication
package import Store

/// Leaders meet somebody who knows or decides, to learn the cause, the solution and who has power.
/// Who went, and in which role, is their attendance.
package enum ResearchAction {
    package static let title = FieldSchema(16, "title", .text, isSearchable: true, isNeeded: true)
    package static let issue = FieldSchema(17, "issue", .id, names: ["issue"])
    package static let on = FieldSchema(18, "on", .day)
    package static let interviewee = FieldSchema(19, "interviewee", .id, names: ["actor"])
    package static let questions = FieldSchema(
        20, "questions", .text, isSearchable: true, isLong: true)
    package static let learned = FieldSchema(21, "learned", .text, isSearchable: true, isLong: true)
    package static let power = FieldSchema(22, "power", .text, isSearchable: true, isLong: true)
    package static let selfInterest = FieldSchema(23, "selfInterest", .text, isSearchable: true)
    package static let names = FieldSchema(24, "names", .text, rule: .set, isSearchable: true)
    package static let followUp = FieldSchema(25, "followUp", .text, isSearchable: true)
    package static let evaluation = FieldSchema(
        26, "evaluation", .text, isSearchable: true, isLong: true)
    package static let kind = KindSchema(
        22, "researchAction",
        fields: [
            title, issue, on, interviewee, questions, learned, power, selfInterest, names, followUp,
            evaluation,
        ])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
