import Notebook
import Replication
import Store
import Wording

/// Takes one record's line into the notebook.
struct RecordEntry {
    private let run: ImportRun

    init(_ run: ImportRun) { self.run = run }

    func take(_ line: RecordLine, _ kind: KindName, at number: Int) throws {
        do {
            switch kind {
            case .known(let kind), .numbered(let kind):
                try takeKnown(line, RecordKey(kind, line.id), at: number)
            case .foreign:
                let changed = try keep(line.all, of: line)
                tell(line, changed.isNew ? .created : changed.isChange ? .updated : .skipped)
            }
        } catch let problem as LineProblem {
            run.report.reject(number, problem.reason)
        }
    }

    private func takeKnown(_ line: RecordLine, _ key: RecordKey, at number: Int) throws {
        let state = try run.state(of: key)
        guard !state.isErased else {
            throw LineProblem("This record was erased for good. Leave the line out.")
        }
        let isNew = state.space == nil && state.cells.isEmpty
        let comesBack = !line.isDeleted && run.wasTakenBack(state)
        guard isNew || line.isDeleted || comesBack || state.life != .deleted else {
            let advice: Phrase = key.kind == Person.kind.number ? " (fieldbook person restore)" : ""
            run.report.remark(
                number, .skipped, "It was deleted here. Bring it back first\(advice).")
            return tell(line, .skipped)
        }
        var draft = RecordDraft(key, state, policy: Kinds.policy(of: key.kind))
        for (name, json) in line.fields.sorted(by: { $0.key < $1.key }) {
            try draft.set(name, json, isInConflict: line.conflicts[name] != nil)
        }
        for name in line.conflicts.keys where line.fields[name] == nil { draft.leave(name) }
        try checkNamesNobody(draft, key, state)
        try remark(draft, at: number)
        if isNew, !line.isDeleted {
            let home = try home(line, key, draft)
            for step in try draft.way(line.before) {
                try run.commit([Edit(key, home: home, [step])])
            }
        }
        let changed = try commit(draft, line, key, state, comesBack: comesBack)
        if isNew { try recognize(key, draft) }
        tell(line, isNew || comesBack ? .created : changed ? .updated : .skipped)
    }

    /// A member of the same name, whom the notebook did not know, is its owner in another notebook.
    private func recognize(_ key: RecordKey, _ draft: RecordDraft) throws {
        guard key.kind == Member.kind.number, let name = draft.value(of: Member.name)?.text,
            Folding.name(name) == Folding.name(run.notebook.me.name)
        else { return }
        try NotebookFile.keep(former: key.id, run.transaction)
    }

    private func commit(
        _ draft: RecordDraft, _ line: RecordLine, _ key: RecordKey, _ state: RecordState,
        comesBack: Bool
    ) throws -> Bool {
        var edits = [Edit(key, home: try home(line, key, draft), draft.changes)]
        if comesBack { edits[0].changes.append(.restore) }
        if let move = draft.move, state.space != nil, state.space != move {
            edits += try transactionMoves(key, to: move)
        }
        var changed = try run.commit(edits)
        if line.isDeleted, state.life != .deletedWhileEdited {
            changed = try run.commit([Edit(key, [.delete])]) || changed
        }
        guard !draft.unknown.isEmpty else { return changed }
        return try keep(["fields": .object(draft.unknown)], of: line).isChange || changed
    }

    /// Throws `LineProblem` for an answer to an anonymous survey that would now say whose it is.
    private func checkNamesNobody(
        _ draft: RecordDraft, _ key: RecordKey, _ state: RecordState
    ) throws {
        guard key.kind == SurveyResponse.kind.number,
            draft.value(of: SurveyResponse.person)?.id != nil,
            state.value(of: SurveyResponse.person.number)?.id == nil,
            let wave = draft.value(of: SurveyResponse.wave)?.id,
            let instrument = try run.state(of: SurveyWave.key(wave))
                .value(of: SurveyWave.instrument.number)?.id,
            SurveyInstrument.isAnonymous(try run.state(of: SurveyInstrument.key(instrument)))
        else { return }
        throw LineProblem(
            "It answers an anonymous survey, and says whose it is. Take the person out of the line."
        )
    }

    private func transactionMoves(_ key: RecordKey, to space: SpaceID) throws -> [Edit] {
        guard key.kind == Person.kind.number else { return [Edit(key, [.move(space)])] }
        return try run.transaction.read { try Notebook.moves(of: [key.id], to: space, $0) }
    }

    /// Where a record that the notebook does not know yet comes to live.
    private func home(
        _ line: RecordLine, _ key: RecordKey, _ draft: RecordDraft
    ) throws -> SpaceID {
        guard let policy = Kinds.policy(of: key.kind) else {
            return line.space.flatMap(Self.space) ?? Space.organizers
        }
        let person = { (field: FieldSchema) throws -> SpaceID? in
            try draft.value(of: field)?.id.flatMap {
                try run.transaction.space(of: Person.key($0))
            }
        }
        switch policy.home {
        case .commons: return Space.commons
        case .organizers: return Space.organizers
        case .own: return key.id
        case .turf: return draft.move ?? Space.organizers
        case .person(let field): return try person(field) ?? Space.organizers
        case .pair(let one, let other):
            let spaces = (try person(one), try person(other))
            return spaces.0 == spaces.1 ? spaces.0 ?? Space.organizers : Space.organizers
        }
    }

    private static func space(_ name: String) -> SpaceID? {
        switch name {
        case "commons": Space.commons
        case "organizers": Space.organizers
        default: SpaceID(name)
        }
    }

    /// Keeps what nobody here knows, beside what was kept of the same record before.
    private func keep(
        _ object: [String: JSONValue], of line: RecordLine
    ) throws -> (isNew: Bool, isChange: Bool) {
        let key = Foreign.key(line.kind, line.id)
        let state = try run.state(of: key)
        let old = Kept.object(in: state)
        var merged = (old ?? [:]).merging(object) { $1 }
        if let fields = object["fields"]?.object {
            merged["fields"] = .object((old?["fields"]?.object ?? [:]).merging(fields) { $1 })
        }
        let json = JSONValue.object(merged).bytes
        guard json.count <= Limits.valueBytes else {
            throw LineProblem(
                "What Fieldbook does not know of it is longer than 64 KiB. Shorten the line.")
        }
        var changes: [Change] = [
            .set(Foreign.of, .text(line.kind)), .set(Foreign.record, .id(line.id)),
            .set(Foreign.json, Value(type: .text, bytes: json)),
        ]
        if state.life != .alive { changes.append(.restore) }
        let isChange = try run.commit([Edit(key, home: Space.organizers, changes)])
        return (old == nil, isChange)
    }

    private func remark(_ draft: RecordDraft, at number: Int) throws {
        guard !draft.leftAlone.isEmpty else { return }
        let fields = draft.leftAlone.sorted().listed("and")
        run.report.remark(
            number, .skipped,
            "In conflict, and left as it is here: \(fields). See \"fieldbook conflicts\".")
    }

    private func tell(_ line: RecordLine, _ outcome: ImportReport.Outcome) {
        run.report.count(outcome)
        if outcome == .created { run.report.kinds[line.kind, default: 0] += 1 }
    }
}

/// Why a line or a row is rejected, in a sentence with what to do.
struct LineProblem: Error {
    let reason: Phrase
    init(_ reason: Phrase) { self.reason = reason }
}

extension RecordLine {
    /// All of a line but its kind and id, as it is kept where nobody knows its kind.
    fileprivate var all: [String: JSONValue] {
        var all: [String: JSONValue] = ["fields": .object(fields)]
        if !conflicts.isEmpty { all["conflicts"] = .object(conflicts) }
        if isDeleted { all["deleted"] = .flag(true) }
        if let space { all["space"] = .text(space) }
        return all
    }
}
