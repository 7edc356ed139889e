import GRDB
import Replication
import Store
import Wording

extension Report {
    static let coverage = Report(
        "coverage", "How well each turf is covered, and who has none.", .days(365),
        formula: """
            For each turf, by distinct people: pointPerson = those with a point person / all; met = \
            those with a held one-to-one in these days / all; perLeader = people for each leader that \
            the turf has. People without a turf stand at the end. With --shared, a turf of 1 to 4 \
            people shows no shares.
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
        for turf in turfs {
            let part = coverage[turf.id] ?? Coverage()
            table.row(
                [
                    .text(turf.name), .id(turf.id),
                    ReportValue(try turf.leader.map { try organizers.name(of: $0) }),
                ] + part.values(scope, leaders: turf.leader == nil ? 0 : 1))
        }
        // A turf whose record is not here is none for this reader.
        let known = Set(turfs.map(\.id))
        let rest = coverage.filter { $0.key.map { !known.contains($0) } ?? true }.values
        let unassigned = rest.reduce(into: Coverage()) { $0.add($1) }
        if unassigned.people > 0 {
            table.row(
                [.said("(no turf)"), .none, .none] + unassigned.values(scope, leaders: 0))
        }
        let all = coverage.values.reduce(into: Coverage()) { $0.add($1) }
        table.figure("unassigned", "People without a turf", scope.people(unassigned.people))
        table.figure("met", "Of all, met", all.share(all.met, scope))
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

    func share(_ part: Int, _ scope: ReportScope) -> ReportValue {
        let isHidden = scope.question.isShared && SmallCells.isSmall(people)
        return isHidden ? .none : ReportValue(part, of: people)
    }

    func values(_ scope: ReportScope, leaders: Int) -> [ReportValue] {
        [
            scope.people(people), share(withPointPerson, scope), share(met, scope),
            leaders == 0 ? .none : scope.people(people / leaders),
        ]
    }
}
