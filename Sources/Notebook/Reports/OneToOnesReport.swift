import Replication
import Wording

extension Report {
    static let oneToOnes = Report(
        "one-to-ones", "One-to-ones held each week, against the goal.", .weeks(12),
        formula: """
            For each organizer and ISO week: held = one-to-ones held, by the day they were held; \
            attainment = held / goal: what --goal says, or else the organizer's goal of that week (of a \
            month, a quarter or a year its part for a week), or everybody's; new = people whose first \
            held one-to-one, with anybody, was this one; mean = held in this week and the three before, \
            divided by 4. Scheduled, no-show, cancelled (by either side) and void stand beside it, by \
            the day on which they were to be; what is arranged for the \(Int(Meeting.ahead)) days \
            after the last one is scheduled in the last week. With --shared, 1 to 4 meetings are shown \
            as <5, and fewer than 5 new people of a week in which somebody was met, also none; what \
            they would follow from is left out.
            """,
        columns: """
            Columns: done = attainment; miss = no-show.
            """
    ) { scope in
        try OneToOneWeeks(scope).table(scope)
    }
}

/// What each organizer did in each week.
private struct OneToOneWeeks {
    private struct Tally {
        var held = 0
        var new = 0
        var scheduled = 0
        var noShow = 0
        var cancelled = 0
        var void = 0

        mutating func add(_ status: MeetingStatus) {
            switch status {
            case .held: held += 1
            case .scheduled, .proposed: scheduled += 1
            case .noShow: noShow += 1
            case .cancelledByUs, .cancelledByThem: cancelled += 1
            case .void: void += 1
            case .unknown: break
            }
        }
    }

    /// Weeks before the first one that its mean needs.
    private static let before = 3

    private let weeks: [Week]
    private let meetings: Meetings
    private let goals: Goals
    /// By organizer, and from `before` weeks ahead of the first.
    private var tallies: [RecordID: [Tally]] = [:]

    init(_ scope: ReportScope) throws {
        weeks = Week.all(in: scope.days)
        meetings = try Meetings(scope, Roster(scope))
        var organizers = meetings.organizers
        goals = try Goals(scope, &organizers)
        let start = (weeks[0] + Int64(-Self.before)).monday
        for meeting in meetings.all {
            guard let day = meeting.day, let organizer = meeting.organizer else { continue }
            if meeting.isArranged(from: scope.to) {
                edit(organizer, scope.to) { $0.add(meeting.status) }
                continue
            }
            guard (start...scope.to).contains(day) else { continue }
            // The mean of a first week that is cut takes in whole weeks before it, and no more of it.
            guard day >= scope.from || day < weeks[0].monday else { continue }
            edit(organizer, day) { $0.add(meeting.status) }
        }
        for (organizer, day) in firsts(scope.people, by: scope.to) where day >= scope.from {
            edit(organizer, day) { $0.new += 1 }
        }
    }

    private mutating func edit(_ organizer: RecordID, _ day: Day, _ body: (inout Tally) -> Void) {
        let week = Week(of: day) - weeks[0] + Self.before
        let empty = [Tally](repeating: Tally(), count: weeks.count + Self.before)
        body(&tallies[organizer, default: empty][week])
    }

    /// Who met each person first, and when; of two on one day the one who wrote it down first.
    private func firsts(_ people: SamePeople, by to: Day) -> [(RecordID, Day)] {
        var firsts: [RecordID: (organizer: RecordID?, day: Day)] = [:]
        for meeting in meetings.all where meeting.status == .held {
            guard let entry = meeting.entry, let day = meeting.day, day <= to else { continue }
            let person = people.isEmpty ? entry : people.canonical(of: entry)
            if let first = firsts[person], first.day <= day { continue }
            firsts[person] = (meeting.organizer, day)
        }
        return firsts.values.compactMap { first in first.organizer.map { ($0, first.day) } }
    }

    func table(_ scope: ReportScope) throws -> ReportTable {
        var table = ReportTable(
            [
                .init("organizer", "Organizer", .name), .id("organizerID"),
                .init("week", "Week"), .init("monday", "", .hidden), .init("held", "Held", .bar),
                .init("goal", "", .hidden), .init("attainment", "Done"), .init("newPeople", "New"),
                .init("mean4", "Mean"), .init("scheduled", "Sched"), .init("noShow", "Miss"),
                .init("cancelled", "Canc"), .init("void", "Void"),
            ], nothing: "No one-to-ones here in these weeks.")
        for (id, name) in try meetings.organizers.named(tallies.keys) {
            for week in weeks.indices {
                table.row([.text(name), .id(id)] + values(id, week, scope))
            }
        }
        let held = weeks.indices.map { week in
            tallies.values.reduce(0) { $0 + $1[week + Self.before].held }
        }
        if let goal = scope.question.goal { table.figure("goal", "Goal", .count(goal)) }
        let few = weeks.indices.map { week in
            tallies.values.map { $0[week + Self.before].held }.filter(SmallCells.isSmall)
        }
        let isTrendTold = few.allSatisfy(scope.tells(sumOf:))
        let isSumTold = isTrendTold || scope.tells(sumOf: few.flatMap { $0 })
        table.figure("held", "Held in all", isSumTold ? .count(held.reduce(0, +)) : .none)
        table.figure("heldByWeek", "Week by week", isTrendTold ? .trend(held) : .none)
        let new = tallies.values.reduce(0) { $0 + $1.reduce(0) { $0 + $1.new } }
        table.figure(
            "newPeople", "New people met", isTold(scope) ? .count(new) : .none)
        return table
    }

    /// What is kept back may also be nobody: as many as were held are new at most, and one is one.
    private func isHidden(_ tally: Tally, _ scope: ReportScope) -> Bool {
        scope.question.isShared && tally.held > 0 && tally.new < SmallCells.least
    }

    /// Whether all new people may be told beside those who are: many are left, and not as many as can
    /// be.
    private func isTold(_ scope: ReportScope) -> Bool {
        let hidden = tallies.values.flatMap { $0.dropFirst(Self.before) }.filter {
            isHidden($0, scope)
        }
        let (new, held) = (
            hidden.reduce(0) { $0 + $1.new }, hidden.reduce(0) { $0 + $1.held }
        )
        return hidden.isEmpty || new >= SmallCells.least && new < held
    }

    private func values(
        _ organizer: RecordID, _ week: Int, _ scope: ReportScope
    ) -> [ReportValue] {
        let all = tallies[organizer] ?? []
        let tally = all[week + Self.before]
        let four = all[week...(week + Self.before)].map(\.held)
        let isTold = { (count: Int) in scope.tells(count, of: count) }
        let goal = scope.question.goal ?? goals.oneToOnes(of: organizer, in: weeks[week])
        return [
            .week(weeks[week]), .day(weeks[week].monday), scope.people(tally.held),
            goal.map { .count($0) } ?? .none,
            goal.flatMap { isTold(tally.held) ? ReportValue(tally.held, of: $0) : nil } ?? .none,
            isHidden(tally, scope) ? .few : .count(tally.new),
            four.allSatisfy(isTold) ? .number(Double(four.reduce(0, +)) / 4) : .none,
            scope.people(tally.scheduled), scope.people(tally.noShow),
            scope.people(tally.cancelled), scope.people(tally.void),
        ]
    }
}
