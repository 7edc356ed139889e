import GRDB
import Replication
import Store

/// How far everybody is on the way to an action.
struct Ways {
    /// The day of the action.
    let day: Day?
    private let today: Day
    private let action: RecordID
    private let people: SamePeople
    private let pledges: Pledges
    /// By the one id that stands for each person, the record that says most.
    private var known: [RecordID: Way] = [:]
    /// How many came whom nobody named.
    private let counts: [Count]

    private struct Way {
        let id: RecordID
        let step: AttendanceStep
        let status: String
        let broughtBy: RecordID?
        let role: String?
    }

    private struct Count {
        let id: RecordID
        let status: String
        let broughtBy: RecordID?
        let number: Int
    }

    struct Entry {
        let noted: NotedAttendance
        let edits: [Edit]
    }

    init(to action: RecordID, _ notebook: Notebook) throws {
        self.action = action
        today = notebook.today
        let key = Action.key(action)
        day = try notebook.readRecord(key)?.state.value(of: Action.on.number)?.day
            .map(Day.init(number:))
        (people, pledges, known, counts) = try notebook.store.read { db in
            let people = try SamePeople(db)
            return (
                people, try Pledges(for: action, people, db), try Self.ways(to: action, people, db),
                try Self.counts(of: action, people, db)
            )
        }
    }

    /// What to write so that somebody whom a leader names is on their way; whoever brought them before
    /// still does.
    func expectation(
        of person: RecordID, namedBy leader: RecordID, _ notebook: Notebook
    ) throws -> Edit? {
        let bringer = known[people.canonical(of: person)]?.broughtBy ?? leader
        return try entry(.pledged, of: person, broughtBy: bringer, notebook).edits.first
    }

    /// Takes a person to a step; nothing is to be written of who is there already.
    func entry(
        _ step: AttendanceNote.Step, of person: RecordID, broughtBy: RecordID?,
        role: String? = nil, _ notebook: Notebook
    ) throws -> Entry {
        let who = people.canonical(of: person)
        let way = known[who]
        let leader = try broughtBy ?? way?.broughtBy ?? leader(of: person, notebook)
        let wasExpected =
            way?.step.isPledge ?? false || hasPledged(who) || (leader.map(hasPledged) ?? false)
        let status = status(step, way, wasExpected: wasExpected)
        var changes: [Change] = []
        if status != way?.status {
            changes += [
                .set(Attendance.status, .text(status)),
                .set(Attendance.on, .day(self.day(of: step, notebook).number)),
            ]
        }
        if let leader, leader != way?.broughtBy {
            changes.append(.set(Attendance.broughtBy, .id(leader)))
        }
        if let role, role != way?.role { changes.append(.set(Attendance.role, .text(role))) }
        let edit =
            try way.map { Edit(Attendance.key($0.id), changes) }
            ?? notebook.addition(
                of: Attendance.kind,
                [.set(Attendance.person, .id(person)), .set(Attendance.event, .id(action))]
                    + changes)
        let noted = NotedAttendance(
            id: edit.key.id, person: person, status: status, count: 1,
            wasThere: way?.step.isThere ?? false, wasExpected: wasExpected,
            wasSo: changes.isEmpty)
        return Entry(noted: noted, edits: changes.isEmpty ? [] : [edit])
    }

    /// When a step was taken: whoever came, or did not, did so on the day of the action.
    private func day(of step: AttendanceNote.Step, _ notebook: Notebook) -> Day {
        step.hasHappened ? day ?? notebook.today : notebook.today
    }

    /// Who brings somebody of whom nobody says it: a leader who gave a number is one of her own, and
    /// others belong to who named them.
    private func leader(of person: RecordID, _ notebook: Notebook) throws -> RecordID? {
        if hasPledged(person) { return person }
        return try notebook.title(of: person).flatMap(pledges.leader(naming:))
    }

    /// People whom nobody named: those of a leader who gave a number were expected. A number of hers,
    /// or of nobody's, that was given before is changed; of several, one record is left.
    func unnamed(
        _ count: Int64, broughtBy leader: RecordID?, _ notebook: Notebook
    ) throws -> Entry {
        let status = leader.map(hasPledged) ?? false ? "attended" : "walkIn"
        let bringer: [Change] = leader.map { [.set(Attendance.broughtBy, .id($0))] } ?? []
        let addition = try notebook.addition(
            of: Attendance.kind,
            [
                .set(Attendance.event, .id(action)), .set(Attendance.status, .text(status)),
                .set(Attendance.on, .day(day(of: .came, notebook).number)),
                .set(Attendance.count, .int(count)),
            ] + bringer)
        let before = counts.filter { $0.broughtBy == leader.map(people.canonical) }
        let wasSo = before.map(\.number) == [Int(count)] && before.map(\.status) == [status]
        let first = before.first.map { Edit(Attendance.key($0.id), addition.changes) }
        let others = before.dropFirst().map { Edit(Attendance.key($0.id), [.delete]) }
        let noted = NotedAttendance(
            id: before.first?.id ?? addition.key.id, person: nil, status: status,
            count: Int(count),
            before: before.isEmpty ? nil : before.reduce(0) { $0 + $1.number },
            wasThere: false, wasExpected: status != "walkIn", wasSo: wasSo)
        return Entry(noted: noted, edits: wasSo ? [] : [first ?? addition] + others)
    }

    /// The status that a step makes of somebody's way so far.
    private func status(
        _ step: AttendanceNote.Step, _ way: Way?, wasExpected: Bool
    ) -> String {
        let before = way?.step ?? .unknown
        switch step {
        case .invited, .pledged, .confirmed, .doubleConfirmed:
            let wanted = AttendanceStep.allCases.first { "\($0)" == step.rawValue } ?? .unknown
            // Who had cancelled may say yes after all, and who stayed away by mistake, while it lies ahead.
            let mayReturn = before == .cancelled || before == .noShow && !isOver
            let isFurther = before >= wanted && !mayReturn
            return isFurther ? way?.status ?? step.rawValue : step.rawValue
        case .noShow: return step.rawValue
        case .came: return wasExpected ? step.rawValue : "walkIn"
        }
    }

    /// Whether what became of people is known: the day has come.
    private var isOver: Bool { day.map { $0 <= today } ?? false }

    private func hasPledged(_ leader: RecordID) -> Bool {
        pledges.records[people.canonical(of: leader)] != nil
    }
}

extension Ways {
    /// The records of people who came and whom nobody named, the first one first.
    private static func counts(
        of action: RecordID, _ people: SamePeople, _ db: Database
    ) throws -> [Count] {
        var row = try FastStatement(
            db,
            """
            SELECT id, status, broughtBy, count FROM attendance
            WHERE event = ? AND person IS NULL AND status IN ('attended', 'walkIn') ORDER BY id
            """)
        row.bind(action.bytes)
        var counts: [Count] = []
        while try row.step() {
            counts.append(
                Count(
                    id: try row.id(0), status: row.text(1),
                    broughtBy: try row.optionalID(2).map(people.canonical),
                    number: row.people(3) ?? 1))
        }
        return counts
    }

    private static func ways(
        to action: RecordID, _ people: SamePeople, _ db: Database
    ) throws -> [RecordID: Way] {
        var ways: [RecordID: Way] = [:]
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, person, status, \(AttendanceStep.sql) AS step, broughtBy, role
                FROM attendance WHERE event = ? AND person IS NOT NULL ORDER BY id
                """, arguments: [action.data])
        for row in rows {
            guard let id = row.id("id"), let who = row.id("person").map(people.canonical) else {
                continue
            }
            let way = Way(
                id: id, step: AttendanceStep(rawValue: row["step"]) ?? .unknown,
                status: row.shown("status") ?? "", broughtBy: row.id("broughtBy"),
                role: row.shown("role"))
            if ways[who].map({ $0.step < way.step }) ?? true { ways[who] = way }
        }
        return ways
    }
}
