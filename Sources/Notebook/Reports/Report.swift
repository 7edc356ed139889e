package import Replication
import Store
package import Wording

/// A question about the work that the notebook answers with a table.
///
/// A report is a value, in a file of its own: its name, its formula in words, and the function that
/// makes the table. A new one needs its file and a line in `all`.
package struct Report: Sendable {
    /// As it is typed: `one-to-ones`.
    package let name: String
    /// What it shows, in a sentence.
    package let abstract: Phrase
    /// How every figure is worked out, in words; `fieldbook report NAME --explain` prints it.
    package let formula: Phrase
    /// What the heads of columns stand for that the formula does not name.
    package let columns: Phrase?
    package let period: Period
    /// Whether rows name people whom the work is about: such a report is not for sharing.
    package let namesPeople: Bool
    /// Whether it is about one person, who has to be named.
    package let isAboutOne: Bool
    let make: @Sendable (ReportScope) throws -> ReportTable

    init(
        _ name: String, _ abstract: Phrase, _ period: Period, namesPeople: Bool = false,
        isAboutOne: Bool = false, formula: Phrase, columns: Phrase? = nil,
        make: @escaping @Sendable (ReportScope) throws -> ReportTable
    ) {
        self.name = name
        self.abstract = abstract
        self.formula = formula
        self.columns = columns
        self.period = period
        self.namesPeople = namesPeople
        self.isAboutOne = isAboutOne
        self.make = make
    }

    /// The days that a report is about when nobody names others.
    package enum Period: Sendable, Hashable {
        /// This ISO week, so far, and the whole weeks before it; so many in all.
        case weeks(Int64)
        /// So many days, the last one included.
        case days(Int64)
        /// How things stand on the last day.
        case moment
    }
}

extension Report {
    /// Every report, in the order in which they are listed.
    package static let all: [Report] = [
        oneToOnes, holdRate, goals, week, memory, stale, introductions, commitments, funnel,
        neverAsked,
        coverage, ladder, assessments, leaders, participation, residentVoice, listening, listeners,
        issues, issuesByInstitution, issuesByNeighbourhood, research, turnout, turnoutLadder,
        turnoutForecast, turnoutBoard, campaignChain, powerShift, powerActors, paths, survey,
        equity,
        network, networkPeople, networkBridges, funder,
    ]

    /// The list of reports, itself a table.
    package static var list: ReportTable {
        var table = ReportTable(
            [.init("report", "Report"), .init("shows", "What it shows", .text)], nothing: "")
        for report in all { table.row(.text(report.name), .said(report.abstract)) }
        table.note("To see one: fieldbook report one-to-ones")
        return table
    }

    /// The report with a name. Throws `ReportError.unknown`.
    package static func named(_ name: String) throws -> Report {
        guard let report = all.first(where: { $0.name == name }) else {
            throw ReportError.unknown(name)
        }
        return report
    }

    /// The rules that hold for every report.
    package static let rules: Phrase = """
        Days are those on which something was held, promised or judged, in the notebook's time zone, \
        not those on which it was entered; weeks are ISO weeks, from Monday. Entries of one person \
        that are linked count once. What was deleted is left out; void meetings are left out and \
        counted as void. Who syncs late changes past weeks: --as-known-on shows what had been written \
        by the end of a day, on whichever laptop, by the stamps of the entries.
        """

    /// What holds for every report that can be shared.
    package static let sharing: Phrase = """
        With --shared, groups of 1 to 4 people are shown as <5 or left out, and so is what they would \
        follow from: the smallest other part of a whole, a sum, a share, a median, a mean. So <5 may \
        also stand for more. One-to-ones count like the people with whom they are; other meetings and \
        events are counted as they are. This holds within one \
        report. Two that are given out can be subtracted from each other and so tell of few people \
        what neither tells: the same one a day later, or of days that overlap, or one by turf and \
        another by institution. Give out whole quarters or years, each once, and always the same \
        reports.
        """
}

/// What is asked of a report.
package struct ReportQuestion: Sendable {
    package var from: Day?
    package var to: Day?
    /// Whether others than organizers will read it: small groups are not counted out.
    package var isShared: Bool
    /// Whom a report about one person is about.
    package var who: RecordID?
    /// One-to-ones that an organizer means to hold in a week.
    package var goal: Int?

    package init(
        from: Day? = nil, to: Day? = nil, isShared: Bool = false, who: RecordID? = nil,
        goal: Int? = nil
    ) {
        self.from = from
        self.to = to
        self.isShared = isShared
        self.who = who
        self.goal = goal
    }
}

/// Why a report was not made.
package enum ReportError: Error, Equatable, Explained {
    case unknown(String)
    case endsBeforeItBegins(from: Day, to: Day)
    case notForSharing(report: String)
    case needsPerson(report: String)
    case noPersonNeeded(report: String)
    case tooLong(days: Int64)

    package var explanation: Phrase {
        switch self {
        case .unknown(let name):
            """
            There is no report called "\(name.cut)". "fieldbook report" lists them.
            """
        case .endsBeforeItBegins(let from, let to):
            "The report would begin on \(from) and end on \(to). Give an earlier --from or a later --to."
        case .notForSharing(let report):
            """
            The report "\(report)" names people, so it is not made with --shared. Nothing was \
            printed. Leave --shared out to read it yourself.
            """
        case .needsPerson(let report):
            """
            The report "\(report)" is about one person. Say about whom: fieldbook report \(report) \
            Rosa
            """
        case .noPersonNeeded(let report):
            "The report \"\(report)\" is about everybody. Leave the name out."
        case .tooLong(let days):
            "The report would be about \(days) days. Give a --from within 10 years of --to."
        }
    }
}

extension Notebook {
    /// Makes a report. Throws `ReportError`.
    package func table(_ report: Report, _ question: ReportQuestion) throws -> ReportTable {
        guard !(report.namesPeople && question.isShared) else {
            throw ReportError.notForSharing(report: report.name)
        }
        guard report.isAboutOne == (question.who != nil) else {
            throw report.isAboutOne
                ? ReportError.needsPerson(report: report.name)
                : ReportError.noPersonNeeded(report: report.name)
        }
        return try store.read { db in
            try report.make(ReportScope(self, db, report.period, question))
        }
    }

    /// The record that somebody means with whom a report is about: a person, or in a report on ways to
    /// people an actor of this name. Throws what `findPerson` throws.
    package func findSubject(_ text: String, of report: Report) throws -> RecordID {
        do {
            return try findPerson(text)
        } catch let error as NotebookError {
            guard case .unknown = error, report.name == Report.paths.name else { throw error }
            do {
                return try find(text, Actor.kind, titled: Actor.name.name)
            } catch NotebookError.unknown {
                throw error
            }
        }
    }

    /// The days that a report is about.
    package func days(of report: Report, _ question: ReportQuestion) throws -> ClosedRange<Day> {
        try ReportScope.days(report.period, question, today)
    }
}
