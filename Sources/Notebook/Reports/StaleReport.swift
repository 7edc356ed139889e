import Replication
import Wording

extension Report {
    static let stale = Report(
        "stale", "Whom we are losing touch with, the most urgent first.", .moment,
        namesPeople: true,
        formula: """
            For each person: days = --to (else today) minus the day of the last held one-to-one. ok \
            up to \(Cadence.standard.dueDays) days, due up to \(Cadence.standard.overdueDays), then \
            overdue; never without one. Ranked by days / \(Cadence.standard.dueDays); those never met \
            come after, and then those with whom all is well.
            """
    ) { scope in
        let roster = try Roster(scope)
        let met = try Meetings(scope, roster)
        let last = met.lastMet(roster, by: scope.to)
        let people = roster.people.indices.map { number in
            StaleRow(roster[number], days: last[number].map { scope.to - $0 })
        }
        return try table(people.sorted(by: StaleRow.precedes), met.organizers, scope)
    }

    private static func table(
        _ people: [StaleRow], _ organizers: Organizers, _ scope: ReportScope
    ) throws -> ReportTable {
        var table = ReportTable(
            [
                .init("state", ""), .init("name", "Name", .name), .id("person"),
                .init("pointPerson", "Point person", .name), .init("lastMet", "Last met"),
                .init("days", "Days"), .init("urgency", "Urgency", .bar),
            ], nothing: "Nobody is here yet.")
        var names: [RecordID: String] = [:]
        var organizers = organizers
        for person in people {
            let organizer = person.person.organizer.map { organizers.canonical(of: $0) }
            if let organizer, names[organizer] == nil {
                names[organizer] = try organizers.name(of: organizer)
            }
            table.row(
                .said(Phrase(word: person.state.rawValue)), .text(person.person.name),
                .id(person.person.id),
                ReportValue(organizer.flatMap { names[$0] }),
                ReportValue(person.days.map { scope.to + -$0 }), ReportValue(days: person.days),
                ReportValue(number: person.urgency))
        }
        for state in TurfState.allCases {
            let count = people.count { $0.state == state }
            table.figure(state.rawValue, Phrase(word: state.rawValue), .count(count))
        }
        return table
    }
}

/// A person, and how long ago they were met.
private struct StaleRow {
    let person: Roster.Person
    let days: Int64?
    let state: TurfState
    private let folded: String

    init(_ person: Roster.Person, days: Int64?) {
        self.person = person
        self.days = days
        folded = Folding.name(person.name)
        state =
            switch days {
            case nil: .never
            case .some(...Cadence.standard.dueDays): .ok
            case .some(...Cadence.standard.overdueDays): .due
            case .some: .overdue
            }
    }

    /// How many times the agreed interval has passed.
    var urgency: Double? { days.map { Double($0) / Double(Cadence.standard.dueDays) } }

    private var group: Int {
        switch state {
        case .overdue, .due: 0
        case .never: 1
        case .ok: 2
        }
    }

    static func precedes(_ a: StaleRow, _ b: StaleRow) -> Bool {
        if a.group != b.group { return a.group < b.group }
        if a.days != b.days { return (a.days ?? 0) > (b.days ?? 0) }
        return a.folded != b.folded ? a.folded < b.folded : a.person.id < b.person.id
    }
}
