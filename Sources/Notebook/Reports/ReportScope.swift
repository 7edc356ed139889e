import GRDB
import Replication
import Store

/// What a report works with: a consistent state of the tables, and what was asked.
struct ReportScope {
    let notebook: Notebook
    let db: Database
    let question: ReportQuestion
    private(set) var days: ClosedRange<Day>
    /// Who is one person with whom.
    let people: SamePeople

    init(
        _ notebook: Notebook, _ db: Database, _ period: Report.Period, _ question: ReportQuestion
    ) throws {
        self.notebook = notebook
        self.db = db
        self.question = question
        days = try Self.days(period, question, notebook.today)
        people = try SamePeople(db)
    }

    var from: Day { days.lowerBound }
    var to: Day { days.upperBound }
    var today: Day { notebook.today }

    /// The same question of other days.
    func about(_ days: ClosedRange<Day>) -> ReportScope {
        var scope = self
        scope.days = days
        return scope
    }

    /// A count of people as it may be shown.
    func people(_ count: Int) -> ReportValue { SmallCells.shown(count, question.isShared) }

    /// Whether a part of a whole that is told may be told, too: with --shared, the rest follows from it.
    func tells(_ part: Int, of whole: Int) -> Bool {
        !question.isShared || part == 0 || SmallCells.isSafe(part, of: whole)
    }

    /// A part of a whole as it may be shown beside it.
    func part(_ part: Int, of whole: Int) -> ReportValue {
        tells(part, of: whole) ? .count(part) : .few
    }

    /// Whether a sum may be told beside its other parts.
    func tells(sumOf hidden: [Int]) -> Bool {
        !question.isShared || SmallCells.isSafe(sumOf: hidden)
    }

    /// What is kept back from others of groups that together are everybody.
    func hidden(of groups: [[Int]], besides known: Set<Int> = []) -> SmallCells.Hidden {
        question.isShared ? SmallCells.hidden(of: groups, besides: known) : SmallCells.Hidden()
    }

    private static let mostDays: Int64 = 3660

    static func days(
        _ period: Report.Period, _ question: ReportQuestion, _ today: Day
    ) throws -> ClosedRange<Day> {
        let to = question.to ?? today
        let from = question.from ?? start(of: period, endingOn: to)
        guard from <= to else { throw ReportError.endsBeforeItBegins(from: from, to: to) }
        guard to - from <= mostDays else { throw ReportError.tooLong(days: to - from) }
        return from...to
    }

    private static func start(of period: Report.Period, endingOn to: Day) -> Day {
        switch period {
        case .weeks(let count): (Week(of: to) + (1 - count)).monday
        case .days(let count): to + (1 - count)
        case .moment: to
        }
    }
}
