package import Replication
package import Store

/// "We want you to do this by then": the exact wording, the answer verbatim, and whether it was kept.
package enum Demand {
    package static let wording = FieldSchema(
        16, "wording", .text, isSearchable: true, isNeeded: true)
    package static let campaign = FieldSchema(17, "campaign", .id, names: ["campaign"])
    package static let decisionMaker = FieldSchema(18, "decisionMaker", .id, names: ["actor"])
    package static let wanted = FieldSchema(19, "wanted", .text, isSearchable: true)
    package static let by = FieldSchema(20, "by", .day)
    package static let interest = FieldSchema(21, "interest", .text, isSearchable: true)
    package static let askedAt = FieldSchema(22, "askedAt", .id, names: ["action"])
    package static let askedOn = FieldSchema(23, "askedOn", .day)
    package static let askedBy = FieldSchema(24, "askedBy", .id, names: ["person"])
    package static let answer = FieldSchema(
        25, "answer", .text, choices: ["yes", "partial", "no", "evaded", "absent"])
    package static let verbatim = FieldSchema(
        26, "verbatim", .text, isSearchable: true, isLong: true)
    package static let witness = FieldSchema(27, "witness", .id, names: ["person"])
    package static let promiseDue = FieldSchema(28, "promiseDue", .day)
    package static let kept = FieldSchema(29, "kept", .text, choices: ["yes", "no", "partly"])
    package static let win = FieldSchema(30, "win", .text, isSearchable: true)
    package static let kind = KindSchema(
        25, "demand", indexed: [["campaign"], ["askedAt"]],
        fields: [
            wording, campaign, decisionMaker, wanted, by, interest, askedAt, askedOn, askedBy,
            answer, verbatim, witness, promiseDue, kept, win,
        ])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}
