import Notebook
import Replication
import Store
import Synchronization

/// Days around 3 March 2026, a Tuesday, which is a desk's today.
enum March {
    static let third = Day(number: 20_515)
}

extension Desk {
    /// Writes a one-to-one down as it is said, with whatever status and of whatever day.
    @discardableResult
    func meet(
        _ person: RecordID, on day: Day = March.third, status: String? = OneToOne.held,
        heard: [String] = [], by organizer: RecordID? = nil
    ) throws -> RecordID {
        var changes: [Change] = [
            .set(OneToOne.person, .id(person)), .set(OneToOne.on, .day(day.number)),
            .set(OneToOne.organizer, .id(organizer ?? notebook.me.asOrganizer)),
        ]
        if let status { changes.append(.set(OneToOne.status, .text(status))) }
        for concern in heard { changes.append(.insert(OneToOne.heard, .text(concern))) }
        return try write(OneToOne.kind, changes)
    }

    @discardableResult
    func promise(
        _ person: RecordID, due: Day?, status: String = Commitment.open, settled: Day? = nil,
        theirs: Bool = true
    ) throws -> RecordID {
        var changes: [Change] = [
            .set(Commitment.person, .id(person)), .set(Commitment.what, .text("bring five")),
            .set(Commitment.organizer, .id(notebook.me.asOrganizer)),
            .set(Commitment.direction, .text(theirs ? "they" : "we")),
            .set(Commitment.status, .text(status)),
        ]
        if let due { changes.append(.set(Commitment.due, .day(due.number))) }
        if let settled { changes.append(.set(Commitment.settledOn, .day(settled.number))) }
        return try write(Commitment.kind, changes)
    }

    @discardableResult
    func assess(
        _ person: RecordID, level: Int64, on day: Day, basis: String? = "brought ten",
        by assessor: RecordID? = nil
    ) throws -> RecordID {
        var changes: [Change] = [
            .set(Assessment.person, .id(person)), .set(Assessment.level, .int(level)),
            .set(Assessment.date, .day(day.number)),
            .set(Assessment.organizer, .id(assessor ?? notebook.me.asOrganizer)),
        ]
        if let basis { changes.append(.set(Assessment.basis, .text(basis))) }
        return try write(Assessment.kind, changes)
    }

    func reflect(on meeting: RecordID, story: String) throws {
        _ = try write(
            Reflection.kind,
            [.set(Reflection.oneToOne, .id(meeting)), .set(Reflection.story, .text(story))])
    }

    /// A colleague who is enrolled and is no person here.
    func colleague(_ name: String) throws -> RecordID {
        try write(Member.kind, [.set(Member.name, .text(name))])
    }

    /// Writes a record down as it is said, in whatever shape.
    @discardableResult
    func write(_ kind: KindSchema, _ changes: [Change]) throws -> RecordID {
        let id = notebook.store.environment.newID()
        _ = try notebook.store.write { transaction in
            try transaction.commit(
                [Edit(RecordKey(kind.number, id), home: Space.organizers, changes)],
                by: notebook.me.member)
        }
        return id
    }

    /// Somebody's way to an event, step by step.
    @discardableResult
    func attend(
        _ person: RecordID?, _ event: RecordID, _ steps: String..., by leader: RecordID? = nil,
        role: String? = nil, count: Int64? = nil
    ) throws -> RecordID {
        var changes: [Change] = [.set(Attendance.event, .id(event))]
        if let person { changes.append(.set(Attendance.person, .id(person))) }
        if let leader { changes.append(.set(Attendance.broughtBy, .id(leader))) }
        if let role { changes.append(.set(Attendance.role, .text(role))) }
        if let count { changes.append(.set(Attendance.count, .int(count))) }
        let id = try write(Attendance.kind, changes)
        for step in steps {
            try change(Attendance.key(id), .set(Attendance.status, .text(step)))
        }
        return id
    }

    func action(_ title: String, on day: Day?, goal: Int64? = nil) throws -> RecordID {
        var changes: [Change] = [.set(Action.title, .text(title))]
        if let day { changes.append(.set(Action.on, .day(day.number))) }
        if let goal { changes.append(.set(Action.goal, .int(goal))) }
        return try write(Action.kind, changes)
    }

    func issue(_ title: String, cutOn day: Day) throws -> RecordID {
        try write(
            Issue.kind, [.set(Issue.title, .text(title)), .set(Issue.cutOn, .day(day.number))])
    }

    /// What somebody is concerned about, in a record of its own.
    @discardableResult
    func concern(
        _ words: String, of person: RecordID?, on day: Day? = March.third, _ more: Change...
    ) throws -> RecordID {
        var changes: [Change] = [.set(Concern.words, .text(words))] + more
        if let person { changes.append(.set(Concern.person, .id(person))) }
        if let day { changes.append(.set(Concern.on, .day(day.number))) }
        return try write(Concern.kind, changes)
    }

    func pledge(_ leader: RecordID, _ number: Int64, for action: RecordID) throws {
        try write(
            TurnoutPledge.kind,
            [
                .set(TurnoutPledge.leader, .id(leader)), .set(TurnoutPledge.action, .id(action)),
                .set(TurnoutPledge.pledged, .int(number)),
            ])
    }

    func change(_ key: RecordKey, _ changes: Change...) throws {
        _ = try notebook.store.write { transaction in
            try transaction.commit([Edit(key, changes)], by: notebook.me.member)
        }
    }

    /// A report's table.
    func report(
        _ name: String, _ question: ReportQuestion = ReportQuestion()
    ) throws -> ReportTable {
        try notebook.table(Report.named(name), question)
    }
}

extension ReportTable {
    /// The first row whose column says this.
    func row(_ column: String, _ value: ReportValue) -> [String: ReportValue]? {
        guard let index = columns.firstIndex(where: { $0.name == column }) else { return nil }
        return rows.first { $0[index] == value }.map { row in
            Dictionary(uniqueKeysWithValues: zip(columns.map(\.name), row))
        }
    }

    /// A column's values, from the first row to the last.
    func column(_ name: String) -> [ReportValue] {
        guard let index = columns.firstIndex(where: { $0.name == name }) else { return [] }
        return rows.map { $0[index] }
    }
}

/// A clock that a test puts forward.
final class Later: Sendable {
    private let milliseconds = Mutex<UInt64>(0)

    var now: UInt64 { milliseconds.withLock { $0 } }

    func pass(days: UInt64) {
        milliseconds.withLock { $0 += days * 86_400_000 }
    }
}
