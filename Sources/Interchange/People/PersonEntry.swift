import Notebook
import Replication
import Store
import Wording

/// Takes rows about people into the notebook: somebody new is added; of somebody who is here,
/// empty fields are filled, and nothing is overwritten.
struct PersonEntry {
    private let run: ImportRun
    private var index: PersonIndex
    /// The line on which somebody stood first.
    private var seen: [RecordID: Int] = [:]
    private static let advice = "Leave the row out, or correct it."

    init(_ run: ImportRun) throws {
        self.run = run
        index = try PersonIndex(run.transaction)
    }

    /// Takes one row. Throws `LineProblem` for one that is to be rejected.
    mutating func take(_ row: PersonRow) throws {
        guard !Folding.name(row.name).isEmpty else {
            throw LineProblem("It has no name. Write one into the row.")
        }
        for name in [row.name] + row.references.map(\.name)
        where name.count > FieldRules.lettersOfName {
            throw LineProblem(
                """
                A name in it has \(name.count) letters, and takes at most \(FieldRules.lettersOfName). \
                Shorten it in the row.
                """)
        }
        let turf = try turf(row)
        let id = try match(row)
        let state = try run.state(of: Person.key(id))
        guard !state.isErased else {
            throw LineProblem("This person was erased for good. Leave the row out.")
        }
        let isNew = state.cells.isEmpty
        let comesBack = run.wasTakenBack(state)
        guard isNew || comesBack || state.life != .deleted else {
            run.report.remark(
                row.line, .skipped,
                """
                This person was deleted here. To have them back: fieldbook person restore \
                \(id.shortened)
                """)
            return run.report.count(.skipped)
        }
        var filling = Filling(state, isUndo: run.isUndo)
        filling.remarks = row.remarks
        fill(&filling, row)
        try refer(&filling, row, &index)
        if isNew, !row.saysWhose {
            filling.set(Person.organizer, .id(run.notebook.me.asOrganizer))
        }
        if comesBack { filling.changes.append(.restore) }
        let moves = try moves(id, state, to: turf, isNew: isNew || comesBack, &filling)
        let edit = Edit(
            Person.key(id), home: turf ?? Space.organizers, filling.changes)
        let changed = try run.commit(filling.institutions + [edit] + moves)
        tell(row, id, isMade: isNew || comesBack, changed: changed, filling)
    }

    /// The turf that a row names. A turf is not made on the way: it is a space that people are let
    /// into.
    private func turf(_ row: PersonRow) throws -> RecordID? {
        guard let name = row.turf else { return nil }
        guard let turf = index.turf(name) else {
            throw LineProblem(
                """
                No turf is called "\(name)". Add it (fieldbook turf add "\(name)"), or correct the name.
                """)
        }
        return turf
    }

    /// The record that a row is about, here or to be made.
    private func match(_ row: PersonRow) throws -> RecordID {
        let id = row.id
        let state = try run.state(of: Person.key(id))
        if !state.cells.isEmpty {
            guard row.source == nil || state.isErased || isAlike(row, state) else {
                throw LineProblem(
                    """
                    Its id belongs to somebody of another name here. Correct the id or the name, or \
                    clear the id.
                    """)
            }
            if state.life != .deleted || run.wasTakenBack(state) { return id }
        }
        return index.person(like: row) ?? id
    }

    /// Whether a row and a record may be one person: they share a word of the name, the phone number
    /// or the e-mail address.
    private func isAlike(_ row: PersonRow, _ state: RecordState) -> Bool {
        func shares(_ field: FieldSchema, _ fold: (String) -> String?) -> Bool {
            let here = state.value(of: field.number)?.text.flatMap(fold)
            return here != nil && here == row.text(field).flatMap(fold)
        }
        let here = Folding.name(state.value(of: Person.name.number)?.text ?? "")
        let words = Set(here.split(separator: " "))
        return words.isEmpty
            || !words.isDisjoint(with: Folding.name(row.name).split(separator: " "))
            || shares(Person.phone, Folding.phone) || shares(Person.email, Folding.email)
    }

    private func fill(_ filling: inout Filling, _ row: PersonRow) {
        for (field, value) in row.values { filling.set(field, value) }
        for (field, value) in row.elements { filling.insert(field, value) }
    }

    /// Fields that name another record. A body that is not here yet is made on the way.
    private func refer(
        _ filling: inout Filling, _ row: PersonRow, _ index: inout PersonIndex
    ) throws {
        for (field, name) in row.references {
            if field.number == Person.institution.number {
                try belong(&filling, name, &index)
            } else if let id = whom(name, in: field, index) {
                filling.set(field, .id(id))
            } else {
                filling.remarks.append(
                    "Nobody here is called \"\(name.cut)\", so \(field.words) stays as it is.")
            }
        }
    }

    /// Somebody by name; among those whose people they are, oneself before others of the same name.
    private func whom(_ name: String, in field: FieldSchema, _ index: PersonIndex) -> RecordID? {
        let me = run.notebook.me
        let isMe = field == Person.organizer && Folding.name(name) == Folding.name(me.name)
        return isMe ? me.asOrganizer : index.somebody(name)
    }

    private func belong(
        _ filling: inout Filling, _ name: String, _ index: inout PersonIndex
    ) throws {
        let known = index.institution(name)
        let id = known ?? PersonRow.institution(name)
        let here = filling.state.value(of: Person.institution.number)?.id
        if let here, here != id {
            let words = index.institutionName(here) ?? here.shortened
            return filling.differ(Person.institution, here: words, there: name)
        }
        guard filling.set(Person.institution, .id(id)), known == nil else { return }
        let key = Institution.key(id)
        var changes: [Change] = [.set(Institution.name, .text(name))]
        if try run.state(of: key).life == .deleted { changes.append(.restore) }
        filling.institutions.append(Edit(key, home: Space.commons, changes))
        index.addInstitution(id, name)
        run.report.kinds[Institution.kind.name, default: 0] += 1
    }

    private func moves(
        _ id: RecordID, _ state: RecordState, to turf: RecordID?, isNew: Bool,
        _ filling: inout Filling
    ) throws -> [Edit] {
        guard let turf, let space = state.space, space != turf else { return [] }
        guard space == Space.organizers || isNew, state[CommonField.space]?.conflict == nil else {
            filling.remarks.append("The turf stays as it is here.")
            return []
        }
        return try run.transaction.read { try Notebook.moves(of: [id], to: turf, $0) }
    }

    private mutating func tell(
        _ row: PersonRow, _ id: RecordID, isMade: Bool, changed: Bool, _ filling: Filling
    ) {
        var remarks = filling.remarks
        let first = seen[id]
        if let first { remarks.insert("This is the same person as on line \(first).", at: 0) }
        seen[id] = first ?? row.line
        let outcome: ImportReport.Outcome =
            isMade ? .created : changed && first == nil ? .updated : .skipped
        run.report.count(outcome)
        if isMade {
            run.report.kinds[Person.kind.name, default: 0] += 1
            run.report.add(newcomer: id, row.forLinkage, on: row.line)
            index.add(id, row.name, phone: row.text(Person.phone), row.text(Person.email))
        }
        guard !remarks.isEmpty else { return }
        run.report.remark(row.line, outcome, remarks.joined(" "))
    }
}
