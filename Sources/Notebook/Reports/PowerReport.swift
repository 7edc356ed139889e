import GRDB
import Replication
import Store
import Wording

extension Report {
    static let powerShift = Report(
        "power-shift", "How power has shifted on each demand between two days.", .days(365),
        namesPeople: true,
        formula: """
            For each demand, of the last judgement of each actor up to the day before --from, and up to \
            --to: power = Σ influence (0 to 10) × stance (−2 opponent to +2 ally); change = after − \
            before. Towards and away = actors on both maps whose stance moved by a step or more. New \
            ties = relations to who decides (the demand's decision-maker, else the campaign's targets) \
            that began in these days. Steps = ties from us to the nearest of them, as in the report \
            "paths". Judgements of no demand in particular stand at the end.
            """
    ) { scope in
        let map = try PowerMap(scope)
        var table = ReportTable(
            [
                .init("demand", "Demand", .name), .id("id"), .init("target", "Target", .name),
                .init("before", "Before"), .init("after", "After"), .init("change", "Change"),
                .init("towards", "Towards"), .init("away", "Away"), .init("newTies", "Ties"),
                .init("steps", "Steps"),
            ], nothing: "Nobody's stance is written down here.")
        for demand in map.demands {
            table.row(
                demand.wording, ReportValue(demand.id),
                ReportValue(demand.targets.isEmpty ? nil : map.names(of: demand.targets)),
                .count(demand.shift.before), .count(demand.shift.after),
                .count(demand.shift.after - demand.shift.before),
                .count(demand.shift.movedTowards), .count(demand.shift.movedAway),
                demand.targets.isEmpty ? .none : .count(try map.newTies(to: demand.targets, scope)),
                map.steps(to: demand.targets).map { .count($0) } ?? .none)
        }
        return table
    }

    static let powerActors = Report(
        "power-actors", "Which actors moved on each demand between two days, and how far.",
        .days(365), namesPeople: true,
        formula: """
            Judgements as in the report "power-shift". For each actor on a demand: influence and stance \
            (−2 to +2) before --from and on --to; change = what they added or took away, influence × \
            stance after − before. Those who changed most stand first.
            """,
        columns: """
            Columns: infl. and stance = influence and stance before --from; infl. now and stance \
            now = on --to.
            """
    ) { scope in
        let map = try PowerMap(scope)
        var table = ReportTable(
            [
                .init("demand", "Demand", .name), .id("demandID"),
                .init("actor", "Actor", .name), .id("actorID"),
                .init("influenceBefore", "Infl."), .init("stanceBefore", "Stance"),
                .init("influence", "Infl. now"), .init("stance", "Stance now"),
                .init("change", "Change"),
            ], nothing: "Nobody's stance is written down here.")
        for demand in map.demands {
            for actor in demand.actors(map.actors) {
                let (old, new) = (demand.before[actor], demand.after[actor])
                table.row(
                    demand.wording, ReportValue(demand.id),
                    .text(map.actors.name(of: actor)), .id(actor),
                    old.map { .count($0.influence) } ?? .none,
                    old.map { .count($0.stance) } ?? .none,
                    new.map { .count($0.influence) } ?? .none,
                    new.map { .count($0.stance) } ?? .none,
                    .count(demand.shift.changes[actor] ?? 0))
            }
        }
        return table
    }
}

/// Where everybody stands on each demand, before and after.
private struct PowerMap {
    typealias Standing = PowerShift<RecordID>.Standing

    struct Demand {
        let id: RecordID?
        let wording: ReportValue
        /// Who decides, by their actors' ids.
        let targets: [RecordID]
        let before: [RecordID: Standing]
        let after: [RecordID: Standing]

        var shift: PowerShift<RecordID> { PowerShift(from: before, to: after) }

        /// Those who changed most first, and then by name.
        func actors(_ actors: Actors) -> [RecordID] {
            let changes = shift.changes
            return Set(before.keys).union(after.keys).sorted { a, b in
                let (x, y) = (abs(changes[a] ?? 0), abs(changes[b] ?? 0))
                return x != y ? x > y : (actors.name(of: a), a) < (actors.name(of: b), b)
            }
        }
    }

    let actors: Actors
    private(set) var demands: [Demand] = []
    private let web: AcquaintanceWeb

    init(_ scope: ReportScope) throws {
        actors = try Actors(scope)
        web = try AcquaintanceWeb(scope)
        let before = try Standings(scope, by: scope.from + -1, actors).all
        let after = try Standings(scope, by: scope.to, actors).all
        let targets = try Self.targets(scope)
        let rows = try Row.fetchAll(
            scope.db,
            sql: "SELECT id, wording, campaign, decisionMaker FROM demand ORDER BY wording, id")
        let known = rows.compactMap { row in
            let wording: String? = row.shown("wording")
            return row.id("id").map { id -> Demand in
                let decides = row.id("decisionMaker").map { [$0] }
                let aimed = decides ?? row.id("campaign").flatMap { targets[$0] } ?? []
                return Demand(
                    id: id, wording: wording.map { .text($0) } ?? .said("(no name)"),
                    targets: aimed.map(actors.canonical).filter { actors.names[$0] != nil },
                    before: before[id] ?? [:], after: after[id] ?? [:])
            }
        }
        let none = Demand(
            id: nil, wording: .said("(no demand)"), targets: [], before: before[nil] ?? [:],
            after: after[nil] ?? [:])
        demands = (known + [none]).filter { !($0.before.isEmpty && $0.after.isEmpty) }
    }

    /// Whom each campaign is aimed at on the last day.
    private static func targets(_ scope: ReportScope) throws -> [RecordID: [RecordID]] {
        var targets: [RecordID: [RecordID]] = [:]
        var row = try FastStatement(
            scope.db,
            """
            SELECT campaign, actor, since, until FROM target
            WHERE campaign IS NOT NULL AND actor IS NOT NULL ORDER BY id
            """)
        while try row.step() {
            guard ReportScope.goes(row.day(2), row.day(3), on: scope.to) else { continue }
            targets[try row.id(0), default: []].append(try row.id(1))
        }
        return targets
    }

    func names(of ids: [RecordID]) -> String {
        ids.map(actors.name).joined(separator: ", ")
    }

    /// Relations to one of these that began in these days.
    func newTies(to targets: [RecordID], _ scope: ReportScope) throws -> Int {
        let rows = try Row.fetchAll(
            scope.db,
            sql: """
                SELECT "from", "to" FROM actorRelation
                WHERE since BETWEEN \(scope.from.number) AND \(scope.to.number)
                """)
        return rows.count { row in
            [row.id("from"), row.id("to")].contains { end in
                end.map { targets.contains(actors.canonical(of: $0)) } ?? false
            }
        }
    }

    /// How many ties lead from us to the nearest of these; nil when there is no way.
    func steps(to targets: [RecordID]) -> Int? {
        targets.compactMap { web.node(of: $0).flatMap { web.steps(to: $0) } }.min()
    }
}
