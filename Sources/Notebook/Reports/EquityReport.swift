import GRDB
import Replication
import Wording

extension Report {
    static let equity = Report(
        "equity", "How evenly one-to-ones are shared out among people.", .days(365),
        formula: """
            x = held one-to-ones with each person (or, for institutions, with all their people) in \
            these days, those with none included. Gini = 2·Σ i·x₍ᵢ₎ / (n·Σ x) − (n + 1) / n, x in \
            ascending order: 0 is even, near 1 is all with one. Unequal contact is a drag on \
            participation over time (Tesdahl and Speer, 2014). With --shared, groups of 1 to 4 have no \
            figures, and neither have the smallest others from which theirs could be worked out.
            """,
        columns: """
            Columns: among = whose contact is compared; how many = people, or institutions; held = \
            all their one-to-ones; each = their mean; none = the share of those without any.
            """
    ) { scope in
        let roster = try Roster(scope)
        var met = [Int](repeating: 0, count: roster.count)
        for meeting in try Meetings(scope, roster).held(in: scope.days) {
            if let person = meeting.person { met[person] += 1 }
        }
        var table = ReportTable(
            [
                .init("among", "Among", .text), .id("id"), .init("count", "How many"),
                .init("meetings", "Held"), .init("mean", "Each"),
                .init("unmet", "None"), .init("gini", "Gini", .bar),
            ], nothing: "Nobody is here yet.")
        guard roster.count > 0 else { return table }
        let byInstitution = amounts(met, roster, by: \.institution)
        let sums = byInstitution.filter { $0.key != nil }.mapValues { $0.reduce(0, +) }
        let turfs = try Row.fetchAll(
            scope.db, sql: "SELECT * FROM turf ORDER BY name COLLATE NOCASE, id"
        ).compactMap(Turf.init)
        let byTurf = amounts(met, roster, by: \.turf)
        let known = Set(turfs.map(\.id))
        let rest = byTurf.filter { $0.key.map { !known.contains($0) } ?? true }.flatMap(\.value)
        let groups = turfs.map { byTurf[$0.id] ?? [] } + [rest]
        let people = scope.hidden(of: groups.map { [$0.count] })
        let figures = scope.hidden(of: groups.map(split), besides: people.parts)
        add("everybody", nil, met, scope, (people.whole, figures.whole), to: &table)
        if !sums.isEmpty { add("institutions", nil, Array(sums.values), scope, to: &table) }
        for (place, turf) in turfs.enumerated() where !groups[place].isEmpty {
            add(
                "people of \(turf.name)", turf.id, groups[place], scope,
                (people.parts.contains(place), figures.parts.contains(place)), to: &table)
        }
        return table
    }

    /// Those with none, and the others: shares of unmet people tell the number of those who were met.
    private static func split(_ amounts: [Int]) -> [Int] {
        let unmet = amounts.count { $0 == 0 }
        return [unmet, amounts.count - unmet]
    }

    private static func amounts(
        _ met: [Int], _ roster: Roster, by group: (Roster.Person) -> RecordID?
    ) -> [RecordID?: [Int]] {
        var amounts: [RecordID?: [Int]] = [:]
        for (number, person) in roster.people.enumerated() {
            amounts[group(person), default: []].append(met[number])
        }
        return amounts
    }

    private static func add(
        _ among: Phrase, _ id: RecordID?, _ amounts: [Int], _ scope: ReportScope,
        _ kept: (people: Bool, figures: Bool) = (false, false), to table: inout ReportTable
    ) {
        let unmet = amounts.count { $0 == 0 }
        let isSmall = ([amounts.count] + split(amounts)).contains(where: SmallCells.isSmall)
        let isHidden = kept.figures || scope.question.isShared && isSmall
        let sum = amounts.reduce(0, +)
        table.row(
            .said(among), ReportValue(id), kept.people ? .few : scope.people(amounts.count),
            isHidden ? .none : .count(sum),
            isHidden ? .none : .number(Double(sum) / Double(amounts.count)),
            isHidden ? .none : ReportValue(unmet, of: amounts.count),
            isHidden ? .none : ReportValue(number: Inequality.gini(amounts)))
    }
}
