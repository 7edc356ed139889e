import Replication
import Wording

extension Report {
    static let holdRate = Report(
        "hold-rate", "Which part of the one-to-ones that were arranged took place.", .days(84),
        formula: """
            For each organizer: rate = held / (held + no-show + cancelled by them), by the day on which \
            they were held or were to be. What we cancelled, what still lies ahead and what is void \
            stand beside it and are not in the rate. A one-to-one that was logged without having been \
            arranged counts as held.
            """
    ) { scope in
        let meetings = try Meetings(scope, Roster(scope))
        var counts: [RecordID: [MeetingStatus: Int]] = [:]
        for meeting in meetings.all {
            guard let organizer = meeting.organizer, meeting.day.map(scope.days.contains) ?? false
            else { continue }
            counts[organizer, default: [:]][meeting.status, default: 0] += 1
        }
        return try table(counts, meetings.organizers)
    }

    private static func table(
        _ counts: [RecordID: [MeetingStatus: Int]], _ organizers: Organizers
    ) throws -> ReportTable {
        var table = ReportTable(
            [
                .init("organizer", "Organizer", .name), .id("organizerID"), .init("held", "Held"),
                .init("noShow", "No-show"), .init("cancelledByThem", "They canc."),
                .init("rate", "Rate", .bar), .init("cancelledByUs", "We canc."),
                .init("scheduled", "Ahead"), .init("void", "Void"),
            ], nothing: "No one-to-ones here on these days.")
        for (id, name) in try organizers.named(counts.keys) {
            table.row([.text(name), .id(id)] + values(counts[id] ?? [:]))
        }
        let all = counts.values.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        table.figure("rate", "Of all", values(all)[3])
        return table
    }

    private static func values(_ counts: [MeetingStatus: Int]) -> [ReportValue] {
        let count = { (status: MeetingStatus) in counts[status] ?? 0 }
        let arranged = count(.held) + count(.noShow) + count(.cancelledByThem)
        return [
            .count(count(.held)), .count(count(.noShow)), .count(count(.cancelledByThem)),
            ReportValue(count(.held), of: arranged), .count(count(.cancelledByUs)),
            .count(count(.scheduled) + count(.proposed)), .count(count(.void)),
        ]
    }
}
