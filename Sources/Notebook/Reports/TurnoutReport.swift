import Replication
import Store
import Wording

extension Report {
    static let turnout = Report(
        "turnout", "Who pledged to bring how many to an action, and who came.", .days(365),
        namesPeople: true,
        formula: """
            For each action of these days that was not cancelled, and each leader: pledged P = the last \
            number that the leader gave for each institution, or else their people who said before that \
            they would come; conf. = those of them who confirmed at some time; came = those of them who \
            came; walk-ins = who came without having said so. Delivery = came / P; flake = (P − came) / \
            P, and not below 0; without pledges there is neither. Of the confirmed, and of the others who said they would come, \
            the shares that came tell what confirming does. Undated actions are left out.
            """,
        columns: """
            Columns: pled. = pledged; there = came; walk = walk-ins; deliv. = delivery.
            """
    ) { scope in
        let roster = try Roster(scope)
        let turnouts = try Turnouts(scope, roster, in: scope.days, withSteps: true).all
        let organizers = try Organizers(scope)
        var table = ReportTable(
            [
                .init("action", "Action", .name), .id("actionID"), .init("on", "Day"),
                .init("leader", "Leader", .name), .id("leaderID"), .init("pledged", "Pled."),
                .init("confirmed", "Conf."), .init("came", "There"), .init("walkIns", "Walk"),
                .init("delivery", "Deliv."), .init("flake", "Flake"),
            ], nothing: "No action here has a day among these.")
        for turnout in turnouts {
            for (leader, name, part) in try leaders(of: turnout, organizers, roster) {
                table.row(
                    .text(turnout.action.title), .id(turnout.action.id),
                    ReportValue(turnout.action.day), .said(name), ReportValue(leader),
                    .count(part.pledged), .count(part.confirmed), .count(part.cameOfNamed),
                    .count(part.walkIns), part.delivery, part.flake)
            }
        }
        sum(turnouts, &table)
        return table
    }

    /// Each leader of an action by name, and nobody at the end.
    static func leaders(
        of turnout: Turnout, _ organizers: Organizers, _ roster: Roster
    ) throws -> [(id: RecordID?, name: Phrase, part: Turnout.Part)] {
        let named = try organizers.named(turnout.parts.keys.compactMap { $0 }, on: roster)
        let leaders = named.map {
            (
                id: Optional($0.id), name: Phrase.verbatim($0.name),
                part: turnout.parts[$0.id] ?? Turnout.Part()
            )
        }
        return leaders
            + (turnout.parts[nil].map { [(id: nil, name: "(nobody)", part: $0)] } ?? [])
    }

    private static func sum(_ turnouts: [Turnout], _ table: inout ReportTable) {
        let all = turnouts.map(\.sum).reduce(Turnout.Part(), +)
        table.figure("pledged", "Pledged", .count(all.pledged))
        table.figure("came", "Came", .count(all.came))
        table.figure("delivery", "Delivery", all.delivery)
        table.figure("flake", "Flake rate", all.flake)
        table.figure(
            "confirmedCame", "Of the confirmed, came",
            ReportValue(all.confirmedCame, of: all.confirmed))
        table.figure(
            "unconfirmedCame", "Of the others who said so, came",
            ReportValue(all.cameOfNamed - all.confirmedCame, of: all.named - all.confirmed))
    }

    static let turnoutLadder = Report(
        "turnout-ladder", "How far people came on the way to each action.", .days(365),
        formula: """
            For each action of these days that was not cancelled: people on each step, each by the \
            furthest that is written down, and people whom nobody named by their count; invited, \
            pledged, confirmed (once or twice), came, walk-in, no-show, cancelled. Goal = the turnout \
            meant; done = (came + walk-ins) / goal. With --shared, steps of 1 to 4 people are shown as \
            <5, and one more where the rest would tell it.
            """,
        columns: """
            Columns: inv. = invited; pled. = pledged; conf. = confirmed; there = came; walk = \
            walk-in; miss = no-show; canc = cancelled.
            """
    ) { scope in
        let events = try Events(scope)
        let actions = events.all(.action, in: scope.days)
        let attended = try Attendances(scope, Roster(scope), events).all
        let byAction = Dictionary(grouping: attended, by: \.event.id)
        let goals = try goals(scope)
        var table = ReportTable(
            [.init("action", "Action", .name), .id("actionID"), .init("on", "Day")]
                + rungs.map { .init($0.name, $0.title) } + [
                    .init("goal", "Goal"), .init("done", "Done"),
                ], nothing: "No action here has a day among these.")
        for action in actions {
            let people = byAction[action.id] ?? []
            let steps = rungs.map { rung in
                people.filter { rung.steps.contains($0.step) }.reduce(0) { $0 + $1.count }
            }
            let came = people.filter(\.step.isThere).reduce(0) { $0 + $1.count }
            let goal = goals[action.id]
            let isHidden = scope.question.isShared && steps.contains(where: SmallCells.isSmall)
            table.row(
                [.text(action.title), .id(action.id), ReportValue(action.day)]
                    + shown(steps, scope) + [
                        goal.map { .count($0) } ?? .none,
                        isHidden ? .none : goal.map { ReportValue(came, of: $0) } ?? .none,
                    ])
        }
        return table
    }

    private static let rungs: [(name: String, title: Phrase, steps: Set<AttendanceStep>)] = [
        ("invited", "Inv.", [.invited]), ("pledged", "Pled.", [.pledged]),
        ("confirmed", "Conf.", [.confirmed, .doubleConfirmed]), ("came", "There", [.attended]),
        ("walkIns", "Walk", [.walkIn]), ("noShow", "Miss", [.noShow]),
        ("cancelled", "Canc", [.cancelled]),
    ]

    private static func shown(_ steps: [Int], _ scope: ReportScope) -> [ReportValue] {
        var hidden = scope.question.isShared ? SmallCells.hidden(of: steps) : []
        // How many came in all, other reports tell: of the two parts neither may stand alone.
        let there = rungs.indices.filter { rungs[$0].steps.allSatisfy(\.isThere) }
        if !hidden.isDisjoint(with: there) { hidden.formUnion(there) }
        return steps.indices.map { hidden.contains($0) ? .few : .count(steps[$0]) }
    }

    private static func goals(_ scope: ReportScope) throws -> [RecordID: Int] {
        var goals: [RecordID: Int] = [:]
        var row = try FastStatement(scope.db, "SELECT id, goal FROM action WHERE goal > 0")
        while try row.step() { goals[try row.id(0)] = row.people(1) }
        return goals
    }
}
