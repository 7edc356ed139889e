import GRDB
import Replication
import Store

/// What was held, said, promised and planned with the people of a turf, each table read once.
///
/// Of linked records, those elsewhere belong to it too, and those that were deleted.
struct TurfRecords {
    /// The latest day on which each entry was met, and was spoken to.
    private(set) var met: [RecordID: Day] = [:]
    private(set) var touched: [RecordID: Day] = [:]
    /// The earliest due next step that is not done, by the first of a person's entries.
    private(set) var steps: [RecordID: FollowUp] = [:]
    /// Open promises, the earliest due first, by the first of a person's entries.
    private(set) var promises: [RecordID: [Commitment]] = [:]
    private let space: SpaceID
    private let people: SamePeople
    private let scope: Scope
    private let today: Day

    init(
        _ db: Database, of space: SpaceID, _ people: SamePeople, readableTo scope: Scope,
        by today: Day
    ) throws {
        self.space = space
        self.people = people
        self.scope = scope
        self.today = today
        try readMeetings(db)
        try readSteps(db)
        try readTouches(db)
        for promise in try Commitment.all(
            "WHERE \(isTheirs) AND \(Commitment.openPromise)", db, binding: bind)
        {
            promise.person.map { promises[people.all(of: $0)[0], default: []].append(promise) }
        }
    }

    /// Of everybody who was ever taken for somebody else: there are few of them.
    private var isTheirs: String {
        """
        person IN (
            SELECT id FROM person WHERE space = ?
            UNION ALL SELECT a FROM samePerson UNION ALL SELECT b FROM samePerson)
        \(scope.condition())
        """
    }

    private func bind(_ row: inout FastStatement) {
        row.bind([space] + scope.bound)
    }

    private mutating func readMeetings(_ db: Database) throws {
        var row = try FastStatement(
            db,
            """
            SELECT person, max("on") FROM oneToOne
            WHERE \(isTheirs) AND coalesce(status, 'held') = 'held' AND "on" <= \(today.number)
            GROUP BY person
            """)
        bind(&row)
        while try row.step() { met[try row.id(0)] = row.day(1) }
    }

    private mutating func readSteps(_ db: Database) throws {
        var row = try FastStatement(
            db,
            """
            SELECT person, id, next, due FROM oneToOne WHERE \(OneToOne.openStep) AND \(isTheirs)
            """)
        bind(&row)
        while try row.step() { add(try row.followUp(of: row.id(0))) }
    }

    private mutating func add(_ step: FollowUp) {
        guard let person = step.person.map({ people.all(of: $0)[0] }) else { return }
        if let other = steps[person], other.precedes(step) { return }
        steps[person] = step
    }

    private mutating func readTouches(_ db: Database) throws {
        var row = try FastStatement(db, "SELECT person, \"on\" FROM touch WHERE \(isTheirs)")
        bind(&row)
        while try row.step() {
            if let day = row.day(1) { Self.note(day, try row.id(0), today, in: &touched) }
        }
    }

    private static func note(
        _ day: Day, _ person: RecordID, _ today: Day, in days: inout [RecordID: Day]
    ) {
        if day <= today { days[person] = max(days[person] ?? day, day) }
    }
}

extension FastStatement {
    fileprivate func followUp(of person: RecordID) throws -> FollowUp {
        FollowUp(id: try id(1), person: person, what: text(2), due: day(3))
    }
}

extension FollowUp {
    /// The earlier due comes first, and last what has no date.
    fileprivate func precedes(_ other: FollowUp) -> Bool {
        guard due != other.due else { return id < other.id }
        return due.map { day in other.due.map { day < $0 } ?? true } ?? false
    }
}
