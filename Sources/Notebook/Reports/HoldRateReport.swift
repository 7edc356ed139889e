import Replication
import Wording

extension Report {
    static let holdRate = Report(
        "hold-rate", "Which part of the one-to-ones that were arranged took place.", .days(84),
        formula: """
            For each organizer: rate = held / (held + no-show + cancelled by them), by the day on which \
            they were held or were to be. What we cancelled and what is void stand beside it and are \
            not in the rate, and neither is what still lies ahead: what is arranged for the last day \
            and the \(Int(Meeting.ahead)) days after it. A one-to-one that was logged without having \
            been arranged counts as held. With --shared, 1 to 4 are shown as <5, and a rate in which \
            there are such is left out.
            """,
        columns: """
            Columns: they canc. = cancelled by them; we canc. = cancelled by us; ahead = what \
            still lies ahead.
            """
    ) { scope in
        let meetings = try Meetings(scope, Roster(scope))
        var counts: [RecordID: HoldCounts] = [:]
        for meeting in meetings.all {
            guard let organizer = meeting.organizer else { continue }
            if meeting.isArranged(from: scope.to) {
                counts[organizer, default: HoldCounts()].ahead += 1
            } else if meeting.day.map(scope.days.contains) ?? false {
                counts[organizer, default: HoldCounts()].past[meeting.status, default: 0] += 1
            }
        }
        return try table(counts, meetings.organizers, scope)
    }

    private static func table(
        _ counts: [RecordID: HoldCounts], _ organizers: Organizers, _ scope: ReportScope
    ) throws -> ReportTable {
        var table = ReportTable(
            [
                .init("organizer", "Organizer", .name), .id("organizerID"), .init("held", "Held"),
                .init("noShow", "No-show"), .init("cancelledByThem", "They canc."),
                .init("rate", "Rate", .bar), .init("cancelledByUs", "We canc."),
                .init("scheduled", "Ahead"), .init("void", "Void"),
            ], nothing: "No one-to-ones here on these days.")
        for (id, name) in try organizers.named(counts.keys) {
            table.row([.text(name), .id(id)] + (counts[id] ?? HoldCounts()).values(scope))
        }
        let all = counts.values.reduce(into: HoldCounts()) { $0.add($1) }
        let isTold = HoldCounts.rated.allSatisfy { statuses in
            scope.tells(
                sumOf: counts.values.flatMap { one in
                    statuses.map(one.count).filter(SmallCells.isSmall)
                })
        }
        table.figure("rate", "Of all", isTold ? all.rate : .none)
        return table
    }
}

/// What has become of one-to-ones that were arranged.
private struct HoldCounts {
    /// Those of the days that a report is about.
    var past: [MeetingStatus: Int] = [:]
    var ahead = 0

    mutating func add(_ other: HoldCounts) {
        past.merge(other.past, uniquingKeysWith: +)
        ahead += other.ahead
    }

    /// What a rate is worked out from: what was held, and what was not.
    static let rated: [[MeetingStatus]] = [[.held], [.noShow, .cancelledByThem]]

    func count(_ status: MeetingStatus) -> Int { past[status] ?? 0 }

    var rate: ReportValue {
        ReportValue(
            count(.held), of: count(.held) + count(.noShow) + count(.cancelledByThem))
    }

    func values(_ scope: ReportScope) -> [ReportValue] {
        let shown = { (status: MeetingStatus) in scope.people(count(status)) }
        let isTold = Self.rated.joined().allSatisfy { scope.tells(count($0), of: count($0)) }
        return [
            shown(.held), shown(.noShow), shown(.cancelledByThem), isTold ? rate : .none,
            shown(.cancelledByUs), scope.people(ahead), shown(.void),
        ]
    }
}
