import Replication
import Store
import Wording

extension Report {
    static let funnel = Report(
        "funnel", "How people develop: met, asked, committed, kept their word.", .days(365),
        formula: """
            met = people with a held one-to-one in these days; asked = those of them of whom something \
            was asked: at a one-to-one that was held, or else they have promised us something, pledged \
            to bring people to an action, or belong to a team; committed = those of these who have \
            promised us something; kept = those of these who have kept a promise. Each by distinct \
            people, up to the last day. Step = part of the step before; of met = part of those met. \
            Days = the median from the first held one-to-one to the first promise, and from there to \
            the first that was kept; what came earlier counts as 0. A promise was made on the day of \
            its one-to-one, or else on the day on which it was written down, and no later than it was \
            settled.
            """,
        columns: """
            Columns: of those before = the part of the step before.
            """
    ) { scope in
        let steps = try Development(scope)
        var table = ReportTable(
            [
                .init("step", "Step"), .init("people", "People", .bar),
                .init("rate", "Of those before"),
                .init("ofMet", "Of met"), .init("medianDays", "Days"),
            ], nothing: "Nobody was met on these days.")
        let (met, asked, committed, kept) = (
            steps.met.count, steps.asked.count, steps.committed.count, steps.kept.count
        )
        // Each of those met is on one step; what is shown are sums of these.
        let hidden = scope.hidden(
            of: [[met - asked], [asked - committed], [committed - kept], [kept]])
        let isMet = !hidden.whole
        let isAsked = isMet && !hidden.parts.contains(0)
        let isCommitted =
            isAsked && !hidden.parts.contains(1) || hidden.parts.isDisjoint(with: [2, 3])
        let isKept = !hidden.parts.contains(3)
        let people = { (count: Int, isTold: Bool) in
            isTold || count == 0 ? ReportValue.count(count) : .few
        }
        let share = { (part: Int, whole: Int, isTold: Bool) in
            isTold ? ReportValue(part, of: whole) : .none
        }
        table.row(.said("met"), people(met, isMet), .none, .none, .none)
        table.row(
            .said("asked"), people(asked, isAsked), share(asked, met, isAsked),
            share(asked, met, isAsked), .none)
        table.row(
            .said("committed"), people(committed, isCommitted),
            share(committed, asked, isAsked && isCommitted),
            share(committed, met, isMet && isCommitted), scope.middle(of: steps.daysToPromise))
        table.row(
            .said("kept"), people(kept, isKept), share(kept, committed, isCommitted && isKept),
            share(kept, met, isMet && isKept), scope.middle(of: steps.daysToKeeping))
        table.figure("neverAsked", "Met, never asked", people(met - asked, isAsked))
        return table
    }

    static let neverAsked = Report(
        "never-asked", "Who was met and has never been asked to do something.", .days(365),
        namesPeople: true,
        formula: """
            People with a held one-to-one in these days of whom nothing was asked that is written down, \
            up to the last day: nothing at a one-to-one that was held; and there is no promise of \
            theirs to us, open or settled, no pledge to bring people to an action, and no team to \
            which they belong or belonged. Those met most often come first. Who is not to be contacted, \
            has moved, died or asked to be removed is left out.
            """,
        columns: """
            Columns: name = the person; met = how many held one-to-ones; first met and last met = \
            the days of the first and the last.
            """
    ) { scope in
        let steps = try Development(scope)
        let reachable = Set(try scope.reachable(steps.roster))
        let open = steps.met.filter {
            !steps.asked.contains($0.key) && reachable.contains($0.key)
        }
        let people = open.map { (person: steps.roster[$0.key], met: $0.value) }.sorted {
            let (a, b) = ($0.met.times, $1.met.times)
            return a != b ? a > b : ($0.person.name, $0.person.id) < ($1.person.name, $1.person.id)
        }
        var table = ReportTable(
            [
                .init("name", "Name", .name), .id("person"), .init("met", "Met", .bar),
                .init("firstMet", "First met"), .init("lastMet", "Last met"),
            ], nothing: "Everybody who was met on these days has been asked.")
        for (person, met) in people {
            table.row(
                .text(person.name), .id(person.id), .count(met.times), .day(met.first),
                .day(met.last))
        }
        return table
    }
}

/// How far each person on the roster has come.
private struct Development {
    struct Met {
        var times: Int
        var first: Day
        var last: Day
    }

    let roster: Roster
    /// Those met in the period, by number: how often, and when first and last.
    private(set) var met: [Int: Met] = [:]
    /// Of whom something was asked, or who did what nobody does unasked.
    private(set) var asked: Set<Int> = []
    private(set) var committed: Set<Int> = []
    private(set) var kept: Set<Int> = []
    private(set) var daysToPromise: [Int64] = []
    private(set) var daysToKeeping: [Int64] = []

    init(_ scope: ReportScope) throws {
        roster = try Roster(scope)
        let meetings = try Meetings(scope, roster)
        let firstEver = Self.firstEver(meetings, by: scope.to)
        for meeting in meetings.held(in: scope.days) {
            guard let person = meeting.person, let day = meeting.day else { continue }
            let old = met[person] ?? Met(times: 0, first: day, last: day)
            met[person] = Met(
                times: old.times + 1, first: min(old.first, day), last: max(old.last, day))
        }
        var organizers = meetings.organizers
        let promises = try Promises(scope, roster, &organizers).all.filter(\.isTheirs)
        for (person, promises) in Dictionary(grouping: promises, by: \.person) {
            guard let person, met[person] != nil, let first = firstEver[person] else { continue }
            follow(person, metFirst: first, promises, by: scope.to)
        }
        asked = try Self.asked(scope, roster).intersection(met.keys).union(committed)
    }

    /// By what was asked at a one-to-one, by pledges, and by places in a team, up to the last day.
    private static func asked(_ scope: ReportScope, _ roster: Roster) throws -> Set<Int> {
        var row = try FastStatement(
            scope.db,
            """
            SELECT person FROM oneToOne
            WHERE trim(ask) <> '' AND coalesce(answer, '') <> 'notAsked'
                AND coalesce(status, 'held') = 'held' AND "on" <= ?1
            UNION SELECT leader FROM turnoutPledge WHERE coalesce("on" <= ?1, true)
            UNION SELECT person FROM teamMember WHERE coalesce(since <= ?1, true)
            """)
        row.bind(scope.to.number)
        var asked: Set<Int> = []
        while try row.step() {
            if let number = try row.optionalID(0).flatMap(roster.number) { asked.insert(number) }
        }
        return asked
    }

    private static func firstEver(_ meetings: Meetings, by to: Day) -> [Int: Day] {
        var first: [Int: Day] = [:]
        for meeting in meetings.all where meeting.status == .held {
            guard let person = meeting.person, let day = meeting.day, day <= to else { continue }
            first[person] = min(first[person] ?? day, day)
        }
        return first
    }

    private mutating func follow(
        _ person: Int, metFirst: Day, _ promises: [Promise], by to: Day
    ) {
        let made = promises.filter { $0.madeOn.map { $0 <= to } ?? true }
        guard !made.isEmpty else { return }
        committed.insert(person)
        let firstMade = made.compactMap(\.madeOn).min()
        if let firstMade { daysToPromise.append(max(0, firstMade - metFirst)) }
        let keptOn = made.filter { $0.status == .kept }.compactMap(\.settled).filter { $0 <= to }
        guard let firstKept = keptOn.min() else { return }
        kept.insert(person)
        if let firstMade { daysToKeeping.append(max(0, firstKept - firstMade)) }
    }
}
