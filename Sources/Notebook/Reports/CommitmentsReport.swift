import Replication
import Wording

extension Report {
    static let commitments = Report(
        "commitments", "Promises: due, overdue, and which part of them was kept.", .days(365),
        namesPeople: true,
        formula: """
            Kept rate = kept / (kept + broken), of what was settled in these days. A promise that was \
            agreed anew in time, by its date, is in neither and stands beside them; one agreed anew \
            later counts as broken. Late = the median of the days past the date, of those kept; what \
            was kept in time is 0. Open, overdue and due within 7 days are as on the last day: made by \
            then, and not settled by then, whatever became of it later. A promise was made on the day \
            of its one-to-one, or else on the day on which it was written down, and no later than it \
            was settled. Theirs are counted by who asked and by who promised, ours by who promised.
            """,
        columns: """
            Columns: promises = whose, and counted by whom; name = who asked or who promised; past \
            = overdue; soon = due within 7 days; anew = agreed anew in time; rate = kept rate.
            """
    ) { scope in
        let roster = try Roster(scope)
        var organizers = try Organizers(scope)
        let promises = try Promises(scope, roster, &organizers).all
        var table = ReportTable(
            [
                .id("by"), .init("promises", "Promises"), .init("name", "Name", .name), .id("id"),
                .init("open", "Open"),
                .init("overdue", "Past"), .init("dueSoon", "Soon"), .init("kept", "Kept"),
                .init("broken", "Broken"), .init("keptRate", "Rate"),
                .init("renegotiated", "Anew"), .init("daysLate", "Late"),
            ], nothing: "No promises here.")
        let theirs = promises.filter(\.isTheirs)
        try add(.asker, theirs, organizers, scope, to: &table)
        try add(.us, promises.filter { !$0.isTheirs }, organizers, scope, to: &table)
        for (number, promises) in Dictionary(grouping: theirs, by: \.person)
            .compactMap({ number, promises in number.map { (roster[$0], promises) } })
            .sorted(by: { ($0.0.name, $0.0.id) < ($1.0.name, $1.0.id) })
        {
            add(.person, number.name, number.id, PromiseTally(promises, scope), to: &table)
        }
        let all = PromiseTally(theirs, scope)
        table.figure("keptRate", "Of theirs, kept", all.rate)
        table.figure("daysLate", "Median days late", ReportValue(number: all.late))
        return table
    }

    /// By whom promises are counted.
    private enum Side: String {
        /// Who asked for those that others made.
        case asker
        case us
        case person

        /// Beside a name: "made to" Ana, "made by us" Ana, "made by" Rosa.
        var words: Phrase {
            switch self {
            case .asker: "made to"
            case .us: "made by us"
            case .person: "made by"
            }
        }
    }

    private static func add(
        _ by: Side, _ promises: [Promise], _ organizers: Organizers, _ scope: ReportScope,
        to table: inout ReportTable
    ) throws {
        let groups = Dictionary(grouping: promises, by: \.organizer)
        for (id, name) in try organizers.named(groups.keys.compactMap { $0 }) {
            add(by, name, id, PromiseTally(groups[id] ?? [], scope), to: &table)
        }
    }

    /// Those of whom nothing is open and nothing was settled in these days are left out.
    private static func add(
        _ by: Side, _ name: String, _ id: RecordID, _ tally: PromiseTally,
        to table: inout ReportTable
    ) {
        guard !tally.isEmpty else { return }
        table.row(
            .text(by.rawValue), .said(by.words), .text(name), .id(id), .count(tally.open),
            .count(tally.overdue),
            .count(tally.soon), .count(tally.kept), .count(tally.broken), tally.rate,
            .count(tally.anew), ReportValue(number: tally.late))
    }
}

/// What has become of some promises.
private struct PromiseTally {
    private(set) var open = 0
    private(set) var overdue = 0
    private(set) var soon = 0
    private(set) var kept = 0
    private(set) var broken = 0
    private(set) var anew = 0
    private(set) var other = 0
    private(set) var late: Double?

    init(_ promises: [Promise], _ scope: ReportScope) {
        var daysLate: [Int64] = []
        for promise in promises {
            if promise.isOpen(on: scope.to) {
                add(open: promise, on: scope.to)
            } else if promise.settled.map(scope.days.contains) ?? false {
                add(settled: promise)
                guard promise.status == .kept, let due = promise.due, let day = promise.settled
                else { continue }
                daysLate.append(max(0, day - due))
            }
        }
        late = median(daysLate)
    }

    private mutating func add(open promise: Promise, on to: Day) {
        open += 1
        guard let due = promise.due else { return }
        if due < to { overdue += 1 } else if due <= to + 7 { soon += 1 }
    }

    private mutating func add(settled promise: Promise) {
        switch promise.isKept {
        case true?: kept += 1
        case false?: broken += 1
        case nil where promise.isAgreedAnewInTime: anew += 1
        case nil: other += 1
        }
    }

    var rate: ReportValue { ReportValue(kept, of: kept + broken) }

    var isEmpty: Bool { open + kept + broken + anew + other == 0 }
}
