package import Wording

/// The day on which somebody was born; many lists leave the year out. As text it is `MM-DD` or
/// `YYYY-MM-DD`.
package struct Birthday: Hashable, Sendable {
    package let year: Int64?
    package let month: Int64
    package let day: Int64

    /// Nil for a day that no calendar has.
    package init?(year: Int64? = nil, month: Int64, day: Int64) {
        // Of a year that nobody knows it may be a leap year.
        guard Day(year: year ?? 2000, month: month, day: day) != nil else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads a birthday as a record has it; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let isWhole = text.count > 5
        guard let day = Day(iso: isWhole ? String(text) : "2000-" + text) else { return nil }
        self.init(day, isWhole: isWhole)
    }

    /// Reads a birthday as people say it: `05-24`, `1956-05-24`, `may 24`, `24 de mayo de 1956`. Throws
    /// `NotebookError.notABirthday`.
    package init(said text: String, today: Day) throws {
        if let birthday = Birthday(text) {
            self = birthday
            return
        }
        do {
            let day = try DateWords.day(text, today: today, looking: .past)
            self.init(day, isWhole: text.contains(/\d{4}/))
        } catch NotebookError.notADay {
            throw NotebookError.notABirthday(text)
        }
    }

    /// "3 April", "3 de abril de 1980".
    package var words: Phrase { year.map { "\(date) in \($0)" } ?? date }

    private var date: Phrase {
        switch month {
        case 1: "\(day) January"
        case 2: "\(day) February"
        case 3: "\(day) March"
        case 4: "\(day) April"
        case 5: "\(day) May"
        case 6: "\(day) June"
        case 7: "\(day) July"
        case 8: "\(day) August"
        case 9: "\(day) September"
        case 10: "\(day) October"
        case 11: "\(day) November"
        default: "\(day) December"
        }
    }

    private init(_ day: Day, isWhole: Bool) {
        let (year, month, number) = day.civil
        (self.year, self.month, self.day) = (isWhole ? year : nil, month, number)
    }
}

extension Birthday: CustomStringConvertible {
    package var description: String {
        let whole = Day(year: year ?? 2000, month: month, day: day)?.description ?? ""
        return year == nil ? String(whole.dropFirst(5)) : whole
    }
}
