import Replication
import Wording

extension Report {
    static let goals = Report(
        "goals", "What we mean to reach, and how far we are.", .moment,
        formula: """
            Each goal that holds on --to (else today), in its week, month, quarter or year of that day, \
            up to it; done / target. Of its owner, or of everybody where it has none: one-to-ones = \
            held; new people = those whose first held one-to-one this was; promises = those to us, by the \
            day on which they were made; turnout = people who came to actions, brought by the owner; \
            leaders = people whom the owner gave a tier, or a level of \(Leadership.leastLevel) or \
            more, for the first time that anybody did. With --shared, 1 to 4 people are shown as <5, \
            and so is what they would follow from: goals lie within one another, a week's in a year's \
            and an organizer's in everybody's.
            """,
        columns: """
            Columns: whose = the goal's owner; measure = what is counted; in a = week, month, \
            quarter or year; share = done / target.
            """
    ) { scope in
        var organizers = try Organizers(scope)
        let goals = try Goals(scope, &organizers).all.filter { $0.holds(on: scope.to) }
        let progress = try Progress(Set(goals.map(\.measure)), scope, organizers)
        var table = ReportTable(
            [
                .init("owner", "Whose", .name), .id("ownerID"), .init("goal", "Goal", .text),
                .id("id"), .init("measure", "Measure"), .init("period", "In a"),
                .init("target", "Target"), .init("done", "Done"), .init("share", "Share", .bar),
            ],
            nothing: """
                No goal is written down. To meet 15 people a week: fieldbook goal set one-to-ones 15
                """)
        let told = progress.told(goals, scope)
        for goal in goals {
            guard let done = progress.done(goal, by: scope.to) else { continue }
            let isTold = told.contains(goal.id)
            table.row(
                try goal.owner.map { .text(try organizers.name(of: $0)) } ?? .said("(everybody)"),
                ReportValue(goal.owner), .said(goal.name), .id(goal.id),
                .choice(goal.measure), .choice(goal.period.rawValue), .count(goal.target),
                isTold ? .count(done) : .few,
                isTold ? ReportValue(done, of: goal.target) : .none)
        }
        return table
    }
}

/// What was done towards goals, each as whose it is and on which day; read once for all.
private struct Progress {
    private typealias Deed = (by: RecordID?, day: Day, count: Int)

    private let scope: ReportScope
    private let roster: Roster
    private let meetings: Meetings
    private var organizers: Organizers
    private var deeds: [String: [Deed]] = [:]

    /// A measure that a newer program has is left out.
    init(_ measures: Set<String>, _ scope: ReportScope, _ organizers: Organizers) throws {
        self.scope = scope
        self.organizers = organizers
        roster = try Roster(scope)
        meetings = try Meetings(scope, roster)
        for measure in measures { deeds[measure] = try deeds(of: measure) }
    }

    private mutating func deeds(of measure: String) throws -> [Deed]? {
        let held = meetings.all.lazy.filter { $0.status == .held }
        switch measure {
        case "oneToOnes":
            return held.compactMap { one in one.day.map { (one.organizer, $0, 1) } }
        case "newPeople":
            return Self.firsts(
                held.compactMap { one in
                    one.person.flatMap { person in one.day.map { (person, $0, one.organizer) } }
                })
        case "commitments":
            return try Promises(scope, roster, &organizers).all
                .filter { $0.isTheirs && $0.person != nil }
                .compactMap { one in one.madeOn.map { (one.organizer, $0, 1) } }
        case "turnout":
            return try Attendances(scope, roster, Events(scope)) {
                $0.kind == .action && !$0.isCancelled
            }.all.filter { $0.step.isThere }
                .compactMap { one in one.day.map { (one.broughtBy, $0, one.count) } }
        case "leaders":
            return Self.firsts(
                try Leadership.recognitions(scope, roster, &organizers)
                    .map { ($0.person, $0.day, $0.by) })
        default: return nil
        }
    }

    /// The first time of each person; of two on one day the one that comes first here.
    private static func firsts(_ all: [(person: Int, day: Day, by: RecordID?)]) -> [Deed] {
        var firsts: [Int: Deed] = [:]
        for one in all {
            if let first = firsts[one.person], first.day <= one.day { continue }
            firsts[one.person] = (one.by, one.day, 1)
        }
        return Array(firsts.values)
    }

    /// Nil for a measure that is not known.
    func done(_ goal: KnownGoal, by to: Day) -> Int? {
        deeds[goal.measure].map { deeds in
            counted(goal, by: to).reduce(0) { $0 + deeds[$1].count }
        }
    }

    /// The places of what was done towards a goal.
    private func counted(_ goal: KnownGoal, by to: Day) -> [Int] {
        let (days, deeds) = (goal.period.days(around: to), deeds[goal.measure] ?? [])
        return deeds.indices.filter { place in
            days.contains(deeds[place].day) && deeds[place].day <= to
                && (goal.owner == nil || goal.owner == deeds[place].by)
        }
    }

    /// The goals of which it may be told how far they are. Goals lie within one another: a week's in
    /// a year's, an organizer's in everybody's.
    func told(_ goals: [KnownGoal], _ scope: ReportScope) -> Set<RecordID> {
        guard scope.question.isShared else { return Set(goals.map(\.id)) }
        let told = Dictionary(grouping: goals, by: \.measure).values.map { goals in
            var discretion = Discretion((deeds[goals[0].measure] ?? []).map(\.count))
            let told = goals.sorted { $0.breadth(scope.to) > $1.breadth(scope.to) }.filter {
                discretion.tells(counted($0, by: scope.to))
            }
            // Who knew those who did nothing would know that the others did something.
            return told.count == goals.count
                ? told : told.filter { !counted($0, by: scope.to).isEmpty }
        }
        return Set(told.joined().map(\.id))
    }
}

extension KnownGoal {
    /// Everybody's goals first, and those of more days.
    fileprivate func breadth(_ day: Day) -> (Int, Int64) {
        let days = period.days(around: day)
        return (owner == nil ? 1 : 0, days.upperBound - days.lowerBound)
    }
}
