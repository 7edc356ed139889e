import Replication
import Wording

extension Report {
    static let issuesByInstitution = Report(
        "issues-by-institution", "What people are concerned about in each institution.",
        .days(365),
        formula: """
            Concerns heard in held one-to-ones of these days, by distinct people of each institution; \
            share = these / people of the institution who were listened to. With --shared, groups of 1 \
            to 4 are shown as <5; where one alone would be, so is the smallest other of the concern, \
            since the whole is known from the report "issues". Concerns of 1 to 4 people in all are \
            left out.
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
        let groups = try ConcernGroups(scope, roster) { roster[$0].institution }
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
            Concerns heard in held one-to-ones of these days, by distinct people of each neighborhood, \
            as it is written down of them; names that differ only in case, accents or punctuation are \
            one. Share = these / people of the neighborhood who were listened to. With --shared, groups \
            of 1 to 4 are shown as <5; where one alone would be, so is the smallest other of the \
            concern. Concerns of 1 to 4 people in all are left out.
            """
    ) { scope in
        let roster = try Roster(scope)
        let places = try roster.texts(Person.neighbourhood, scope)
        let folded = places.map { $0.map(Folding.name) }
        var names: [String: String] = [:]
        for case (let key?, let name?) in zip(folded, places) where names[key] == nil {
            names[key] = name
        }
        var table = ReportTable(
            [
                .init("neighbourhood", "Neighborhood", .name), .init("concern", "Concern", .name),
                .init("people", "People", .bar), .init("share", "Of listened"),
            ], nothing: "No concerns were heard on these days.")
        let groups = try ConcernGroups(scope, roster) { folded[$0] }
        let rows = groups.rows(scope) { $0.flatMap { names[$0] } ?? said("(no neighborhood)") }
        for row in rows { table.row([.text(row.name)] + row.values) }
        return table
    }
}

/// Who named each concern, by groups to which people belong, such as their institutions.
private struct ConcernGroups<Group: Hashable & Comparable> {
    struct Row {
        let group: Group?
        let name: String
        let concern: String
        fileprivate let people: Int
        fileprivate let listened: Int
        fileprivate let isHidden: Bool

        /// The concern, its people, and their share.
        var values: [ReportValue] {
            [
                .text(concern), isHidden ? .few : .count(people),
                isHidden ? .none : ReportValue(people, of: listened),
            ]
        }
    }

    private let concerns: Concerns
    /// People by number on the roster, of each concern.
    private var people: [[Group?: Set<Int>]]
    private let listened: [Group?: Int]

    /// `group` is that of a person on the roster.
    init(_ scope: ReportScope, _ roster: Roster, _ group: (Int) -> Group?) throws {
        concerns = try Concerns(scope, roster)
        people = .init(repeating: [:], count: concerns.count)
        for mention in concerns.mentions {
            people[mention.concern][group(mention.person), default: []].insert(mention.person)
        }
        listened = Dictionary(
            concerns.listened.map { (group($0), 1) }, uniquingKeysWith: +)
    }

    func rows(_ scope: ReportScope, _ name: (Group?) -> String) -> [Row] {
        let isShared = scope.question.isShared
        var rows: [Row] = []
        for (concern, groups) in people.enumerated() {
            let parts = groups.sorted { Self.precedes($0.key, $1.key) }
            let sizes = parts.map(\.value.count)
            if isShared, SmallCells.isSmall(sizes.reduce(0, +)) { continue }
            let hidden = isShared ? SmallCells.hidden(of: sizes) : []
            for (index, part) in parts.enumerated() {
                rows.append(
                    Row(
                        group: part.key, name: name(part.key), concern: concerns.words(concern),
                        people: sizes[index], listened: listened[part.key] ?? 0,
                        isHidden: hidden.contains(index)))
            }
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
