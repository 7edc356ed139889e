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
                    from.map { scope.middle(of: days(on: $0, to: scope.to)) } ?? .none
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

    private func shown(_ cells: [Int], _ scope: ReportScope) -> [ReportValue] {
        let hidden = hidden(cells, scope)
        return cells.indices.map { hidden.contains($0) ? .few : .count(cells[$0]) }
    }

    /// What is left of a row would tell a cell that is kept back alone.
    private func hidden(_ cells: [Int], _ scope: ReportScope) -> Set<Int> {
        scope.question.isShared ? SmallCells.hidden(of: cells) : []
    }

    private func days(on rung: Int64, to: Day) -> [Int64] {
        after.filter { $0.value.rung == rung && !gone.contains($0.key) }.map {
            to - $0.value.since
        }
    }

    private func sum(_ table: inout ReportTable, _ scope: ReportScope) {
        let moves = moves(scope)
        for move in Move.allCases {
            let sum = moves[move] ?? Sum()
            table.figure(move.rawValue, move.words, sum.isTold(scope) ? .count(sum.all) : .none)
        }
        let steps = [Move.promoted, .held, .slipped].map { moves[$0] ?? Sum() }
        let isTold = steps.allSatisfy { $0.isTold(scope) }
        table.figure(
            "promotionRate", "Promotion rate",
            isTold
                ? scope.share(steps[0].all, of: steps.reduce(0) { $0 + $1.all }) : .none)
    }

    private enum Move: String, CaseIterable {
        case promoted, held, slipped, new, lost

        var words: Phrase {
            switch self {
            case .promoted: "Promoted"
            case .held: "Stayed"
            case .slipped: "Slipped"
            case .new: "New"
            case .lost: "Lost"
            }
        }
    }

    /// A sum of cells, and those of them that are kept back: it must not tell what these are.
    private struct Sum {
        var all = 0
        var hidden: [Int] = []

        func isTold(_ scope: ReportScope) -> Bool {
            scope.tells(sumOf: hidden) && scope.tells(all, of: all)
        }
    }

    /// What each move sums up. Who was lost before they stood anywhere is in none.
    private func moves(_ scope: ReportScope) -> [Move: Sum] {
        var moves: [Move: Sum] = [:]
        for from in rungs.map(Optional.some) + [nil] {
            let cells = cells(from: from, rungs)
            let hidden = hidden(cells, scope)
            for (place, to) in (rungs.map(Optional.some) + [nil]).enumerated() {
                guard let move = Self.move(from, to) else { continue }
                moves[move, default: Sum()].all += cells[place]
                if hidden.contains(place) { moves[move]?.hidden.append(cells[place]) }
            }
        }
        return moves
    }

    private static func move(_ from: Int64?, _ to: Int64?) -> Move? {
        switch (from, to) {
        case (nil, nil): nil
        case (nil, _): .new
        case (_, nil): .lost
        case (let from?, let to?): to > from ? .promoted : to < from ? .slipped : .held
        }
    }
}
