import Replication
import Wording

extension Report {
    static let ladder = Report(
        "ladder", "How people moved on the leadership ladder.", .days(365),
        formula: """
            The rung of a person on a day is the level of their latest assessment up to it, by the day \
            of the assessment; a higher level is a higher rung. A row has those who stood on a rung \
            before the first day, each column where they stand on the last; new = without a rung \
            before; lost = no longer here. Promotion rate = promoted / all who stood on a rung before \
            and are here. Days = the median of how long those now on the rung have stood there. With \
            --shared, cells of 1 to 4 people are shown as <5, and rates that would tell them are not.
            """
    ) { scope in
        try Ladder(scope).table(scope)
    }
}

/// Who stood where, before the first day and on the last.
private struct Ladder {
    /// A person's rung, and since when they stand there without a break.
    private struct Standing {
        var rung: Int64
        var since: Day
    }

    private var before: [RecordID: Int64] = [:]
    private var after: [RecordID: Standing] = [:]
    private var gone: Set<RecordID> = []

    init(_ scope: ReportScope) throws {
        let roster = try Roster(scope)
        var organizers = try Organizers(scope)
        for judgement in try Judgements(scope, roster, &organizers).all
        where judgement.day <= scope.to {
            let person = scope.people.canonical(of: judgement.entry)
            if judgement.person == nil { gone.insert(person) }
            if judgement.day < scope.from { before[person] = judgement.level }
            if after[person]?.rung != judgement.level {
                after[person] = Standing(rung: judgement.level, since: judgement.day)
            }
        }
    }

    private var rungs: [Int64] {
        Set(before.values).union(after.values.map(\.rung)).sorted()
    }

    func table(_ scope: ReportScope) throws -> ReportTable {
        let rungs = rungs
        var table = ReportTable(
            [.init("from", "Before")] + rungs.map { .init("level\($0)", "\($0)") } + [
                .init("lost", "Lost"), .init("medianDays", "Days"),
            ], nothing: "Nobody was assessed here up to that day.")
        for from in rungs.map(Optional.some) + [nil] {
            let row = cells(from: from, rungs)
            guard from != nil || row.contains(where: { $0 > 0 }) else { continue }
            table.row(
                [from.map { .text("\($0)") } ?? .said("new")] + shown(row, scope) + [
                    ReportValue(number: from.flatMap { daysOn($0, to: scope.to) })
                ])
        }
        sum(&table, scope)
        return table
    }

    /// How many went from a rung, or from none, to each, and were lost.
    private func cells(from: Int64?, _ rungs: [Int64]) -> [Int] {
        let people = after.keys.filter { before[$0] == from }
        let counts = Dictionary(
            people.filter { !gone.contains($0) }.compactMap { after[$0].map { ($0.rung, 1) } },
            uniquingKeysWith: +)
        return rungs.map { counts[$0] ?? 0 } + [people.count { gone.contains($0) }]
    }

    /// What is left of a row would tell a cell that is kept back alone.
    private func shown(_ cells: [Int], _ scope: ReportScope) -> [ReportValue] {
        let hidden = scope.question.isShared ? SmallCells.hidden(of: cells) : []
        return cells.indices.map { hidden.contains($0) ? .few : .count(cells[$0]) }
    }

    private func daysOn(_ rung: Int64, to: Day) -> Double? {
        median(
            after.filter { $0.value.rung == rung && !gone.contains($0.key) }.map {
                to - $0.value.since
            })
    }

    private func sum(_ table: inout ReportTable, _ scope: ReportScope) {
        let here = after.filter { !gone.contains($0.key) }
        let steps = here.compactMap { person, standing in
            before[person].map { standing.rung - $0 }
        }
        let (up, down) = (steps.count { $0 > 0 }, steps.count { $0 < 0 })
        table.figure("promoted", "Promoted", scope.people(up))
        table.figure("held", "Held", scope.people(steps.count - up - down))
        table.figure("slipped", "Slipped", scope.people(down))
        table.figure("new", "New", scope.people(here.count { before[$0.key] == nil }))
        table.figure("lost", "Lost", scope.people(before.keys.count { gone.contains($0) }))
        let isHidden = scope.question.isShared && SmallCells.isSmall(up)
        table.figure(
            "promotionRate", "Promotion rate",
            isHidden ? .none : ReportValue(up, of: steps.count))
    }
}
