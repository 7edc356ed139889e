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
    package static let answeredOn = FieldSchema(31, "answeredOn", .day)
    package static let kind = KindSchema(
        25, "demand", indexed: [["campaign"], ["askedAt"]],
        fields: [
            wording, campaign, decisionMaker, wanted, by, interest, askedAt, askedOn, askedBy,
            answer, verbatim, witness, promiseDue, kept, win, answeredOn,
        ])

    package static func key(_ id: RecordID) -> RecordKey { RecordKey(kind.number, id) }
}

extension Notebook {
    /// Writes a demand down. Whoever decides and is on no power map yet comes onto it.
    package func addDemand(_ assignments: [Assignment], to who: String) throws -> RecordKey {
        let target = try actor(who)
        return try addRecord(
            Demand.kind.name, assignments, and: [.set(Demand.decisionMaker, .id(target.id))]
        ) { _ in target.edits }
    }

    /// Writes the answer to a demand down, and the day on which it was given. One that was answered was
    /// asked: on this day, if nobody said when. The words of another answer before go. Throws
    /// `NotebookError.inFuture`, and `.endsBeforeStart` for an answer from before.
    package func answer(
        _ demand: RecordID, on day: Day, _ assignments: [Assignment]
    ) throws {
        guard day <= today else { throw NotebookError.inFuture(day) }
        let state = try state(of: Demand.key(demand))
        let changes = try changes(assignments, of: Demand.kind)
        if let at = changes.value(of: Demand.askedAt, in: state)?.id {
            let answering = FieldWords.field(Demand.answer.name, of: Demand.kind.number)
            try check(answering, day, isNotBefore: Action.key(at))
        }
        var all = assignments
        func add(_ field: FieldSchema, _ text: String) {
            all.append(Assignment(field: field.name, text: text))
        }
        add(Demand.answeredOn, day.description)
        if state?.value(of: Demand.askedOn.number) == nil { add(Demand.askedOn, day.description) }
        let isOther =
            changes.value(of: Demand.answer) != state?.value(of: Demand.answer.number)
        if isOther, changes.value(of: Demand.verbatim) == nil { add(Demand.verbatim, "") }
        try edit(Demand.key(demand), all)
    }

    /// Writes down whether what was promised in answer to a demand was kept. Throws
    /// `NotebookError.notAnswered`.
    package func settleDemand(_ demand: RecordID, _ assignments: [Assignment]) throws {
        let record = try readRecord(Demand.key(demand))
        guard record?.state.value(of: Demand.answer.number)?.text != nil else {
            throw NotebookError.notAnswered(id: demand)
        }
        try edit(Demand.key(demand), assignments)
    }
}
