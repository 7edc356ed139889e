import Replication
import Store
import Wording

/// What comes after something is not of a day before it.
extension Notebook {
    /// Throws `NotebookError.endsBeforeStart` for an evaluation, or for who came, of a day before that of
    /// what it is about.
    func checkSequence(
        _ changes: [Change], of kind: KindSchema, in state: RecordState?
    ) throws {
        let (about, on): (FieldSchema, FieldSchema)
        switch kind {
        case Evaluation.kind: (about, on) = (Evaluation.of, Evaluation.on)
        case Attendance.kind
        where Attendance.isOver(changes.value(of: Attendance.status, in: state)?.text):
            (about, on) = (Attendance.event, Attendance.on)
        default: return
        }
        guard let day = changes.day(of: on, in: state),
            let id = changes.value(of: about, in: state)?.id
        else { return }
        for named in Kinds.numbers(named: about) {
            let word = FieldWords.kind(kind.number)
            try check(word, day, isNotBefore: RecordKey(named, id))
        }
    }

    /// Throws `NotebookError.endsBeforeStart` for a day before that of a record that is here.
    func check(_ what: Phrase, _ day: Day, isNotBefore record: RecordKey) throws {
        let first = try state(of: record)?.day(of: record.kind)
        try check(what, day, isNotBefore: FieldWords.kind(record.kind), first)
    }

    func check(_ what: Phrase, _ day: Day, isNotBefore start: Phrase, _ first: Day?) throws {
        guard let first, day < first else { return }
        throw NotebookError.endsBeforeStart(
            start: start, end: what, startDay: first.short(today: today),
            endDay: day.short(today: today))
    }
}

extension Attendance {
    /// Whether a status says what became of it on the day itself.
    fileprivate static func isOver(_ status: String?) -> Bool {
        ["attended", "walkIn", "noShow"].contains(status)
    }
}
