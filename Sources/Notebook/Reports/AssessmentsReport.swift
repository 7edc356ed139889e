import Replication
import Wording

extension Report {
    /// Days after which an assessment is old.
    private static let oldAfter: Int64 = 180
    /// Days within which two assessors should agree, and the levels from which on they do not.
    private static let compared: (days: Int64, levels: Int64) = (60, 2)

    static let assessments = Report(
        "assessments", "Assessments that are old, disputed or without a basis.", .days(365),
        namesPeople: true,
        formula: """
            old = the latest assessment of a person is more than \(oldAfter) days before the last day; \
            disputed = two assessors whose levels for a person differ by \(compared.levels) or more, \
            within \(compared.days) days; no basis = an assessment without one. The last two of \
            assessments dated in these days.
            """,
        columns: """
            Columns: name = the person; assessed = the day of the assessment; days ago = since \
            then, up to the last day; level = its level, where two disagree both; by = who judged.
            """
    ) { scope in
        let roster = try Roster(scope)
        var organizers = try Organizers(scope)
        let all = try Judgements(scope, roster, &organizers).all.filter {
            $0.person != nil && $0.day <= scope.to
        }
        var table = ReportTable(
            [
                .init("finding", ""), .init("name", "Name", .name), .id("person"),
                .init("on", "Assessed"), .init("days", "Days ago"), .init("levels", "Level"),
                .init("by", "By", .text), .id("assessment"),
            ], nothing: "Every assessment here is recent, undisputed and has a basis.")
        var findings: [Finding] = []
        for (number, judgements) in Dictionary(grouping: all, by: \.person) {
            guard let number else { continue }
            let (found, person) = (Self.findings(judgements, scope), roster[number])
            findings += found.map { Finding(person: person, what: $0.0, judgements: $0.1) }
        }
        for finding in findings.sorted(by: Finding.precedes) {
            try table.row(finding.values(organizers, scope.to))
        }
        let assessed = Set(all.compactMap(\.person))
        table.figure("people", "People assessed", .count(assessed.count))
        table.figure("never", "Never assessed", .count(roster.count - assessed.count))
        let figures: [(name: String, words: Phrase, what: String)] = [
            ("old", "Old", "old"), ("disputed", "Disputed", "disputed"),
            ("noBasis", "No basis", "no basis"),
        ]
        for (name, words, what) in figures {
            table.figure(name, words, .count(findings.count { $0.what == what }))
        }
        return table
    }

    /// What is to be said of one person's assessments, the earliest first.
    private static func findings(
        _ judgements: [Judgement], _ scope: ReportScope
    ) -> [(String, [Judgement])] {
        var found: [(String, [Judgement])] = []
        if let last = judgements.last, scope.to - last.day > oldAfter {
            found.append(("old", [last]))
        }
        let recent = judgements.filter { scope.days.contains($0.day) }
        found += recent.filter { !$0.hasBasis }.map { ("no basis", [$0]) }
        for (index, one) in recent.enumerated() {
            for other in recent[(index + 1)...] where isDisputed(one, other) {
                found.append(("disputed", [one, other]))
            }
        }
        return found
    }

    private static func isDisputed(_ one: Judgement, _ other: Judgement) -> Bool {
        one.assessor != other.assessor && other.day - one.day <= compared.days
            && abs(one.level - other.level) >= compared.levels
    }
}

/// Something to look at in a person's assessments.
private struct Finding {
    let person: Roster.Person
    let what: String
    let judgements: [Judgement]

    static func precedes(_ a: Finding, _ b: Finding) -> Bool {
        let key = { (one: Finding) in
            (one.what, Folding.name(one.person.name), one.person.id, one.judgements[0].id)
        }
        return key(a) < key(b)
    }

    func values(_ organizers: Organizers, _ to: Day) throws -> [ReportValue] {
        let last = judgements[judgements.count - 1]
        let names = try judgements.map { judgement in
            try judgement.assessor.map { try organizers.name(of: $0) } ?? said("somebody")
        }
        return [
            .said(Phrase(word: what)), .text(person.name), .id(person.id), .day(last.day),
            .count(Int(to - last.day)),
            .text(judgements.map { "\($0.level)" }.joined(separator: " / ")),
            .text(names.joined(separator: " / ")), .id(last.id),
        ]
    }
}
