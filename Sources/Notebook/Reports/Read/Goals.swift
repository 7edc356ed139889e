import Replication
import Store
import Wording

/// What somebody means to reach, as far as reports count it.
struct KnownGoal {
    enum Period: String {
        case week, month, quarter, year

        /// Of which this many make a year.
        private var perYear: Int {
            switch self {
            case .week: 52
            case .month: 12
            case .quarter: 4
            case .year: 1
            }
        }

        /// What so many in the period are in a week, rounded.
        func weekly(_ target: Int) -> Int { (target * perYear + 26) / 52 }

        /// The week, month, quarter or year in which a day is.
        func days(around day: Day) -> ClosedRange<Day> {
            let (year, month, _) = day.civil
            let months: (first: Int64, count: Int64)
            switch self {
            case .week: return Week(of: day).monday...Week(of: day).sunday
            case .month: months = (month, 1)
            case .quarter: months = ((month - 1) / 3 * 3 + 1, 3)
            case .year: months = (1, 12)
            }
            let end = months.first + months.count
            let next = end > 12 ? (year + 1, end - 12) : (year, end)
            let start = Day(year: year, month: months.first, day: 1) ?? day
            return start...max(start, (Day(year: next.0, month: next.1, day: 1) ?? day) + -1)
        }
    }

    let id: RecordID
    let name: Phrase
    /// The owner's canonical id; nil for everybody's goal.
    let owner: RecordID?
    let measure: String
    let period: Period
    let target: Int
    private let since: Day?
    private let until: Day?

    fileprivate init?(_ row: FastStatement, _ owner: RecordID?) throws {
        guard let period = Period(rawValue: row.text(4)), let target = row.people(5), target > 0
        else { return nil }
        id = try row.id(0)
        name = Goal.title(
            row.optionalText(1) ?? said("(no name)"), Int64(target), row.text(3), row.text(4))
        self.owner = owner
        measure = row.text(3)
        self.period = period
        self.target = target
        (since, until) = (row.day(6), row.day(7))
    }

    func holds(on day: Day) -> Bool { ReportScope.goes(since, until, on: day) }
}

/// Every goal; of two alike the one that began later comes first.
struct Goals {
    let all: [KnownGoal]

    init(_ scope: ReportScope, _ organizers: inout Organizers) throws {
        var goals: [KnownGoal] = []
        var row = try FastStatement(
            scope.db,
            """
            SELECT id, name, owner, measure, coalesce(period, 'week'), target, since, until FROM goal
            WHERE measure IS NOT NULL ORDER BY since IS NULL, since DESC, id DESC
            """)
        while try row.step() {
            let owner = try row.optionalID(2).map { organizers.canonical(of: $0) }
            if let goal = try KnownGoal(row, owner) { goals.append(goal) }
        }
        all = goals
    }

    /// How many one-to-ones an organizer means to hold in a week: by their own goal, or else by
    /// everybody's; nil without one.
    func oneToOnes(of organizer: RecordID, in week: Week) -> Int? {
        let goals = all.filter {
            $0.measure == "oneToOnes" && ($0.holds(on: week.monday) || $0.holds(on: week.sunday))
        }
        // A goal for a week says it of the week itself; of the others, the one that began later.
        let byWeek = goals.filter { $0.period == .week } + goals.filter { $0.period != .week }
        let goal = byWeek.first { $0.owner == organizer } ?? byWeek.first { $0.owner == nil }
        return goal.map { $0.period.weekly($0.target) }.flatMap { $0 > 0 ? $0 : nil }
    }
}
