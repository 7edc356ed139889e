import GRDB
import Replication
import Store
import Wording

extension Report {
    static let coverage = Report(
        "coverage", "How well each turf is covered, and who has none.", .days(365),
        formula: """
            For each turf, by distinct people: those with a point person / all; met = those with a \
            held one-to-one in these days / all; people / leaders that the turf has. People \
            without a turf stand at the end. With --shared, a turf of 1 to 4 people is shown as <5 \
            without shares, a share that would tell so few is left out, and so are the smallest \
            others from which it could be worked out.
            """,
        columns: """
            Columns: point p. = with a point person; each leader = people for each leader.
            """
    ) { scope in
        let roster = try Roster(scope)
        var coverage: [RecordID?: Coverage] = [:]
        var met = [Bool](repeating: false, count: roster.count)
        for meeting in try Meetings(scope, roster).held(in: scope.days) {
            if let person = meeting.person { met[person] = true }
        }
        for (number, person) in roster.people.enumerated() {
            coverage[person.turf, default: Coverage()].add(person, isMet: met[number])
        }
        return try table(coverage, scope)
    }

    private static func table(
        _ coverage: [RecordID?: Coverage], _ scope: ReportScope
    ) throws -> ReportTable {
        var table = ReportTable(
            [
                .init("turf", "Turf", .name), .id("id"), .init("leader", "Leader", .name),
                .init("people", "People"), .init("pointPerson", "Point p."),
                .init("met", "Met", .bar), .init("perLeader", "Each leader"),
            ], nothing: "Nobody is here yet.")
        let organizers = try Organizers(scope)
        let turfs = try Row.fetchAll(
            scope.db, sql: "SELECT * FROM turf ORDER BY name COLLATE NOCASE, id"
        ).compactMap(Turf.init)
        // A turf whose record is not here is none for this reader.
        let known = Set(turfs.map(\.id))
        let rest = coverage.filter { $0.key.map { !known.contains($0) } ?? true }.values
        let unassigned = rest.reduce(into: Coverage()) { $0.add($1) }
        let kept = KeptBack(turfs.map { coverage[$0.id] ?? Coverage() } + [unassigned], scope)
        for (place, turf) in turfs.enumerated() {
            let part = coverage[turf.id] ?? Coverage()
            table.row(
                [
                    .text(turf.name), .id(turf.id),
                    scope.question.isShared
                        ? .none : ReportValue(try turf.leader.map { try organizers.name(of: $0) }),
                ] + part.values(kept, place, leaders: turf.leader == nil ? 0 : 1))
        }
        if unassigned.people > 0 {
            table.row(
                [.said("(no turf)"), .none, .none]
                    + unassigned.values(kept, turfs.count, leaders: 0))
        }
        let all = coverage.values.reduce(into: Coverage()) { $0.add($1) }
        table.figure(
            "unassigned", "People without a turf",
            kept.people.parts.contains(turfs.count) ? .few : .count(unassigned.people))
        table.figure(
            "met", "Of all, met", kept.met.whole ? .none : ReportValue(all.met, of: all.people))
        return table
    }
}

/// Of some people, how many have a point person and were met.
private struct Coverage {
    private(set) var people = 0
    private(set) var withPointPerson = 0
    private(set) var met = 0

    mutating func add(_ person: Roster.Person, isMet: Bool) {
        people += 1
        withPointPerson += person.organizer == nil ? 0 : 1
        met += isMet ? 1 : 0
    }

    mutating func add(_ other: Coverage) {
        people += other.people
        withPointPerson += other.withPointPerson
        met += other.met
    }

    func values(_ kept: KeptBack, _ place: Int, leaders: Int) -> [ReportValue] {
        let isHidden = kept.people.parts.contains(place)
        let share = { (part: Int, hidden: SmallCells.Hidden) in
            hidden.parts.contains(place) ? ReportValue.none : ReportValue(part, of: people)
        }
        return [
            isHidden ? .few : .count(people), share(withPointPerson, kept.pointPerson),
            share(met, kept.met),
            leaders == 0 ? .none : isHidden ? .few : .count(people / leaders),
        ]
    }
}

/// What is kept back of each column, by the place of the row.
private struct KeptBack {
    let people: SmallCells.Hidden
    let pointPerson: SmallCells.Hidden
    let met: SmallCells.Hidden

    init(_ rows: [Coverage], _ scope: ReportScope) {
        people = scope.hidden(of: rows.map { [$0.people] })
        pointPerson = scope.hidden(
            of: rows.map { [$0.withPointPerson, $0.people - $0.withPointPerson] },
            besides: people.parts)
        met = scope.hidden(of: rows.map { [$0.met, $0.people - $0.met] }, besides: people.parts)
    }
}
