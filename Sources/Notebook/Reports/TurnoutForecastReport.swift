import Replication
import Store
import Wording

extension Report {
    /// How many years ahead an action may lie.
    private static let ahead: Int64 = 3660

    static let turnoutForecast = Report(
        "turnout-forecast", "How many will come to the actions ahead, by what leaders pledged.",
        .moment, namesPeople: true,
        formula: """
            For each action on or after --to (else today), but for one of that day of which it is \
            written down who came, or that was evaluated: Σ P × r over its leaders. P = pledged, as in \
            the report "turnout"; r = (A + k·r₀) / (B + k), B = what the leader pledged for earlier \
            actions of which it was written down who came, A = who came of these, at most B; r₀ = \
            \(TurnoutForecast.usualRate) where nothing is known, weighing k = \
            \(Int(TurnoutForecast.usualWeight)) pledges. Low and high = the range in which four of five \
            such evenings end. People whom no leader brings count as pledges of nobody's.
            """,
        columns: """
            Columns: pled. = P; before = B; there = A; rate = r; exp. = expected, P × r.
            """
    ) { scope in
        let roster = try Roster(scope)
        let past = try Turnouts(scope, roster, in: Day(number: .min)...(scope.to + -1)).all
        let over = try evaluated(scope)
        let coming = try Turnouts(scope, roster, in: scope.to...(scope.to + ahead)).all.filter {
            $0.action.day != scope.to || !$0.isLogged && !over.contains($0.action.id)
        }
        let record = TrackRecord(past.filter(\.isLogged))
        let organizers = try Organizers(scope)
        var table = ReportTable(
            [
                .init("action", "Action", .name), .id("actionID"), .init("on", "Day"),
                .init("leader", "Leader", .name), .id("leaderID"), .init("pledged", "Pled."),
                .init("pledgedBefore", "Before"), .init("cameBefore", "There"),
                .init("rate", "Rate"), .init("expected", "Exp."), .init("low", "Low"),
                .init("high", "High"),
            ], nothing: "No action lies ahead.")
        for turnout in coming.reversed() {
            let leaders = try leaders(of: turnout, organizers, roster).map { leader in
                (leader, record.leader(leader.id, pledged: leader.part.pledged))
            }
            let forecast = TurnoutForecast(leaders.map(\.1))
            let head: [ReportValue] = [
                .text(turnout.action.title), .id(turnout.action.id),
                ReportValue(turnout.action.day),
            ]
            table.row(
                head + [
                    .said("(all)"), .none, .count(turnout.sum.pledged), .none, .none, .none,
                    .count(Int(forecast.expected.rounded())),
                    .count(Int(forecast.range.lowerBound.rounded())),
                    .count(Int(forecast.range.upperBound.rounded())),
                ])
            for (leader, one) in leaders {
                let rate = TurnoutForecast.share(of: one)
                table.row(
                    head + [
                        .said(leader.name), ReportValue(leader.id), .count(one.pledged),
                        .count(one.pledgedBefore), .count(one.cameBefore), .ratio(rate),
                        .count(Int((Double(one.pledged) * rate).rounded())), .none, .none,
                    ])
            }
        }
        return table
    }

    /// What those who were there have made something of.
    private static func evaluated(_ scope: ReportScope) throws -> Set<RecordID> {
        var ids: Set<RecordID> = []
        var row = try FastStatement(
            scope.db, "SELECT \"of\" FROM evaluation WHERE \"of\" IS NOT NULL")
        while try row.step() { ids.insert(try row.id(0)) }
        return ids
    }
}

/// What became of leaders' earlier pledges.
private struct TrackRecord {
    private var pledged: [RecordID: Int] = [:]
    private var came: [RecordID: Int] = [:]

    init(_ past: [Turnout]) {
        for turnout in past {
            for case (let leader?, let part) in turnout.parts {
                pledged[leader, default: 0] += part.pledged
                came[leader, default: 0] += min(part.pledged, part.came)
            }
        }
    }

    func leader(_ id: RecordID?, pledged: Int) -> TurnoutForecast.Leader {
        TurnoutForecast.Leader(
            pledged: pledged, pledgedBefore: id.flatMap { self.pledged[$0] } ?? 0,
            cameBefore: id.flatMap { came[$0] } ?? 0)
    }
}
