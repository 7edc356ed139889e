import Replication
import Store

/// What leaders pledged for an action, and what came of it.
struct Turnout {
    /// One leader's part, or that of nobody.
    struct Part {
        /// The number that the leader gave, of each of their institutions.
        fileprivate var numbers: [RecordID?: Int] = [:]
        /// People who said that they would come.
        fileprivate(set) var named = 0
        fileprivate(set) var confirmed = 0
        fileprivate(set) var confirmedCame = 0
        /// Those who came of the people who had said so.
        fileprivate(set) var cameOfNamed = 0
        fileprivate(set) var walkIns = 0
        fileprivate(set) var noShows = 0

        var pledged: Int { numbers.isEmpty ? named : numbers.values.reduce(0, +) }
        var came: Int { cameOfNamed + walkIns }
        var delivery: ReportValue { ReportValue(cameOfNamed, of: pledged) }
        var flake: ReportValue { ReportValue(max(0, pledged - cameOfNamed), of: pledged) }

        static func + (a: Part, b: Part) -> Part {
            var sum = Part()
            sum.numbers = [nil: a.pledged + b.pledged]
            sum.named = a.named + b.named
            sum.confirmed = a.confirmed + b.confirmed
            sum.confirmedCame = a.confirmedCame + b.confirmedCame
            sum.cameOfNamed = a.cameOfNamed + b.cameOfNamed
            sum.walkIns = a.walkIns + b.walkIns
            sum.noShows = a.noShows + b.noShows
            return sum
        }
    }

    let action: Event
    /// By the leader's canonical id; nil for people whom nobody brought.
    fileprivate(set) var parts: [RecordID?: Part] = [:]

    fileprivate init(action: Event) {
        self.action = action
    }

    var sum: Part { parts.values.reduce(Part(), +) }

    /// Whether somebody wrote down who came: else nobody knows.
    var isLogged: Bool { parts.values.contains { $0.came + $0.noShows > 0 } }
}

/// The turnout of every action of some days.
struct Turnouts {
    /// The latest action first.
    private(set) var all: [Turnout]
    /// Who is on the way to them, or was there.
    let attended: [Attended]

    /// `withSteps` asks who confirmed on the way, too.
    init(
        _ scope: ReportScope, _ roster: Roster, in days: ClosedRange<Day>, withSteps: Bool = false
    ) throws {
        let events = try Events(scope)
        try self.init(
            scope, roster, events, of: events.all(.action, in: days),
            stepsTo: withSteps ? days : nil)
    }

    /// The turnout of these actions; `stepsTo` asks who confirmed on the way to those of some days.
    init(
        _ scope: ReportScope, _ roster: Roster, _ events: Events, of actions: [Event],
        stepsTo days: ClosedRange<Day>?
    ) throws {
        all = actions.map(Turnout.init)
        let places = Dictionary(uniqueKeysWithValues: zip(actions.map(\.id), actions.indices))
        attended = try Attendances(scope, roster, events, withPledges: true, stepsTo: days) {
            places[$0.id] != nil
        }.all
        try readPledges(scope, places)
        for one in attended {
            guard let place = places[one.event.id] else { continue }
            all[place].parts[one.broughtBy, default: Turnout.Part()].add(one)
        }
    }

    /// Of one leader's numbers for an action and an institution the last one counts.
    private mutating func readPledges(
        _ scope: ReportScope, _ places: [RecordID: Int]
    ) throws {
        var row = try FastStatement(
            scope.db,
            """
            SELECT action, leader, institution, pledged FROM turnoutPledge
            WHERE action IS NOT NULL AND leader IS NOT NULL AND pledged IS NOT NULL
            ORDER BY "on", id
            """)
        while try row.step() {
            guard let place = places[try row.id(0)] else { continue }
            let leader = scope.people.canonical(of: try row.id(1))
            all[place].parts[leader, default: Turnout.Part()]
                .numbers[try row.optionalID(2)] = row.people(3)
        }
    }
}

extension Turnout.Part {
    fileprivate mutating func add(_ one: Attended) {
        if one.step == .walkIn { walkIns += one.count }
        if one.step == .noShow { noShows += one.count }
        guard one.hasPledged, one.step != .walkIn else { return }
        named += one.count
        if one.hasConfirmed { confirmed += one.count }
        guard one.step == .attended else { return }
        cameOfNamed += one.count
        if one.hasConfirmed { confirmedCame += one.count }
    }
}
