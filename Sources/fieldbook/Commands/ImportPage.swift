import Interchange
import Notebook
import Replication
import Store
import Terminal
import Wording

/// What an import did, as JSON.
struct ImportDocument: Encodable {
    @OrNull var batch: String?
    let created: Int
    let updated: Int
    let skipped: Int
    let rejected: Int
    let dryRun: Bool
    /// What the columns of a list were taken for; null for one that was left out.
    @OrNull var columns: [Column]?
    @OrNull var rejectedFile: String?
    let remarks: [Remark]
    /// How many there are; `remarks` has the first thousand.
    let remarkCount: Int
    /// New people who look like somebody who is here.
    let alike: [Lookalike]
    /// How many of the new people were looked at for that.
    let compared: Int

    struct Lookalike: Encodable {
        /// The new entry; null for a dry run.
        @OrNull var id: String?
        let line: Int
        let name: String
        let person: String
        let personName: String
        let score: Double
    }

    struct Remark: Encodable {
        let line: Int
        let outcome: String
        let reason: Phrase
    }

    struct Column: Encodable {
        let heading: String
        @OrNull var holds: String?
    }

    init(_ report: ImportReport) {
        columns = report.mapping?.columns.map { Column(heading: $0.heading, holds: $0.holds) }
        batch = report.batch?.description
        created = report.created
        updated = report.updated
        skipped = report.skipped
        rejected = report.rejected
        dryRun = report.isDryRun
        rejectedFile = report.rejectedFile
        remarkCount = report.remarkCount
        compared = report.compared
        alike = report.alike.map {
            Lookalike(
                id: $0.id?.description, line: $0.line, name: $0.name,
                person: $0.known.id.description,
                personName: $0.known.name, score: $0.known.probability)
        }
        remarks = report.remarks.map {
            Remark(line: $0.line, outcome: $0.outcome.rawValue, reason: $0.reason)
        }
    }
}

/// The same for people.
struct ImportPage {
    private let report: ImportReport
    private static let shownRemarks = 20

    init(_ report: ImportReport) { self.report = report }

    func fill(_ page: inout Page) {
        if let mapping = report.mapping { show(mapping, &page) }
        let would: Phrase = report.isDryRun ? "Nothing was changed. It would be: " : ""
        page.line(
            """
            \(would)\(report.created) created, \(report.updated) updated, \(report.skipped) skipped, \
            \(report.rejected) rejected.
            """)
        let kinds = report.kinds.sorted { $0.key < $1.key }.map { counted($0.value, $0.key) }
        if !kinds.isEmpty { page.line("Created: \(kinds.joined(", ")).", .faint) }
        addRemarks(&page)
        addAlike(&page)
        if let file = report.rejectedFile {
            page.line("The rejected rows, each with its reason: \(file)")
            let order = report.mapping?.dates.map { " --dates " + $0.rawValue } ?? String()
            page.line("Correct them there, then: fieldbook import \(Shell.quoted(file))\(order)")
        }
        if let batch = report.batch {
            page.line("Take it back:  fieldbook import undo \(batch.shortened)")
        }
    }

    /// "2 people"; a kind that nobody here knows has only its name.
    private func counted(_ count: Int, _ name: String) -> Phrase {
        guard let kind = Kinds.named(name)?.schema.number else { return "\(count) \(name)" }
        return Wording.counted(count, FieldWords.kind(kind), FieldWords.kinds(kind))
    }

    private func show(_ mapping: ColumnMapping, _ page: inout Page) {
        var table = Table([.text("Column"), .text("Taken for")])
        for (heading, holds) in mapping.columns {
            table.row(
                .init(heading.cut),
                .init(holds.map(Self.words) ?? said("(left out)"), holds == nil ? .faint : .plain))
        }
        page.table(table)
        if let presumed = mapping.presumed, let order = mapping.dates {
            page.paragraph(Self.words(presumed, order))
        }
        page.line()
    }

    private static func words(_ date: String, _ order: DateOrder) -> Phrase {
        switch order {
        case .dayFirst:
            "Dates like \"\(date.cut)\" are taken with the day first. If the month comes first: --dates mdy"
        case .monthFirst:
            "Dates like \"\(date.cut)\" are taken with the month first. If the day comes first: --dates dmy"
        }
    }

    private static func words(_ holds: String) -> String {
        FieldWords.both(holds, FieldWords.field(holds, of: Person.kind.number))
    }

    private func addAlike(_ page: inout Page) {
        let new = report.kinds[Person.kind.name] ?? 0
        if report.compared > 0, report.compared < new {
            page.paragraph(
                """
                Only the first \(report.compared) new people of \(new) were compared with those who are \
                here: it takes too long for all. The likeliest of the others are listed by: \
                fieldbook person duplicates
                """)
        }
        guard let first = report.alike.first else { return }
        if let id = first.id {
            page.paragraph(
                """
                New people who may be here already: \(report.alike.count). An organizer can link those \
                who are, like the first: fieldbook person merge \(id.shortened) \
                \(first.known.id.shortened)
                The likeliest, also later: fieldbook person duplicates
                """)
        } else {
            page.paragraph(
                """
                Look like people who are here, and would be second entries: \(report.alike.count). \
                After the import, which names their ids, an organizer can link them. The likeliest, \
                also later: fieldbook person duplicates
                """)
        }
        for one in report.alike.prefix(Self.shownRemarks) {
            let reasons = one.known.reasons.joined(", ")
            let name = one.id.map { "\(one.name) (\($0.shortened))" } ?? one.name
            page.paragraph(
                """
                Line \(one.line): \(name) may be \(one.known.name) (\(one.known.id.shortened)), \
                who is here (\(reasons)).
                """)
        }
    }

    private func addRemarks(_ page: inout Page) {
        guard !report.remarks.isEmpty else { return }
        // What was rejected is to be acted on.
        let rejected = report.remarks.filter { $0.outcome == .rejected }
        let others = report.remarks.filter { $0.outcome != .rejected }
        for remark in (rejected + others).prefix(Self.shownRemarks) {
            page.paragraph(
                "Line \(remark.line), \(Phrase(word: remark.outcome.rawValue)): \(remark.reason)")
        }
        let more = report.remarkCount - Self.shownRemarks
        if more > 0 { page.line("And \(more) more; --json lists up to a thousand.", .faint) }
    }
}
