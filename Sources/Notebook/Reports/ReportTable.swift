package import Replication
package import Wording

/// A report's rows, in typed columns, with the figures that sum them up. Page, JSON and CSV are made
/// from the same rows.
package struct ReportTable: Sendable {
    package struct Column: Sendable {
        /// How a page shows a column.
        package enum Look: Sendable {
            /// Whole: a number, a date.
            case fixed
            /// Shortened where the page is narrow.
            case name
            /// Broken into lines where the page is narrow.
            case text
            /// A number with a bar as long as it is large.
            case bar
            /// Not on a page at all: an id for scripts.
            case hidden
        }

        /// The key in JSON and CSV.
        package let name: String
        /// The head on a page.
        package let title: Phrase
        package let look: Look

        init(_ name: String, _ title: Phrase, _ look: Look = .fixed) {
            self.name = name
            self.title = title
            self.look = look
        }

        static func id(_ name: String) -> Column { Column(name, "", .hidden) }
    }

    /// Something that is said of the whole table.
    package struct Figure: Sendable {
        package let name: String
        /// What it is, in words.
        package let words: Phrase
        package let value: ReportValue
    }

    package let columns: [Column]
    package private(set) var rows: [[ReportValue]] = []
    package private(set) var figures: [Figure] = []
    /// What whoever reads the table has to know of it.
    package private(set) var notes: [Phrase] = []
    /// What a page says where there are no rows.
    package let nothing: Phrase

    init(_ columns: [Column], nothing: Phrase) {
        self.columns = columns
        self.nothing = nothing
    }

    mutating func row(_ values: ReportValue...) {
        precondition(values.count == columns.count, "a value for each column")
        rows.append(values)
    }

    mutating func row(_ values: [ReportValue]) {
        precondition(values.count == columns.count, "a value for each column")
        rows.append(values)
    }

    mutating func figure(_ name: String, _ words: Phrase, _ value: ReportValue) {
        figures.append(Figure(name: name, words: words, value: value))
    }

    mutating func note(_ phrase: Phrase) { notes.append(phrase) }
}

/// A value in a report.
package enum ReportValue: Sendable {
    case none
    case text(String)
    /// Words of ours, in the reader's language on a page, and in English for scripts.
    case said(Phrase)
    case count(Int)
    case number(Double)
    /// A share: 1 is all.
    case ratio(Double)
    case day(Day)
    case week(Week)
    case id(RecordID)
    /// One number for each stretch of time, the earliest first.
    case trend([Int])
    /// 1 to 4 people, which is not told to others.
    case few

    /// A word of a few, as records hold it.
    static func choice(_ word: String?) -> ReportValue {
        word.map { .said(Phrase(word: $0)) } ?? .none
    }

    init(_ text: String?) { self = text.map(ReportValue.text) ?? .none }
    init(_ day: Day?) { self = day.map(ReportValue.day) ?? .none }
    init(_ id: RecordID?) { self = id.map(ReportValue.id) ?? .none }
    init(days: Int64?) { self = days.map { .count(Int($0)) } ?? .none }
    init(number: Double?) { self = number.map(ReportValue.number) ?? .none }

    /// Part of a whole; none where there is no whole.
    init(_ part: Int, of whole: Int) {
        self = whole == 0 ? .none : .ratio(Double(part) / Double(whole))
    }
}

extension ReportValue: Hashable {
    /// Words of ours are equal to the same text.
    package static func == (a: Self, b: Self) -> Bool {
        switch (a, b) {
        case (.none, .none), (.few, .few): true
        case (.text(let a), .text(let b)): a == b
        case (.said(let a), .said(let b)): a == b
        case (.said(let words), .text(let text)), (.text(let text), .said(let words)):
            words.forScripts == text
        case (.count(let a), .count(let b)): a == b
        case (.number(let a), .number(let b)), (.ratio(let a), .ratio(let b)): a == b
        case (.day(let a), .day(let b)): a == b
        case (.week(let a), .week(let b)): a == b
        case (.week(let week), .text(let text)), (.text(let text), .week(let week)):
            week.description == text
        case (.id(let a), .id(let b)): a == b
        case (.trend(let a), .trend(let b)): a == b
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .none, .few: break
        case .text(let text): hasher.combine(text)
        case .said(let words): hasher.combine(words.forScripts)
        case .count(let count): hasher.combine(count)
        case .number(let number), .ratio(let number): hasher.combine(number)
        case .day(let day): hasher.combine(day)
        case .week(let week): hasher.combine(week.description)
        case .id(let id): hasher.combine(id)
        case .trend(let numbers): hasher.combine(numbers)
        }
    }
}

extension ReportTable {
    /// The value of a row in the column with a name; for tests and for what is made of a report.
    package subscript(_ row: Int, _ column: String) -> ReportValue? {
        columns.firstIndex { $0.name == column }.map { rows[row][$0] }
    }

    package func figure(_ name: String) -> ReportValue? {
        figures.first { $0.name == name }?.value
    }
}
