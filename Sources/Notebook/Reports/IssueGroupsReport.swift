import Replication
import Wording

extension Report {
    static let issuesByInstitution = Report(
        "issues-by-institution", "What people are concerned about in each institution.",
        .days(365),
        formula: """
            Concerns as in the report "issues", by distinct people of each institution; share = these \
            / people of the institution who were listened to. With --shared, groups of 1 to 4 are \
            shown as <5; where one alone would be, so is the smallest other of the concern, since the \
            whole is known from the report "issues". Concerns of 1 to 4 people in all are left out.
            """,
        columns: """
            Columns: of listened = the share of those who were listened to.
            """
    ) { scope in
        let roster = try Roster(scope)
        let names = try scope.names(of: Institution.kind, Institution.name)
        var table = ReportTable(
            [
                .init("institution", "Institution", .name), .id("id"),
                .init("concern", "Concern", .name), .init("people", "People", .bar),
                .init("share", "Of listened"),
            ], nothing: "No concerns were heard on these days.")
        let concerns = try Concerns(scope, roster)
        let groups = ConcernGroups(
            concerns, of: { roster[$0].institution }, in: { roster[$0.person].institution })
        let rows = groups.rows(scope) {
            $0.map { names[$0] ?? said("(not here)") } ?? said("(no institution)")
        }
        for row in rows {
            table.row([.text(row.name), ReportValue(row.group)] + row.values)
        }
        return table
    }

    static let issuesByNeighbourhood = Report(
        "issues-by-neighbourhood", "What people are concerned about in each neighborhood.",
        .days(365),
        formula: """
            Concerns as in the report "issues", by distinct people of each neighborhood: the one that \
            is written down of the concern, or else of the person; names that differ only in case, \
            accents or punctuation are one. Share = these / people who were listened to and live \
            there or named it. With --shared, groups of 1 to 4 are shown as <5; where one alone would \
            be, so is the smallest other of the concern. Concerns of 1 to 4 people in all are left \
            out.
            """,
        columns: """
            Columns: of listened = the share of those who were listened to.
            """
    ) { scope in
        let roster = try Roster(scope)
        let places = try roster.texts(Person.neighbourhood, scope)
        let concerns = try Concerns(scope, roster)
        var names: [String: String] = [:]
        for name in places.compactMap({ $0 }) + concerns.mentions.compactMap(\.neighbourhood) {
            let key = Folding.name(name)
            names[key] = names[key] ?? name
        }
        var table = ReportTable(
            [
                .init("neighbourhood", "Neighborhood", .name), .init("concern", "Concern", .name),
                .init("people", "People", .bar), .init("share", "Of listened"),
            ], nothing: "No concerns were heard on these days.")
        let folded = places.map { $0.map(Folding.name) }
        let groups = ConcernGroups(
            concerns, of: { folded[$0] },
            in: { $0.neighbourhood.map(Folding.name) ?? folded[$0.person] })
        let rows = groups.rows(scope) { $0.flatMap { names[$0] } ?? said("(no neighborhood)") }
        for row in rows { table.row([.text(row.name)] + row.values) }
        return table
    }
}

/// Who named each concern, by groups to which people belong, such as their institutions.
private struct ConcernGroups<Group: Hashable & Comparable & Sendable> {
    struct Row {
        let group: Group?
        let name: String
        let concern: String
        fileprivate let people: Int
        fileprivate let listened: Int
        fileprivate let isHidden: Bool
        /// Whether the share would tell of few who were listened to.
        fileprivate var isShareHidden: Bool

        /// The concern, its people, and their share.
        var values: [ReportValue] {
            [
                .text(concern), isHidden ? .few : .count(people),
                isHidden || isShareHidden ? .none : ReportValue(people, of: listened),
            ]
        }
    }

    private let concerns: Concerns
    /// People by number on the roster, of each concern.
    private var people: [[Group?: Set<Int>]]
    private let listened: [Group?: Int]

    /// `home` is the group of a person on the roster, `place` the one that a mention is about.
    init(_ concerns: Concerns, of home: (Int) -> Group?, in place: (Mention) -> Group?) {
        self.concerns = concerns
        people = .init(repeating: [:], count: concerns.count)
        var guests: [Group?: Set<Int>] = [:]
        for mention in concerns.mentions {
            let group = place(mention)
            people[mention.concern][group, default: []].insert(mention.person)
            if group != home(mention.person) { guests[group, default: []].insert(mention.person) }
        }
        listened = Dictionary(concerns.listened.map { (home($0), 1) }, uniquingKeysWith: +)
            .merging(guests.mapValues(\.count), uniquingKeysWith: +)
    }

    func rows(_ scope: ReportScope, _ name: (Group?) -> String) -> [Row] {
        let isShared = scope.question.isShared
        var rows: [Row] = []
        let homes = listened.keys.sorted(by: Self.precedes)
        let few = Set(
            scope.hidden(of: homes.map { [listened[$0] ?? 0] }).parts.map { homes[$0] })
        for (concern, groups) in people.enumerated() {
            let parts = groups.sorted { Self.precedes($0.key, $1.key) }
            let sizes = parts.map(\.value.count)
            if isShared, SmallCells.isSmall(Set(groups.values.joined()).count) { continue }
            let kept = scope.hidden(of: sizes.map { [$0] })
            // Every part would be known from the whole, which the report "issues" tells.
            if kept.whole { continue }
            for (index, part) in parts.enumerated() {
                rows.append(
                    Row(
                        group: part.key, name: name(part.key), concern: concerns.words(concern),
                        people: sizes[index], listened: listened[part.key] ?? 0,
                        isHidden: kept.parts.contains(index),
                        isShareHidden: few.contains(part.key)
                            || isShared
                                && SmallCells.isSmall((listened[part.key] ?? 0) - sizes[index])
                    ))
            }
        }
        // One share tells how many were listened to, and so who did not name another concern.
        let closed = Set(rows.filter { $0.isShareHidden && !$0.isHidden }.map(\.group))
        for index in rows.indices where closed.contains(rows[index].group) {
            rows[index].isShareHidden = true
        }
        return rows.sorted {
            // What is kept back is not told by its place either.
            let (a, b) = ($0.isHidden ? 0 : $0.people, $1.isHidden ? 0 : $1.people)
            return $0.name != $1.name
                ? $0.name < $1.name : a != b ? a > b : $0.concern < $1.concern
        }
    }

    private static func precedes(_ a: Group?, _ b: Group?) -> Bool {
        guard let a else { return b != nil }
        return b.map { a < $0 } ?? false
    }
}
